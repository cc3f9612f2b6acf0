import { z } from 'zod';
import { Pair } from '../matrix.ts';
import { type AssignmentPlan, daysOf, inFile, loaded, participants } from './common.ts';

const covert = {
  mode: z.literal('covert'),
  /** The members who go, when the notice lists them (JX-4.1 does not). */
  participants: participants.optional(),
  /** Where they may be sent; everything beneath counts (JX-4.2). */
  objects: z.array(z.string().min(1)).max(5000).default([]),
  /** Who goes where, when that is settled beforehand. Otherwise it is drawn, or sent by the activity's coordinator. */
  pairs: z.array(Pair).max(5000).default([]),
  /** 事先不通知，随机 (JX-4.4). */
  secret: z.literal(true).default(true),
};

/** 暗访式督查 as written in a campaign file: nobody but the visitor and this activity's coordinator knows target and time (JX-4). */
export const CovertInFile = z.strictObject({ ...inFile, ...covert });
export type CovertInFile = z.infer<typeof CovertInFile>;

export const CovertActivity = z.strictObject({ ...loaded, ...covert });
export type CovertActivity = z.infer<typeof CovertActivity>;

export function covertAssignments(activity: CovertActivity): AssignmentPlan[] {
  return activity.pairs.map(({ inspector, inspected }) => ({
    assigneeUnit: inspector,
    targetUnit: inspected,
    ...daysOf(activity),
  }));
}
