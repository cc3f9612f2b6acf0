import { z } from 'zod';
import { Pair } from '../matrix.ts';
import { refusal } from '../refusal.ts';
import { type AssignmentPlan, daysOf, inFile, loaded } from './common.ts';

const cross = {
  mode: z.literal('cross'),
  /** Who takes part, when the notice says so; checked against the pairs. */
  participants: z.array(z.string().min(1)).min(2).max(500).optional(),
  /** Left out, with `participants`, for a matrix that is drawn before publication (src/campaign/draw). */
  pairs: z.array(Pair).max(500).default([]),
  /** The matrix is published: nothing of it can be kept secret. */
  secret: z
    .boolean()
    .default(false)
    .refine((secret) => !secret, refusal('fault.secret-unsupported')),
};

/** 交叉式抽查 as written in a campaign file: units look at one another's windows after a published matrix (JX-3). */
export const CrossInFile = z.strictObject({ ...inFile, ...cross });
export type CrossInFile = z.infer<typeof CrossInFile>;

export const CrossActivity = z.strictObject({ ...loaded, ...cross });
export type CrossActivity = z.infer<typeof CrossActivity>;

/** One assignment a row of the matrix, in the order published. */
export function crossAssignments(activity: CrossActivity): AssignmentPlan[] {
  return activity.pairs.map(({ inspector, inspected }) => ({
    assigneeUnit: inspector,
    targetUnit: inspected,
    ...daysOf(activity),
  }));
}
