/**
 * Pearson's statistic of counts against what was expected. Compare with the 0.999 quantile of the chi-square distribution
 * for one degree of freedom less than there are counts; seeds are fixed, so a test that holds once always does.
 */
export function chiSquare(counts: readonly number[], expected: (index: number) => number): number {
  return counts.reduce((sum, count, index) => sum + (count - expected(index)) ** 2 / expected(index), 0);
}

/** The 0.999 quantile, by Wilson and Hilferty (1931); within 0.5 % from three degrees of freedom on. */
export function limit999(degrees: number): number {
  const part = 2 / (9 * degrees);
  return degrees * (1 - part + 3.0902 * Math.sqrt(part)) ** 3;
}

/** The n-th seed of a test: 64 hex digits. */
export function seedNumbered(n: number): string {
  return n.toString(16).padStart(64, '0');
}
