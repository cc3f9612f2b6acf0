import { z } from 'zod';
import { type AssignmentPlan, daysOf, inFile, loaded, participants } from './common.ts';

const accompany = {
  mode: z.literal('accompany'),
  /** Units whose responsible person goes along with a citizen's matter (附件1 of JX-1.1). */
  participants,
  /** The area whose windows they go to; which window and which matter is claimed on the spot (JX-1.2). */
  at: z.string().min(1),
  secret: z.literal(false).default(false),
};

/** 实例式检查 as written in a campaign file: each claims a matter a citizen is applying for and stays with it to the end (JX-1). */
export const AccompanyInFile = z.strictObject({ ...inFile, ...accompany });
export type AccompanyInFile = z.infer<typeof AccompanyInFile>;

export const AccompanyActivity = z.strictObject({ ...loaded, ...accompany });
export type AccompanyActivity = z.infer<typeof AccompanyActivity>;

export function accompanyAssignments(activity: AccompanyActivity): AssignmentPlan[] {
  return activity.participants.map((unit) => ({
    assigneeUnit: unit,
    targetUnit: activity.at,
    ...daysOf(activity),
  }));
}
