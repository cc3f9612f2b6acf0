import { z } from 'zod';
import { answerable, ChoiceOption } from './base.ts';

/** Several of several options, `min` to `max` of them (inclusive). The answer is the options' ids in their order. */
export const ChoicesQuestion = z.strictObject({
  type: z.literal('choices'),
  ...answerable,
  options: z.array(ChoiceOption).min(2).max(20),
  min: z.int().min(0).default(1),
  max: z.int().min(1).optional(),
});
export type ChoicesQuestion = z.infer<typeof ChoicesQuestion>;
