import type { Params, SentenceKey } from '../flow/say.ts';
import type { OverlapElsewhere } from '../store/overlaps.ts';

/** Names of units in one warning. */
const namesMax = 5;

/** Inspections of the same units by other campaigns, as warnings (政府督查工作条例 art. 15). */
export function overlapLines(overlaps: OverlapElsewhere[]): { key: SentenceKey; params: Params }[] {
  return overlaps.map(({ campaign, activity, from, to, units, count }) => ({
    key: `files:warning.overlap.elsewhere${count > namesMax ? '.more' : ''}` as const,
    params: {
      campaign,
      activity,
      units: { list: units.slice(0, namesMax) },
      count,
      from: { date: from },
      to: { date: to },
    },
  }));
}
