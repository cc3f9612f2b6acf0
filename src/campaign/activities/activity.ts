import { z } from 'zod';
import { refusal } from '../refusal.ts';
import { type AssignmentPlan, CrossActivity, CrossInFile, crossAssignments } from './cross.ts';

/**
 * The ways of inspecting that notices order: 实例式 accompany, 体验式 experience, 交叉式 cross, 暗访式 covert (JX-1 … JX-4),
 * 走流程 walkthrough (MDJ), 自查 selfcheck (DA).
 */
export const modes = ['accompany', 'experience', 'cross', 'covert', 'walkthrough', 'selfcheck'] as const;
export type Mode = (typeof modes)[number];

/** Words that are understood but not yet served. A new mode: one file beside this one, and its name out of here. */
const NotYet = z
  .looseObject({ mode: z.enum(['accompany', 'experience', 'covert', 'walkthrough', 'selfcheck']) })
  .transform((_, context) => {
    context.addIssue({ code: 'custom', path: ['mode'], ...refusal('fault.mode-unsupported') });
    return z.NEVER;
  });

/** One inspection mode in a campaign file. */
export const ActivityInFile = z.discriminatedUnion('mode', [CrossInFile, NotYet]);
export type ActivityInFile = z.infer<typeof ActivityInFile>;

/** One inspection mode of a loaded campaign. */
export const Activity = z.discriminatedUnion('mode', [CrossActivity]);
export type Activity = z.infer<typeof Activity>;

/** The tasks an activity gives out when it is published. */
export function assignmentsOf(activity: Activity): AssignmentPlan[] {
  switch (activity.mode) {
    case 'cross':
      return crossAssignments(activity);
  }
}
