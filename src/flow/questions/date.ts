import { z } from 'zod';
import { isWithin } from '../reading/calendar.ts';
import { readDate as readDay } from '../reading/date.ts';
import { certain, type Reading, type ReadingContext, unread } from '../reading/reading.ts';
import type { Reply } from '../reply.ts';
import { answerable } from './base.ts';

/** A calendar day, YYYY-MM-DD, in the campaign's time zone. `earliest` and `latest` are inclusive. */
export const DateQuestion = z.strictObject({
  type: z.literal('date'),
  ...answerable,
  earliest: z.iso.date().optional(),
  latest: z.iso.date().optional(),
});
export type DateQuestion = z.infer<typeof DateQuestion>;

/** Reads a day by the rules of `reading/date.ts`, within the question's bounds. A tapped day is its ISO form. */
export function readDate(question: DateQuestion, reply: Reply, context: ReadingContext): Reading<string> {
  if (reply.press === undefined) return readDay(reply.text, context, question);
  const [day = ''] = reply.press.options;
  const known = z.iso.date().safeParse(day).success && isWithin(day, question);
  return known ? certain(day) : unread('flow:hint.press');
}
