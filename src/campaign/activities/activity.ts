import { z } from 'zod';
import { AccompanyActivity, AccompanyInFile, accompanyAssignments } from './accompany.ts';
import { type AssignmentPlan, ownAssignments } from './common.ts';
import { CovertActivity, CovertInFile, covertAssignments } from './covert.ts';
import { CrossActivity, CrossInFile, crossAssignments } from './cross.ts';
import { ExperienceActivity, ExperienceInFile } from './experience.ts';
import { SelfcheckActivity, SelfcheckInFile } from './selfcheck.ts';
import { WalkthroughActivity, WalkthroughInFile } from './walkthrough.ts';

/**
 * The ways of inspecting that notices order: 实例式 accompany, 体验式 experience, 交叉式 cross, 暗访式 covert (JX-1 … JX-4),
 * 走流程 walkthrough (MDJ), 自查 selfcheck (DA). A new mode: one file beside this one, and a line in each list here.
 */
export const modes = ['accompany', 'experience', 'cross', 'covert', 'walkthrough', 'selfcheck'] as const;
export type Mode = (typeof modes)[number];

/** One inspection mode in a campaign file. */
export const ActivityInFile = z.discriminatedUnion('mode', [
  AccompanyInFile,
  ExperienceInFile,
  CrossInFile,
  CovertInFile,
  WalkthroughInFile,
  SelfcheckInFile,
]);
export type ActivityInFile = z.infer<typeof ActivityInFile>;

/** One inspection mode of a loaded campaign. */
export const Activity = z.discriminatedUnion('mode', [
  AccompanyActivity,
  ExperienceActivity,
  CrossActivity,
  CovertActivity,
  WalkthroughActivity,
  SelfcheckActivity,
]);
export type Activity = z.infer<typeof Activity>;

/** The tasks an activity gives out when it is published. */
export function assignmentsOf(activity: Activity): AssignmentPlan[] {
  switch (activity.mode) {
    case 'accompany':
      return accompanyAssignments(activity);
    case 'cross':
      return crossAssignments(activity);
    case 'covert':
      return covertAssignments(activity);
    case 'experience':
    case 'walkthrough':
    case 'selfcheck':
      return ownAssignments(activity);
  }
}
