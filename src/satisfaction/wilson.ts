/** A share with its 95 % interval, in percent from 0 to 100, exact. */
export interface Interval {
  share: number;
  low: number;
  high: number;
}

/** The 97.5 % point of the normal distribution. */
const z = 1.959963984540054;

/**
 * The 95 % interval of a share of `part` in `n` answers (Wilson 1927; Newcombe 1998): unlike the textbook ± it stays
 * within 0 and 100 and says something true of seven answers too. @throws RangeError unless 0 ≤ part ≤ n and n ≥ 1
 */
export function wilson(part: number, n: number): Interval {
  if (!Number.isInteger(part) || !Number.isInteger(n) || n < 1 || part < 0 || part > n)
    throw new RangeError(`no share: ${part} of ${n}`);
  const share = part / n;
  const middle = part + (z * z) / 2;
  const reach = z * Math.sqrt(part * (1 - share) + (z * z) / 4);
  const bound = (count: number) => Math.min(100, Math.max(0, (100 * count) / (n + z * z)));
  // At the ends the interval begins or ends exactly there; rounding errors must not say otherwise.
  return {
    share: 100 * share,
    low: part === 0 ? 0 : bound(middle - reach),
    high: part === n ? 100 : bound(middle + reach),
  };
}
