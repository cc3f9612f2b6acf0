import { z } from 'zod';
import { answerable } from './base.ts';

/** Photos or short videos, `min` to `max` of them; more than one message may bring them. */
export const PhotoQuestion = z.strictObject({
  type: z.literal('photo'),
  ...answerable,
  min: z.int().min(0).default(1),
  max: z.int().min(1).max(20).default(9),
  /** Earlier questions whose problem these photos are evidence of. */
  evidenceOf: z.array(z.string()).optional(),
});
export type PhotoQuestion = z.infer<typeof PhotoQuestion>;
