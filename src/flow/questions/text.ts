import { z } from 'zod';
import { besideAnswer } from '../reading/baffled.ts';
import { certain, type Reading, unread } from '../reading/reading.ts';
import type { Reply } from '../reply.ts';
import { answerable } from './base.ts';

/** Free words, kept as typed. `max` in characters (code points). */
export const TextQuestion = z.strictObject({
  type: z.literal('text'),
  ...answerable,
  min: z.int().min(1).default(1),
  max: z.int().min(1).max(4000).default(1000),
});
export type TextQuestion = z.infer<typeof TextQuestion>;

/**
 * Keeps the words exactly as typed, whatever they hold. Nothing but spaces and invisible characters is no answer, nor is
 * a question back (`什么意思？`); 没有 passes over an optional question.
 */
export function readText(question: TextQuestion, reply: Reply): Reading<string> {
  if (reply.press !== undefined) return unread('flow:hint.press');
  const { text } = reply;
  if (!visible.test(text)) return unread('flow:hint.text');
  const beside = reply.attachments.length > 0 ? undefined : besideAnswer(text, question.required);
  if (beside !== undefined) return beside;
  const { min, max } = question;
  // A code point is one or two units, so most texts need no counting.
  const count = text.length > max || text.length < min * 2 ? lengthOf(text) : text.length;
  if (count > max && lengthOf(text) > max) return unread('flow:hint.text.max', { max });
  if (count < min) return unread('flow:hint.text.min', { min });
  return certain(text);
}

const visible = /[^\s\p{Cc}\p{Cf}]/u;

function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
