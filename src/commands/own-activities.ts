import { Activity, type Mode } from '../campaign/activities/activity.ts';
import type { CommandContext } from './command.ts';
import { type OwnAssignment, ownAssignments } from './own-assignments.ts';

type Rules<M extends Mode> = Extract<Activity, { mode: M }>;

/** A person's task of one mode, and what the campaign file says of it. The open one first; null when there is none. */
export type OwnActivity<M extends Mode> = { task: OwnAssignment; rules: Rules<M> } | { task: null };

export async function ownActivity<M extends Mode>(context: CommandContext, mode: M): Promise<OwnActivity<M>> {
  const tasks = (await ownAssignments(context, 'inspector', 'leader')).filter((task) => task.mode === mode);
  const task = tasks.find(({ reportedAt }) => reportedAt === null) ?? tasks[0];
  if (task === undefined) return { task: null };
  const { rules } = await context.transaction.activity.findUniqueOrThrow({ where: { id: task.activityId } });
  return { task, rules: Activity.parse(rules) as Rules<M> };
}
