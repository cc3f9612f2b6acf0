import { z } from 'zod';
import { ChoiceQuestion } from './choice.ts';
import { ChoicesQuestion } from './choices.ts';
import { DateQuestion } from './date.ts';
import { LevelQuestion } from './level.ts';
import { NoteQuestion } from './note.ts';
import { NumberQuestion } from './number.ts';
import { PhotoQuestion } from './photo.ts';
import { PlaceQuestion } from './place.ts';
import { TextQuestion } from './text.ts';

/** Any question, told apart by `type`. A new type: one file beside this one, one line here and in `reader.ts`. */
export const Question = z.discriminatedUnion('type', [
  NoteQuestion,
  ChoiceQuestion,
  ChoicesQuestion,
  LevelQuestion,
  NumberQuestion,
  TextQuestion,
  DateQuestion,
  PhotoQuestion,
  PlaceQuestion,
]);
export type Question = z.infer<typeof Question>;
