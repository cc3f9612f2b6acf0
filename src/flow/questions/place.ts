import { z } from 'zod';
import { answerable } from './base.ts';

/** Where something is: a sent location or a place in words. */
export const PlaceQuestion = z.strictObject({ type: z.literal('place'), ...answerable });
export type PlaceQuestion = z.infer<typeof PlaceQuestion>;
