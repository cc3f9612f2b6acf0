import type { LevelCounts } from '../satisfaction/summary.ts';
import type { Run } from './writes.ts';

/**
 * How many citizens of a campaign gave each level, by its newest indicator set: of their own accord, and apart from them those
 * whom inspectors asked (JX-3.2 item 7), but for hidden inspections, which these would tell of (JX-4.4). What was struck counts
 * nowhere.
 */
export async function levelsOf(
  run: Run,
  campaignId: string,
): Promise<{ own: LevelCounts; interviewed: LevelCounts }> {
  const rows = await run<{ isInterview: boolean; level: number; n: number }>(
    `SELECT t.source = 'interview' AS "isInterview", t.level, sum(t.n)::int AS n
     FROM rating_tally t LEFT JOIN activity v ON v.id = t.activity_id
     WHERE t.campaign_id = $1::uuid AND NOT t.struck AND v.hidden IS NOT TRUE
       AND t.set_version = (SELECT max(version) FROM indicator_set WHERE campaign_id = $1::uuid)
     GROUP BY 1, 2`,
    [campaignId],
  );
  const counts = (isInterview: boolean): LevelCounts => {
    const at = (level: number) =>
      rows.find((row) => row.isInterview === isInterview && row.level === level)?.n ?? 0;
    return [at(1), at(2), at(3), at(4), at(5)];
  };
  return { own: counts(false), interviewed: counts(true) };
}
