/** One measured figure. `limit` is what it is held against: a fixed bound, or a figure measured in the same run. */
export interface Result {
  name: string;
  value: number;
  unit: string;
  limit: number;
}

/** As printed: `ratio` is value over limit. For times and memory at most 1 is good, for rates at least 1. */
export function measured({ name, value, unit, limit }: Result): Result & { ratio: number } {
  return { name, value: rounded(value), unit, limit: rounded(limit), ratio: rounded(value / limit) };
}

/** Whether the figure keeps its limit. */
export function holds({ unit, ratio }: Result & { ratio: number }): boolean {
  return unit.endsWith('/s') ? ratio >= 1 : ratio <= 1;
}

function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}

/** The value that a share of all values does not exceed. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: number[]): number {
  return percentile(values, 0.5);
}
