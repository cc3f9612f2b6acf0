import type { Counts, Value } from './value.ts';

/** So many of so many, with their share. @throws RangeError when they are no part of a whole */
export function countsOf(done: number, of: number): Counts {
  if (!(Number.isSafeInteger(done) && Number.isSafeInteger(of) && done >= 0 && of > 0 && done <= of))
    throw new RangeError(`${done} of ${of} is no share`);
  return { done, of, percent: percentOf(done, of) };
}

export function isCounts(value: Value | null | undefined): value is Counts {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'done' in value;
}

/**
 * Percent to two decimals. Rounding never reaches a whole percent that the counts don't: 89,999 of 100,000 are 89.99, so
 * that what is shown never seems to meet a threshold that was missed.
 */
function percentOf(done: number, of: number): number {
  const [parts, whole] = [BigInt(done) * 10_000n, BigInt(of)];
  const down = parts / whole;
  const isUp = (parts % whole) * 2n >= whole;
  const near = isUp ? down + 1n : down;
  const isWhole = near % 100n === 0n && parts % whole !== 0n;
  const kept = isWhole ? (isUp ? down : down + 1n) : near;
  return Number(kept) / 100;
}

/** How a share stands to a percentage (of six decimals at most), by its counts and not by what they were rounded to: < 0, 0 or > 0. */
export function compareShare({ done, of }: Counts, percent: number): number {
  const difference = BigInt(done) * 100_000_000n - BigInt(Math.round(percent * 1_000_000)) * BigInt(of);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** What several answers to one such question come to. */
export interface Pooled {
  /** Sum of numerators over sum of denominators: never a mean of percentages. */
  counts: Counts;
  /** Answers that gave counts. */
  n: number;
  /** Answers that gave a percentage only: they are in neither sum. */
  bare: number;
}

/** Adds up the answers that gave counts; null when none did. */
export function pooled(values: readonly (Value | undefined)[]): Pooled | null {
  const counted = values.filter(isCounts);
  if (counted.length === 0) return null;
  const sum = (part: 'done' | 'of') => counted.reduce((total, one) => total + one[part], 0);
  const bare = values.filter((value) => typeof value === 'number').length;
  return { counts: countsOf(sum('done'), sum('of')), n: counted.length, bare };
}
