import { z } from 'zod';
import { answerable } from './base.ts';

/** A calendar day, YYYY-MM-DD, in the campaign's time zone. `earliest` and `latest` are inclusive. */
export const DateQuestion = z.strictObject({
  type: z.literal('date'),
  ...answerable,
  earliest: z.iso.date().optional(),
  latest: z.iso.date().optional(),
});
export type DateQuestion = z.infer<typeof DateQuestion>;
