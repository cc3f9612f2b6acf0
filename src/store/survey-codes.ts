import type { Text } from '../flow/text.ts';
import { newCode, surveyCodeLength } from '../short-code.ts';
import type { Run } from './writes.ts';

export const codeKinds = ['unit', 'window', 'matter', 'case'] as const;
export type CodeKind = (typeof codeKinds)[number];

/** What a code is for. `matter`: the name of a kind of matter, as it is printed; never a case's number. */
export interface CodeTarget {
  kind: CodeKind;
  unitId: string | null;
  matter: string | null;
}

export interface SurveyCode extends CodeTarget {
  code: string;
  campaignId: string;
  unitName: Text | null;
  /** What a window is part of; null for others. */
  aboveName: Text | null;
  /** The last day on which it takes ratings, YYYY-MM-DD; null without one. */
  expiresOn: string | null;
  state: CodeState;
}

/** `used`: of a case, which is rated once (一事一评). `expired`: its last day is over. */
export type CodeState = 'open' | 'closed' | 'expired' | 'used';

export interface WantedCodes {
  campaignId: string;
  targets: readonly CodeTarget[];
  /** Contact; null at a terminal. */
  by: string | null;
  /** Now, ISO instant. */
  at: string;
  /** Null: without end; what is open already then keeps the end that it has. */
  expiresOn: string | null;
}

/**
 * A code for each target, in their order. For a unit, window or matter it is the one that is open already, so that a poster
 * stays valid; a case gets one of its own.
 */
export async function makeCodes(
  run: Run,
  wanted: WantedCodes,
): Promise<{ codes: SurveyCode[]; made: number }> {
  const { campaignId, targets, at } = wanted;
  // Two who ask for the same poster at once get the same one.
  await run('SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended($1, 20510))) waited', [campaignId]);
  const units = [...new Set(targets.flatMap(({ unitId }) => unitId ?? []))];
  const standing = new Map<string, string>();
  for (const one of await codesIn(run, { campaignId, at, unitIds: units, states: ['open'] }))
    if (one.kind !== 'case' && !standing.has(keyOf(one))) standing.set(keyOf(one), one.code);
  const fresh: (CodeTarget & { code: string })[] = [];
  const codes = targets.map((target) => {
    const known = target.kind === 'case' ? undefined : standing.get(keyOf(target));
    if (known !== undefined) return known;
    const code = newCode(surveyCodeLength);
    fresh.push({ ...target, code });
    standing.set(keyOf(target), code);
    return code;
  });
  await insertCodes(run, wanted, fresh);
  if (wanted.expiresOn !== null)
    await run('UPDATE survey_code SET expires_on = $2 WHERE code = ANY ($1::text[])', [
      codes,
      wanted.expiresOn,
    ]);
  const rows = new Map((await codesNamed(run, codes, at)).map((one) => [one.code, one]));
  return { codes: codes.flatMap((code) => rows.get(code) ?? []), made: fresh.length };
}

function keyOf({ kind, unitId, matter }: CodeTarget): string {
  return JSON.stringify([kind, unitId, matter]);
}

async function insertCodes(
  run: Run,
  { campaignId, by, at, expiresOn }: WantedCodes,
  fresh: readonly (CodeTarget & { code: string })[],
): Promise<void> {
  if (fresh.length === 0) return;
  await run(
    `INSERT INTO survey_code (code, campaign_id, kind, unit_id, matter, created_by, created_at, expires_on)
     SELECT g.code, $1::uuid, g.kind, g."unitId", g.matter, $2::uuid, $3::timestamptz, $4
     FROM jsonb_to_recordset($5::jsonb) AS g(code text, kind text, "unitId" uuid, matter text)`,
    [campaignId, by, at, expiresOn, JSON.stringify(fresh)],
  );
}

/** Which codes of a campaign; all units and states without them. `at`: now, ISO instant. */
export interface CodeQuery {
  campaignId: string;
  at: string;
  unitIds?: readonly string[];
  states?: readonly CodeState[];
}

const today = `to_char($1::timestamptz AT TIME ZONE z.zone, 'YYYY-MM-DD')`;
const stateOf = `CASE WHEN c.used THEN 'used' WHEN c.closed_at IS NOT NULL THEN 'closed'
  WHEN c.expires_on < ${today} THEN 'expired' ELSE 'open' END`;

const columns = `c.code, c.campaign_id::text AS "campaignId", c.kind, c.unit_id::text AS "unitId", c.matter,
  u.name AS "unitName", CASE WHEN u.kind = 'window' THEN p.name END AS "aboveName", c.expires_on AS "expiresOn", ${stateOf} AS state
  FROM survey_code c JOIN campaign z ON z.id = c.campaign_id LEFT JOIN unit u ON u.id = c.unit_id LEFT JOIN unit p ON p.id = u.parent_id`;

/** Codes of a campaign, by unit in the order of the register, cases last. */
export function codesIn(run: Run, { campaignId, at, unitIds, states }: CodeQuery): Promise<SurveyCode[]> {
  return run<SurveyCode>(
    `SELECT ${columns}
     WHERE c.campaign_id = $2::uuid AND ($3::text[] IS NULL OR c.unit_id = ANY ($3::text[]::uuid[]))
       AND ($4::text[] IS NULL OR ${stateOf} = ANY ($4::text[]))
     ORDER BY c.kind = 'case', p.code NULLS FIRST, u.code, c.kind, c.matter NULLS FIRST, c.created_at, c.code`,
    [at, campaignId, unitIds ?? null, states ?? null],
  );
}

/** Codes by themselves, of whatever campaign; those that there are. */
export function codesNamed(run: Run, codes: readonly string[], at: string): Promise<SurveyCode[]> {
  return run<SurveyCode>(`SELECT ${columns} WHERE c.code = ANY ($2::text[])`, [at, codes]);
}

/** Closes codes: from now on they take no rating. @returns those that were open or expired until now */
export function closeCodes(run: Run, codes: readonly string[], at: string): Promise<{ code: string }[]> {
  return run<{ code: string }>(
    `UPDATE survey_code SET closed_at = $2::timestamptz WHERE code = ANY ($1::text[]) AND closed_at IS NULL AND NOT used
     RETURNING code`,
    [codes, at],
  );
}

/** Opens codes again that were closed or have expired; an end that is over goes. @returns those that were not open until now */
export function openCodes(run: Run, codes: readonly string[], at: string): Promise<{ code: string }[]> {
  return run<{ code: string }>(
    `UPDATE survey_code c SET closed_at = NULL, expires_on = CASE WHEN c.expires_on < ${today} THEN NULL ELSE c.expires_on END
     FROM campaign z
     WHERE z.id = c.campaign_id AND c.code = ANY ($2::text[]) AND NOT c.used
       AND (c.closed_at IS NOT NULL OR c.expires_on < ${today})
     RETURNING c.code`,
    [at, codes],
  );
}
