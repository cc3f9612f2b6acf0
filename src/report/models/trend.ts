import { addDays } from '../../campaign/day.ts';
import { mondayOf } from '../../campaign/desk.ts';
import { countWeeks, type OverviewScope, type WeekCount } from '../../store/overview.ts';
import type { Run } from '../../store/writes.ts';

/** One week (its Monday, YYYY-MM-DD): problems found and closed in it, and open at its end. */
export interface Week extends WeekCount {
  open: number;
}

export interface Trend {
  /** Every week from the first problem on, also those in which nothing happened; the last ones. */
  weeks: Week[];
  /** Of all weeks. */
  opened: number;
  closed: number;
}

/** Weeks in one picture. */
export const weeksMax = 10;

/** @param today YYYY-MM-DD in the campaign's zone: the last week is the one that it lies in */
export async function readTrend(run: Run, scope: OverviewScope, today: string, zone: string): Promise<Trend> {
  return trendOf(await countWeeks(run, scope, zone), today);
}

export function trendOf(counts: readonly WeekCount[], today: string): Trend {
  const known = new Map(counts.map((count) => [count.week, count]));
  const last = mondayOf(today);
  const weeks: Week[] = [];
  let open = 0;
  for (let week = counts[0]?.week ?? last; week <= last; week = addDays(week, 7)) {
    const { opened, closed } = known.get(week) ?? { opened: 0, closed: 0 };
    open += opened - closed;
    weeks.push({ week, opened, closed, open });
  }
  const sum = (of: 'opened' | 'closed') => counts.reduce((all, count) => all + count[of], 0);
  return { weeks: weeks.slice(-weeksMax), opened: sum('opened'), closed: sum('closed') };
}
