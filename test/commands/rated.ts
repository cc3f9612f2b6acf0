import type { LevelCounts } from '../../src/satisfaction/summary.ts';
import type { Talk } from '../conversation/stage.ts';

/** What is said of ratings that are put into the database at once. */
export interface Rated {
  /** Code of a unit; null for none. */
  unit?: string | null;
  /** YYYY-MM-DD */
  day?: string;
  source?: 'scan' | 'chat' | 'interview';
  marks?: string[];
  struck?: boolean;
  version?: number;
}

/** Puts so many ratings of each level (the worst first) into the database of the published sample. */
export async function rated(
  { query, campaignId }: Pick<Talk, 'query' | 'campaignId'>,
  counts: LevelCounts,
  { unit = null, day = '2026-06-22', source = 'scan', marks = [], struck = false, version = 1 }: Rated = {},
): Promise<void> {
  await query(
    `INSERT INTO rating (campaign_id, set_version, flow_id, flow_version, unit_id, source, interview_for, day, level, answers,
       marks, struck)
     SELECT $1::uuid, $8, f.id, f.version, (SELECT id FROM unit WHERE campaign_id = $1::uuid AND code = $2), $4,
       CASE WHEN $4 = 'interview' THEN (SELECT min(id::text)::uuid FROM assignment) END, $3::date, l.level, '{}', $6, $7
     FROM unnest($5::int[]) WITH ORDINALITY AS l(n, level) CROSS JOIN generate_series(1, l.n),
       (SELECT id, version FROM flow WHERE id LIKE '%/citizen' ORDER BY version DESC LIMIT 1) f`,
    [campaignId, unit, day, source, counts, marks, struck, version],
  );
}

/** Windows below a unit of the sample, by code and name. */
export async function windows(
  { query, campaignId }: Pick<Talk, 'query' | 'campaignId'>,
  parent: string,
  named: Record<string, string>,
): Promise<void> {
  for (const [code, name] of Object.entries(named))
    await query(
      `INSERT INTO unit (campaign_id, code, name, kind, parent_id)
       SELECT campaign_id, $2, to_jsonb($3::text), 'window', id FROM unit WHERE campaign_id = $1::uuid AND code = $4`,
      [campaignId, code, name, parent],
    );
}
