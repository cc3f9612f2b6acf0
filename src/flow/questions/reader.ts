import { hintForKind } from '../reading/kind.ts';
import { type Reading, type ReadingContext, unread } from '../reading/reading.ts';
import type { Reply } from '../reply.ts';
import { readChoice } from './choice.ts';
import { readChoices } from './choices.ts';
import { readDate } from './date.ts';
import { readLevel } from './level.ts';
import { readNumber } from './number.ts';
import { readPhoto } from './photo.ts';
import { readPlace } from './place.ts';
import type { Question } from './question.ts';
import { readText } from './text.ts';

/**
 * How one reply is understood as the answer to one question. Pure, and never throws for anything a person can send.
 * A tapped option of this question is exact; one of another question, or one that is no more, is unread. Messages that
 * are neither words, media nor a place (stickers, voice, …) get the hint for their kind.
 */
export function read(question: Question, reply: Reply, context: ReadingContext): Reading {
  if (reply.press !== undefined && reply.press.question !== question.id) return unread('flow:hint.press');
  if (reply.press === undefined) {
    const hint = hintForKind(reply, question.type === 'photo');
    if (hint !== undefined) return unread(hint);
  }
  switch (question.type) {
    case 'note':
      return unread('flow:hint.note');
    case 'choice':
      return readChoice(question, reply);
    case 'choices':
      return readChoices(question, reply);
    case 'level':
      return readLevel(question, reply, context.asked);
    case 'number':
      return readNumber(question, reply);
    case 'text':
      return readText(question, reply);
    case 'date':
      return readDate(question, reply, context);
    case 'photo':
      return readPhoto(question, reply);
    case 'place':
      return readPlace(question, reply);
  }
}
