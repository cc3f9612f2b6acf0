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

const columns = `c.code, c.kind, c.campaign_id::text AS "campaignId", p.title AS "campaignTitle", p.status,
  c.unit_id::text AS "unitId", u.name AS "unitName", c.matter, c.expires_on AS "expiresOn",
  c.closed_at IS NOT NULL AS "isClosed", c.used, f.id AS "flowId", f.version AS "flowVersion"`;

/** Codes with what they lead to; a code that isn't there is left out. */
export function surveysOf(run: Run, codes: readonly string[]): Promise<SurveyRow[]> {
  return run<SurveyRow>(
    `SELECT ${columns}
     FROM survey_code c JOIN campaign p ON p.id = c.campaign_id LEFT JOIN unit u ON u.id = c.unit_id
     LEFT JOIN LATERAL (
       SELECT id, version FROM flow WHERE id = p.definition ->> 'survey' ORDER BY version DESC LIMIT 1) f ON true
     WHERE c.code = ANY ($1::text[])`,
    [codes],
  );
}

/** Whether somebody in a chat is rating this case just now, which is rated once. */
export async function isBeingRated(run: Run, { code, kind }: SurveyRow): Promise<boolean> {
  if (kind !== 'case') return false;
  const rows = await run('SELECT 1 FROM session WHERE survey_code = $1 AND ended_at IS NULL', [code]);
  return rows.length > 0;
}

/** Of these codes of cases, those that are rated now for the first time: a case is rated once (一事一评). */
export async function useCases(run: Run, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const rows = await run<{ code: string }>(
    `UPDATE survey_code SET used = true
     WHERE code IN (SELECT code FROM survey_code WHERE code = ANY ($1::text[]) AND NOT used ORDER BY code FOR UPDATE)
     RETURNING code`,
    [codes],
  );
  return new Set(rows.map(({ code }) => code));
}

/** Counts that the page of a unit's code was opened. `day` in the campaign's zone. */
export async function noteVisit(
  run: Run,
  { campaignId, unitId }: Pick<SurveyRow, 'campaignId' | 'unitId'>,
  day: string,
): Promise<void> {
  await run(
    `INSERT INTO survey_visit AS v (campaign_id, unit_id, day, opened) VALUES ($1::uuid, $2::uuid, $3::date, 1)
     ON CONFLICT (campaign_id, unit_id, day) DO UPDATE SET opened = v.opened + 1`,
    [campaignId, unitId, day],
  );
}
