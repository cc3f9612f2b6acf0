import type { Mode } from '../campaign/activities/activity.ts';
import type { Text } from '../flow/text.ts';
import listTasksSql from './sql/list-tasks.sql';
import type { Run } from './writes.ts';

/** A task that owes its report, as a coordinator's list shows it. Days are YYYY-MM-DD in the campaign's zone. */
export interface ListedTask {
  id: string;
  number: number;
  dueOn: string;
  reportOn: string | null;
  finished: boolean;
  acknowledged: boolean;
  mode: Mode;
  assignee: Text;
  target: Text;
  unitId: string;
  /** Who is bound to the unit. */
  people: number;
}

/** Which tasks: `secrets` hidden activities that the reader may know of; null for no limit. */
export interface TaskFilter {
  campaignId: string;
  secrets: readonly string[];
  units: readonly string[] | null;
  /** Only those due before this day. */
  before: string | null;
  /** Only of activities that these units or nobody coordinates. */
  coordinators?: readonly string[];
}

/** A page of the tasks that owe a report, the longest due first, and how many there are in all. */
export async function listTasks(
  run: Run,
  { campaignId, secrets, units, before, coordinators }: TaskFilter,
  { rows: limit, from }: { rows: number; from: number },
): Promise<{ total: number; tasks: ListedTask[] }> {
  const parameters = [campaignId, secrets, units, before, limit, from, coordinators ?? null];
  const tasks = await run<ListedTask & { total: number }>(listTasksSql, parameters);
  return { total: tasks[0]?.total ?? 0, tasks };
}
