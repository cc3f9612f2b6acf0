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
  const page = (rows: number, offset: number) =>
    run<ListedTask & { total: number }>(listTasksSql, [
      ...[campaignId, secrets, units, before, rows, offset, coordinators ?? null],
    ]);
  const tasks = await page(limit, from);
  // Behind the last page there is no row that could tell how many there are.
  const [counted] = tasks.length === 0 && from > 0 ? await page(1, 0) : tasks;
  return { total: counted?.total ?? 0, tasks };
}
