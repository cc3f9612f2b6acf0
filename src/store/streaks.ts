import { isStreak } from '../satisfaction/signals.ts';
import type { Library } from './library.ts';
import dayCounts from './sql/day-counts.sql';
import type { Run } from './writes.ts';

/**
 * Marks the ratings of days on which a unit got the highest level and nothing else, so often that its earlier days make it hardly
 * a coincidence. They stay, and are shown both with and without. @param since YYYY-MM-DD @returns how many days
 */
export async function markStreaks(
  run: Run,
  library: Pick<Library, 'campaign'>,
  since: string,
): Promise<number> {
  const days = await run<{
    campaignId: string;
    unitId: string;
    day: string;
    n: number;
    top: number;
    pastN: number;
    pastTop: number;
  }>(dayCounts, [since]);
  let marked = 0;
  for (const { campaignId, unitId, day, n, top, pastN, pastTop } of days) {
    if (top < n) continue;
    const { ratings: rules } = await library.campaign(campaignId);
    if (!isStreak({ n, top }, { n: pastN, top: pastTop }, rules)) continue;
    marked += 1;
    await run(
      `UPDATE rating SET marks = array_append(marks, 'streak')
       WHERE campaign_id = $1::uuid AND unit_id = $2::uuid AND day = $3::date AND source <> 'interview'
         AND NOT 'streak' = ANY (marks)`,
      [campaignId, unitId, day],
    );
  }
  return marked;
}
