import { z } from 'zod';
import { besideAnswer } from '../reading/baffled.ts';
import { isQuestion } from '../reading/doubt.ts';
import { normalise } from '../reading/normalise.ts';
import { certain, type Reading, unread } from '../reading/reading.ts';
import type { Reply } from '../reply.ts';
import type { Place } from '../value.ts';
import { answerable } from './base.ts';

/** Where something is: a sent location or a place in words. */
export const PlaceQuestion = z.strictObject({ type: z.literal('place'), ...answerable });
export type PlaceQuestion = z.infer<typeof PlaceQuestion>;

/** Longest place in words, in UTF-16 units. */
const placeMax = 200;

/**
 * The location sent, or the words as typed if they hold a letter or a digit and are no question; 没有 passes over an
 * optional question.
 */
export function readPlace(question: PlaceQuestion, reply: Reply): Reading<Place> {
  if (reply.press !== undefined) return unread('flow:hint.press');
  const { place, text } = reply;
  if (
    place !== undefined &&
    (place.label !== undefined || (place.latitude !== undefined && place.longitude !== undefined))
  )
    return certain(place);
  if (text.length > placeMax) return unread('flow:hint.place.long', { max: placeMax });
  const beside = besideAnswer(text, question.required);
  if (beside?.kind === 'skip') return beside;
  // No place is a question: 中午吃什么 was said to others.
  const asks = beside !== undefined || isQuestion(normalise(text)) || /哪[里儿]/.test(text);
  return !asks && /[\p{L}\p{N}]/u.test(text) ? certain({ label: text }) : unread('flow:hint.place');
}
