import type { Rectification } from '../campaign/rectification/record.ts';
import { coordinatorsOf, type ReachableCoordinator } from './reach.ts';
import type { Run } from './writes.ts';

/**
 * Who hears of what happens to a problem: the coordinators for the unit that coordinates the activity which found it (JX-5),
 * with those of the whole campaign and whoever took part in it. Where that unit has nobody bound, or nobody there may judge
 * (they fix it, or took part in what is objected to), all of the campaign's.
 */
export async function ledgerCoordinators(
  run: Run,
  {
    campaignId,
    assignmentId,
    record,
  }: { campaignId: string; assignmentId: string | null; record: Rectification | null },
): Promise<ReachableCoordinator[]> {
  const all = await coordinatorsOf(run, campaignId);
  const unit = assignmentId === null ? null : await coordinatingUnit(run, assignmentId);
  const own = all.filter(({ units }) => unit !== null && units.includes(unit));
  if (!own.some((one) => mayJudge(one, record))) return all;
  return all.filter(
    (one) => own.includes(one) || one.units.length === 0 || record?.involved.includes(one.contactId) === true,
  );
}

function mayJudge({ contactId, units }: ReachableCoordinator, record: Rectification | null): boolean {
  if (record === null) return true;
  if (units.includes(record.unit) || record.fixers.includes(contactId)) return false;
  return record.state !== 'disputed' || !record.involved.includes(contactId);
}

async function coordinatingUnit(run: Run, assignmentId: string): Promise<string | null> {
  const [row] = await run<{ unit: string | null }>(
    `SELECT v.coordinator_unit_id::text AS unit FROM assignment a JOIN activity v ON v.id = a.activity_id
     WHERE a.id = $1::uuid`,
    [assignmentId],
  );
  return row?.unit ?? null;
}
