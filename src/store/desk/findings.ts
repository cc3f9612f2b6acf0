import type { RectificationState } from '../../campaign/rectification/record.ts';
import type { Text } from '../../flow/text.ts';
import type { LedgerFinding, LedgerSight, Severity } from '../ledger.ts';
import type { Run } from '../writes.ts';

/**
 * What somebody may know of problems: the ledger as {@link LedgerSight} says, and beyond it those of hidden activities which they
 * know all of (`secrets`, ids) or which their units carry out (`carriesOut`, ids): JX-4.4.
 */
export interface FindingSight extends LedgerSight {
  secrets: readonly string[];
  carriesOut: readonly string[];
}

/** Whether the problem f may be seen by whom the parameter $1 (jsonb, FindingSight) tells of; otherwise as lock-findings.sql. */
const isSeen = `CASE
  WHEN v.hidden THEN $1::jsonb -> 'secrets' ? v.id::text OR $1::jsonb -> 'carriesOut' ? a.assignee_unit_id::text
  WHEN ($1::jsonb -> 'everywhere')::boolean OR $1::jsonb -> 'campaigns' ? f.campaign_id::text THEN true
  WHEN $1::jsonb -> 'answersFor' ? f.unit_id::text THEN f.seen_by = 'unit'
  ELSE coalesce($1::jsonb -> 'inspects' ? a.assignee_unit_id::text, false) END`;

const joined = `finding f LEFT JOIN assignment a ON a.id = f.assignment_id LEFT JOIN activity v ON v.id = a.activity_id
  LEFT JOIN unit u ON u.id = f.unit_id`;

/** What a list is narrowed to; null and '' narrow nothing. */
export interface FindingFilter {
  campaignId: string;
  status: 'open' | 'closed' | 'other' | null;
  stage: string | null;
  severity: string | null;
  /** Due in these days: later than `after`, up to `upTo` (YYYY-MM-DD). */
  due: { after: string | null; upTo: string | null } | null;
  /** Nobody's turn but the coordinators'. */
  waiting: boolean;
  /** The unit, or null. */
  unitId: string | null;
  words: string;
}

export interface FindingRow {
  number: number;
  problem: Text;
  unit: Text | null;
  status: LedgerFinding['status'];
  stage: RectificationState | null;
  dueOn: string | null;
  severity: Severity;
  category: string | null;
  photos: number;
  openedAt: Date;
  /** The activity, while it is hidden. */
  secret: string | null;
}

const narrowed = `f.campaign_id = $2::uuid
  AND CASE $3 WHEN 'open' THEN f.status = 'open' WHEN 'closed' THEN f.status = 'closed'
    WHEN 'other' THEN f.status NOT IN ('open', 'closed') ELSE true END
  AND ($4::text IS NULL OR coalesce(f.stage, 'none') = $4) AND ($5::text IS NULL OR f.severity = $5)
  AND ($6::text IS NULL OR f.due_on > $6) AND ($7::text IS NULL OR f.due_on <= $7)
  AND (NOT $8::boolean OR f.due_on IS NULL) AND ($9::uuid IS NULL OR f.unit_id = $9::uuid)
  AND ($10 = '' OR strpos(lower(f.problem::text), lower($10)) > 0 OR f.number::text = $10
    OR strpos(lower(u.name::text), lower($10)) > 0)
  AND (NOT $11::boolean OR f.due_on IS NOT NULL)`;

function parametersOf(sight: FindingSight, filter: FindingFilter): unknown[] {
  const { campaignId, status, stage, severity, due, waiting, unitId, words } = filter;
  const days = [due?.after ?? null, due?.upTo ?? null];
  return [
    JSON.stringify(sight),
    ...[campaignId, status ?? '', stage, severity, ...days, waiting, unitId, words, due !== null],
  ];
}

/** One page of what somebody may see, due days first. */
export function findingsPage(
  run: Run,
  sight: FindingSight,
  filter: FindingFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<FindingRow[]> {
  return run<FindingRow>(
    `SELECT f.number, f.problem, u.name AS unit, f.status, f.stage, f.due_on AS "dueOn", f.severity, f.category,
       cardinality(f.attachments) AS photos, f.opened_at AS "openedAt", CASE WHEN v.hidden THEN v.id::text END AS secret
     FROM ${joined} WHERE ${narrowed} AND ${isSeen}
     ORDER BY f.due_on, f.number LIMIT $12::int OFFSET $13::int`,
    [...parametersOf(sight, filter), limit, offset],
  );
}

export async function countFindings(run: Run, sight: FindingSight, filter: FindingFilter): Promise<number> {
  const [row] = await run<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${joined} WHERE ${narrowed} AND ${isSeen}`,
    parametersOf(sight, filter),
  );
  return row?.n ?? 0;
}

/** A problem by its number; null for none, and for one beyond the sight of whoever asks. Nothing is locked. */
export async function findFinding(
  run: Run,
  sight: FindingSight,
  campaignId: string,
  number: number,
): Promise<{ id: string; secret: string | null } | null> {
  const [row] = await run<{ id: string; secret: string | null }>(
    `SELECT f.id::text, CASE WHEN v.hidden THEN v.id::text END AS secret FROM ${joined}
     WHERE f.number = $3::int AND f.campaign_id = $2::uuid AND ${isSeen}`,
    [JSON.stringify(sight), campaignId, number],
  );
  return row ?? null;
}
