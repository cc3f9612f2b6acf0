import type { Text } from '../flow/text.ts';
import type { Run } from './writes.ts';

/** What a code leads to, as it stands now. */
export interface SurveyRow {
  code: string;
  kind: 'unit' | 'window' | 'matter' | 'case';
  campaignId: string;
  campaignTitle: Text;
  status: 'draft' | 'published' | 'closed';
  unitId: string | null;
  unitName: Text | null;
  matter: string | null;
  /** The last day, YYYY-MM-DD. */
  expiresOn: string | null;
  isClosed: boolean;
  used: boolean;
  flowId: string | null;
  flowVersion: number | null;
}

/** Of codes ($1). A campaign's file, which may be large, is unpacked once and not for each of its codes. */
const found = `WITH p AS MATERIALIZED (
    SELECT id, title, status, definition ->> 'survey' AS survey FROM campaign
    WHERE id IN (SELECT campaign_id FROM survey_code WHERE code = ANY ($1::text[])))
  SELECT c.code, c.kind, c.campaign_id::text AS "campaignId", p.title AS "campaignTitle", p.status,
    c.unit_id::text AS "unitId", u.name AS "unitName", c.matter, c.expires_on AS "expiresOn",
    c.closed_at IS NOT NULL AS "isClosed", c.used, f.id AS "flowId", f.version AS "flowVersion"
  FROM survey_code c JOIN p ON p.id = c.campaign_id LEFT JOIN unit u ON u.id = c.unit_id
  LEFT JOIN LATERAL (SELECT id, version FROM flow WHERE id = p.survey ORDER BY version DESC LIMIT 1) f ON true
  WHERE c.code = ANY ($1::text[])`;

/** Codes with what they lead to; a code that isn't there is left out. */
export function surveysOf(run: Run, codes: readonly string[]): Promise<SurveyRow[]> {
  return run<SurveyRow>(found, [codes]);
}

/** What must be known before ratings are taken, in one go: every way to the database and back is one more that all wait for. */
export interface Known {
  surveys: SurveyRow[];
  /** Receipts, in hex, of ratings that are there already. */
  receipts: string[];
  /** Of `saltOf`, by day. */
  salts: Record<string, string>;
}

/** @param receipts in hex */
export async function knownFor(
  run: Run,
  { codes, receipts }: { codes: readonly string[]; receipts: readonly string[] },
): Promise<Known> {
  const [row] = await run<Known>(
    `SELECT (SELECT coalesce(jsonb_agg(s), '[]') FROM (${found}) s) AS surveys,
       (SELECT coalesce(jsonb_agg(encode(receipt, 'hex')), '[]') FROM rating
        WHERE receipt = ANY (SELECT decode(r, 'hex') FROM unnest($2::text[]) AS r)) AS receipts,
       (SELECT coalesce(jsonb_object_agg(split_part(key, ':', 2), value), '{}') FROM setting
        WHERE key LIKE 'device-salt:%') AS salts`,
    [codes, receipts],
  );
  if (row === undefined) throw new Error('a row without columns');
  return row;
}

/** Whether somebody in a chat is rating this case just now, which is rated once. */
export async function isBeingRated(run: Run, { code, kind }: SurveyRow): Promise<boolean> {
  if (kind !== 'case') return false;
  const rows = await run('SELECT 1 FROM session WHERE survey_code = $1 AND ended_at IS NULL', [code]);
  return rows.length > 0;
}

/** What a session in a chat rates; null where only the campaign is known. */
export async function ratedBySession(
  run: Run,
  sessionId: string,
): Promise<Pick<SurveyRow, 'unitId' | 'matter'>> {
  const [row] = await run<Pick<SurveyRow, 'unitId' | 'matter'>>(
    `SELECT c.unit_id::text AS "unitId", c.matter FROM session s LEFT JOIN survey_code c ON c.code = s.survey_code
     WHERE s.id = $1::uuid`,
    [sessionId],
  );
  if (row === undefined) throw new Error(`no session ${sessionId}`);
  return row;
}

/**
 * Of these codes of cases, those that are rated now for the first time: a case is rated once (一事一评), and whoever has begun in a
 * chat comes first.
 */
export async function useCases(run: Run, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const rows = await run<{ code: string }>(
    `UPDATE survey_code SET used = true
     WHERE code IN (SELECT code FROM survey_code c WHERE code = ANY ($1::text[]) AND NOT used
         AND NOT EXISTS (SELECT FROM session s WHERE s.survey_code = c.code AND s.ended_at IS NULL) ORDER BY code FOR UPDATE)
     RETURNING code`,
    [codes],
  );
  return new Set(rows.map(({ code }) => code));
}

/** That the page of a unit's code was opened. `day` in the campaign's zone. */
export interface Visit extends Pick<SurveyRow, 'campaignId' | 'unitId'> {
  day: string;
}

/**
 * Counts visits, many at once: a hall's poster is one row, and one visit a commit would make its visitors wait for one another
 * (85 pages a second, measured).
 */
export async function noteVisits(run: Run, visits: readonly Visit[]): Promise<void> {
  await run(
    `INSERT INTO survey_visit AS v (campaign_id, unit_id, day, opened)
     SELECT g."campaignId", g."unitId", g.day, count(*)::int
     FROM jsonb_to_recordset($1::jsonb) AS g("campaignId" uuid, "unitId" uuid, day date)
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
     ON CONFLICT (campaign_id, unit_id, day) DO UPDATE SET opened = v.opened + excluded.opened`,
    [JSON.stringify(visits)],
  );
}
