import { type Told, toldAlone } from './small-cells.ts';
import { wilson } from './wilson.ts';

export { shownFrom } from './small-cells.ts';

/** How many chose each level: very dissatisfied (1) first … very satisfied (5) last. */
export type LevelCounts = readonly [number, number, number, number, number];

/** A share of the answers and its 95 % Wilson interval, in percent, to one decimal. */
export interface Share {
  count: number;
  percent: number;
  low: number;
  high: number;
}

/**
 * Satisfaction of a group of citizens. Both readings of 满意率 in use are given, each with its numerator (DOMAIN 2.9).
 * What is null is not shown: fewer than five people are on one side of it, and so few say nothing and may give
 * somebody away. Of what is shown, no difference gives away so few either.
 */
export interface SatisfactionSummary {
  n: number;
  /** Levels 4–5: satisfied and very satisfied. */
  satisfied: Share | null;
  /** Levels 3–5: fairly satisfied counted in, as in 国办发〔2019〕51号, where only levels 1–2 are negative. */
  notNegative: Share | null;
  /** Negative ratings 差评, levels 1–2; null whenever `notNegative`, what is left of n, is. */
  negative: number | null;
}

/**
 * @param told what may be told; by default what may be of a group that stands alone
 * @throws RangeError when a count is negative or no whole number
 */
export function summarise(counts: LevelCounts, told: Told = toldAlone(counts)): SatisfactionSummary {
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0))
    throw new RangeError(`not counts: ${counts.join(', ')}`);
  const [one, two, three, four, five] = counts;
  const negative = one + two;
  const n = negative + three + four + five;
  return {
    n,
    satisfied: told.satisfied ? shareOf(four + five, n) : null,
    notNegative: told.notNegative ? shareOf(n - negative, n) : null,
    negative: told.notNegative ? negative : null,
  };
}

/** A share of answers with its interval, as it is printed. @throws RangeError when there is no such share */
export function shareOf(count: number, n: number): Share {
  const { share, low, high } = wilson(count, n);
  const percent = honest(share, count, n);
  // Rounded so that the interval still holds the share: 99.9 %, and not 100–100.
  return {
    count,
    percent,
    low: Math.min(oneDecimal(low), percent),
    high: Math.max(oneDecimal(high), percent),
  };
}

/** Never 100 when somebody was not, never 0 when somebody was: 1999 of 2000 is 99.9 %. */
function honest(share: number, count: number, n: number): number {
  const rounded = oneDecimal(share);
  if (count < n && rounded === 100) return 99.9;
  return count > 0 && rounded === 0 ? 0.1 : rounded;
}

function oneDecimal(percent: number): number {
  return Math.round(percent * 10) / 10;
}
