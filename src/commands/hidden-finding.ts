import { mayKnowTask } from '../campaign/visibility.ts';
import { type LedgerFinding, readFindings } from '../store/ledger.ts';
import type { CommandContext } from './command.ts';
import { noteSeen } from './sight.ts';

interface Row {
  findingId: string;
  id: string;
  campaignId: string;
  coordinatorUnitId: string | null;
  assigneeId: string;
}

/**
 * The problem of that number which an inspection found that is still hidden, for whoever may know of it: they coordinate it, carry it out,
 * or are auditors. It is no entry of the ledger yet, and nothing is locked. Null for all others, at the same cost as of none.
 */
export async function hiddenFinding(context: CommandContext, number: number): Promise<LedgerFinding | null> {
  const [row] = await context.run<Row>(
    `SELECT f.id::text AS "findingId", v.id::text, v.campaign_id::text AS "campaignId",
       v.coordinator_unit_id::text AS "coordinatorUnitId", a.assignee_unit_id::text AS "assigneeId"
     FROM finding f JOIN assignment a ON a.id = f.assignment_id JOIN activity v ON v.id = a.activity_id
     WHERE f.number = $1::int AND v.hidden`,
    [number],
  );
  if (row === undefined) return null;
  const { findingId, assigneeId, ...activity } = row;
  // The answer is private, wherever it was asked for.
  const viewer = { roles: context.roles, overheard: false };
  if (!mayKnowTask({ ...activity, hidden: true }, assigneeId, viewer)) return null;
  noteSeen(context, [activity]);
  context.concern.campaignId = activity.campaignId;
  const [finding] = await readFindings(context.run, [findingId]);
  return finding ?? null;
}
