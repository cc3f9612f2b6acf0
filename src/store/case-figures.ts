import { type CaseCounts, type CaseFigures, caseFigures } from '../satisfaction/case-figures.ts';
import figuresSql from './sql/rating-case-figures.sql';
import type { Run } from './writes.ts';

/**
 * 回访率, 按时办结率 and 重复差评 of a campaign, or of a unit and all below it, as they are now.
 * @param today YYYY-MM-DD in the campaign's zone
 */
export async function caseFiguresOf(
  run: Run,
  campaignId: string,
  unitId: string | null,
  today: string,
): Promise<CaseFigures> {
  const [counts] = await run<CaseCounts>(figuresSql, [campaignId, unitId, today]);
  if (counts === undefined) throw new Error('figures of cases gave no row');
  return caseFigures(counts);
}
