import type { Text } from '../flow/text.ts';
import tasksSql from './sql/overview-tasks.sql';
import unitsSql from './sql/overview-units.sql';
import type { Run } from './writes.ts';

/** What is counted for whom: see report/models/scope.ts. */
export interface OverviewScope {
  campaignId: string;
  unitId: string | null;
  secrets: readonly string[];
  all: boolean;
}

/** The tasks that each unit carries out. `today`: YYYY-MM-DD in the campaign's zone. */
export function countTasks(
  run: Run,
  { campaignId, unitId, secrets }: OverviewScope,
  today: string,
): Promise<{ unitId: string; total: number; done: number; late: number }[]> {
  return run(tasksSql, [campaignId, unitId, secrets, today]);
}

/** These units and all that they stand under, in the order of the campaign file. */
export function unitsInOrder(
  run: Run,
  campaignId: string,
  ids: readonly string[],
): Promise<{ id: string; name: Text; parent: string | null }[]> {
  return run(unitsSql, [campaignId, ids]);
}
