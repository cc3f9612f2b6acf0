import type { Text } from '../../flow/text.ts';
import { onlyReads } from '../../roles.ts';
import type { JsonValue } from '../audit.ts';
import type { AuditKind } from '../audit-kinds.ts';
import type { Run } from '../writes.ts';

/** An event of the audit log with who did it, as they are called now. */
export interface AuditEntry {
  seq: number;
  at: string;
  /** A log may hold what an older release wrote: see {@link AuditKind}. */
  kind: string;
  about: string;
  title: Text | null;
  role: string | null;
  /** Done by somebody, and not by the service itself. */
  isPerson: boolean;
  data: JsonValue;
  hash: string;
}

/** What a page is narrowed to, each exactly so; '' narrows nothing. */
export interface AuditFilter {
  kind: AuditKind | '';
  about: string;
  /** Only what came before this row; null for the newest. */
  before: number | null;
}

/** What somebody may read of the log. */
export interface AuditSight {
  campaignId: string;
  secrets: readonly string[];
  looks: boolean;
  by: string;
}

/** Rows that one page looks through at most: a rare kind in a long log is found page by page. */
const lookedAtMax = 50_000;

/**
 * The newest events of a campaign, and of no campaign. What tells of hidden activities is left out unless it is one in `secrets`;
 * once an activity of the campaign is released, what the log kept of it is there for all who may see the log. Lists
 * and pages that others asked for in private are there for auditors alone (`looks`): of somebody who carries out what is hidden a row that is there or
 * missing would tell that it is so.
 * @param by the contact who reads: what they asked for themselves is theirs to see
 * @returns also where the next page begins; null when the log ends here
 */
export async function auditPage(
  run: Run,
  { campaignId, secrets, looks, by }: AuditSight,
  { kind, about, before }: AuditFilter,
  limit: number,
): Promise<{ entries: AuditEntry[]; next: number | null }> {
  const [bounds] = await run<{ last: string | null }>('SELECT max(seq)::text AS last FROM audit', []);
  const top = Math.min(Number(bounds?.last ?? 0) + 1, before ?? Number.MAX_SAFE_INTEGER);
  const floor = Math.max(0, top - lookedAtMax);
  const rows = await run<Omit<AuditEntry, 'seq'> & { seq: string }>(
    `SELECT e.seq::text, e.body ->> 'at' AS at, e.kind, e.about, c.title, e.body ->> 'by' IS NOT NULL AS "isPerson",
       (SELECT m.role FROM membership m WHERE m.contact_id = c.id
        ORDER BY m.campaign_id = $1::uuid DESC NULLS LAST, m.created_at LIMIT 1) AS role,
       e.body -> 'data' AS data, e.hash
     FROM audit e LEFT JOIN contact c ON c.id = (e.body ->> 'by')::uuid
     WHERE e.seq < $5::bigint AND e.seq >= $6::bigint AND (e.campaign_id = $1::uuid OR e.campaign_id IS NULL)
       AND (e.secret IS NULL OR e.secret = ANY ($2::text[]::uuid[])
         OR e.secret IN (SELECT id FROM activity WHERE campaign_id = $1::uuid AND NOT hidden))
       AND ($8::boolean OR e.secret IS NOT NULL OR e.body ->> 'by' = $10
         OR CASE e.kind WHEN 'desk.page' THEN NOT starts_with(e.about, 'page:')
           WHEN 'command' THEN e.about <> ALL ($9::text[]) OR e.body -> 'data' ->> 'place' = 'room'
             OR e.body -> 'data' ->> 'refused' IS NOT NULL
           ELSE true END)
       AND ($3 = '' OR e.kind = $3) AND ($4 = '' OR e.about = $4)
     ORDER BY e.seq DESC LIMIT $7::int`,
    [campaignId, secrets, kind, about, top, floor, limit, looks, [...onlyReads], by],
  );
  const entries = rows.map((row) => ({ ...row, seq: Number(row.seq) }));
  const last = entries.at(-1)?.seq;
  const next = entries.length === limit ? (last ?? null) : floor > 1 ? floor : null;
  return { entries, next };
}
