import { z } from 'zod';
import { Text } from '../../flow/text.ts';
import { Deadline } from '../deadline.ts';
import { Pair } from '../matrix.ts';
import { refusal } from '../refusal.ts';
import { Id } from '../unit.ts';

const cross = {
  id: Id,
  mode: z.literal('cross'),
  title: Text,
  /** The unit that reports go to (JX-5.1: each mode has its own), and what its contact is called, never a person's name. */
  coordinator: z.string().min(1),
  contact: Text.optional(),
  /** Who takes part, when the notice says so; checked against the pairs. */
  participants: z.array(z.string().min(1)).min(2).max(500).optional(),
  pairs: z.array(Pair).min(1).max(500),
  /** Checklists to be completed for the target, inclusive: JX-3.3 wants three to five windows. */
  visits: z
    .strictObject({ min: z.int().min(1).max(500), max: z.int().min(1).max(500) })
    .default({ min: 1, max: 50 }),
  /** The flow filled in at each visit. */
  checklist: z.string().min(1),
  /** Targets kept from the inspected until it is over; not for this mode yet. */
  secret: z
    .boolean()
    .default(false)
    .refine((secret) => !secret, refusal('fault.secret-unsupported')),
};

/** 交叉式抽查 as written in a campaign file: units look at one another's windows after a published matrix (JX-3). */
export const CrossInFile = z.strictObject({ ...cross, deadline: Deadline });
export type CrossInFile = z.infer<typeof CrossInFile>;

/** The same once loaded: units and the checklist by their ids, the deadline a day. */
export const CrossActivity = z.strictObject({ ...cross, dueOn: z.iso.date() });
export type CrossActivity = z.infer<typeof CrossActivity>;

/** One task: a unit inspects another by the end of `dueOn` (YYYY-MM-DD). */
export interface AssignmentPlan {
  assigneeUnit: string;
  targetUnit: string;
  dueOn: string;
}

/** One assignment a row of the matrix, in the order published. */
export function crossAssignments({ pairs, dueOn }: CrossActivity): AssignmentPlan[] {
  return pairs.map(({ inspector, inspected }) => ({ assigneeUnit: inspector, targetUnit: inspected, dueOn }));
}
