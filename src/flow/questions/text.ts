import { z } from 'zod';
import { answerable } from './base.ts';

/** Free words, kept as typed. `max` in characters (code points). */
export const TextQuestion = z.strictObject({
  type: z.literal('text'),
  ...answerable,
  min: z.int().min(1).default(1),
  max: z.int().min(1).max(4000).default(1000),
});
export type TextQuestion = z.infer<typeof TextQuestion>;
