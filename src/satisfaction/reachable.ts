/**
 * Whether a share printed with so many decimals can be a share of n answers at all: 89 % of 77 cannot, as 68 are 88.3 % and
 * 69 are 89.6 % (DOMAIN 2.9). In whole numbers; what lies exactly half way may have been rounded either way.
 * @param percent as printed, 0 to 100 @param decimals 0 to 6 @param n 1 or more
 */
export function reachable(percent: number, decimals: number, n: number): boolean {
  if (!Number.isSafeInteger(n) || n < 1 || percent < 0 || percent > 100) return false;
  const unit = 10 ** decimals;
  const printed = Math.round(percent * unit);
  if (Math.abs(printed / unit - percent) > 1e-9) return false;
  const below = Math.floor((printed * n) / (100 * unit));
  return [below, below + 1].some((part) => part <= n && Math.abs(2 * (100 * unit * part - printed * n)) <= n);
}
