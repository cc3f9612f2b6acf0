import type { Text } from '../flow/text.ts';
import activitiesSql from './sql/overview-activities.sql';
import inspectedSql from './sql/overview-inspected.sql';
import kindsSql from './sql/overview-kinds.sql';
import problemsSql from './sql/overview-problems.sql';
import tasksSql from './sql/overview-tasks.sql';
import unitsSql from './sql/overview-units.sql';
import weeksSql from './sql/overview-weeks.sql';
import type { Run } from './writes.ts';

/**
 * What is counted, for whom. `secrets`: hidden activities of which the reader knows all (campaign/visibility.ts); `all`: with
 * problems that only coordinators may see.
 */
export interface OverviewScope {
  campaignId: string;
  /** A unit with all that stands under it; null for the whole campaign. */
  unitId: string | null;
  secrets: readonly string[];
  all: boolean;
}

/** Tasks: of `total`, `done` are handed in, `late` are past their day and are not. */
export interface TaskCount {
  total: number;
  done: number;
  late: number;
}

/** The tasks that each unit carries out. `today`: YYYY-MM-DD in the campaign's zone. */
export function countTasks(
  run: Run,
  { campaignId, unitId, secrets }: OverviewScope,
  today: string,
): Promise<(TaskCount & { unitId: string })[]> {
  return run(tasksSql, [campaignId, unitId, secrets, today]);
}

/** The tasks of each activity, in the order in which they are due. */
export function countByActivity(
  run: Run,
  { campaignId, secrets }: OverviewScope,
  today: string,
): Promise<(TaskCount & { id: string; title: Text })[]> {
  return run(activitiesSql, [campaignId, secrets, today]);
}

/** Open problems of one unit: of `open`, in `waiting` it is not its turn, and so many are due by each of the days asked for. */
export interface ProblemCount {
  unitId: string | null;
  open: number;
  waiting: number;
  dueBy: readonly number[];
}

/** @param days YYYY-MM-DD, the latest first, six at most */
export function countProblems(
  run: Run,
  scope: OverviewScope,
  days: readonly string[],
): Promise<ProblemCount[]> {
  return run(problemsSql, [...parametersOf(scope), days]);
}

/** Problems found and, of them, those that are closed; `kind` is null for what was told in a person's own words. */
export interface KindCount {
  kind: Text | null;
  open: number;
  closed: number;
}

export function countKinds(run: Run, scope: OverviewScope): Promise<KindCount[]> {
  return run(kindsSql, parametersOf(scope));
}

/** Problems found and closed in a week; `week` is its Monday, YYYY-MM-DD. */
export interface WeekCount {
  week: string;
  opened: number;
  closed: number;
}

/** Weeks in which something happened, the first first. `zone`: the campaign's. */
export function countWeeks(run: Run, scope: OverviewScope, zone: string): Promise<WeekCount[]> {
  return run(weeksSql, [...parametersOf(scope), zone]);
}

/** The units that are inspected. */
export async function inspectedUnits(run: Run, scope: OverviewScope): Promise<string[]> {
  const { campaignId, unitId, secrets } = scope;
  const rows = await run<{ id: string }>(inspectedSql, [campaignId, unitId, secrets]);
  return rows.map(({ id }) => id);
}

/** These units and all that they stand under, in the order of the campaign file. */
export function unitsInOrder(
  run: Run,
  campaignId: string,
  ids: readonly string[],
): Promise<{ id: string; name: Text; parent: string | null }[]> {
  return run(unitsSql, [campaignId, ids]);
}

function parametersOf({ campaignId, unitId, secrets, all }: OverviewScope): unknown[] {
  return [campaignId, unitId, secrets, all];
}
