import { z } from 'zod';
import { answerable } from './base.ts';

/** Units a number may be asked in; replies in a related unit are converted (半小时 → 30 minutes). */
export const NumberUnit = z.enum(['count', 'percent', 'minutes', 'hours', 'days', 'yuan']);
export type NumberUnit = z.infer<typeof NumberUnit>;

/** A number in `unit`; `min` and `max` are inclusive (民法典 1259: 以上、以下 include the number). */
export const NumberQuestion = z.strictObject({
  type: z.literal('number'),
  ...answerable,
  unit: NumberUnit.default('count'),
  integer: z.boolean().default(false),
  min: z.number().optional(),
  max: z.number().optional(),
});
export type NumberQuestion = z.infer<typeof NumberQuestion>;
