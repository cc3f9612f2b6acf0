import unitStandingSql from './sql/unit-standing.sql';
import type { Run } from './writes.ts';

/** How a unit stands, with what is under it: its own tasks, inspections of it, and open problems found there. */
export interface UnitStanding {
  total: number;
  done: number;
  late: number;
  coming: number;
  came: number;
  open: number;
  openLate: number;
}

/**
 * @param secrets hidden activities (ids) that the reader knows all of
 * @param all whether problems that only coordinators may see are counted
 * @param today YYYY-MM-DD in the campaign's zone
 */
export async function unitStanding(
  run: Run,
  unit: { campaignId: string; unitId: string },
  { secrets, all, today }: { secrets: readonly string[]; all: boolean; today: string },
): Promise<UnitStanding> {
  const [row] = await run<UnitStanding>(unitStandingSql, [unit.campaignId, unit.unitId, secrets, all, today]);
  if (row === undefined) throw new Error('counts without groups have one row');
  return row;
}

/** Whether a unit is one of these, or lies under one. */
export async function isWithin(run: Run, unitId: string, units: readonly string[]): Promise<boolean> {
  if (units.length === 0) return false;
  const rows = await run(
    `WITH RECURSIVE up AS (
       SELECT id, parent_id FROM unit WHERE id = $1::uuid
       UNION SELECT p.id, p.parent_id FROM up JOIN unit p ON p.id = up.parent_id)
     SELECT FROM up WHERE id = ANY ($2::text[]::uuid[]) LIMIT 1`,
    [unitId, units],
  );
  return rows.length > 0;
}
