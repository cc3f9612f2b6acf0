import { z } from 'zod';
import { answerable } from './base.ts';

/**
 * The five levels of 国办发〔2019〕51号: 非常满意 = 5 … 非常不满意 = 1; the last two count as a negative rating.
 * Shown best first. The answer is the number.
 */
export const LevelQuestion = z.strictObject({ type: z.literal('level'), ...answerable });
export type LevelQuestion = z.infer<typeof LevelQuestion>;
