import type { MatrixPlan } from './plan.ts';

/** Who may inspect whom: `may[i][j]`, by places in the frame. Nobody inspects themselves. */
export type May = readonly (readonly boolean[])[];

export type TableLaws = Pick<MatrixPlan, 'mutual' | 'oneCycle'>;

/**
 * Visits every table that keeps the laws, in lexicographic order: `next[i]` is whom i inspects. Ends when `visit` answers
 * false. For small tables only: there are 133,496 of nine units, 1,334,961 of ten.
 */
export function eachTable(may: May, laws: TableLaws, visit: (next: readonly number[]) => boolean): void {
  const next: number[] = [];
  const taken = new Set<number>();
  const from = (row: number): boolean => {
    if (row === may.length) return !keepsCycle(next, laws) || visit(next);
    for (let other = 0; other < may.length; other += 1) {
      if (taken.has(other) || !mayFollow(may, laws, next, row, other)) continue;
      next[row] = other;
      taken.add(other);
      const isGoingOn = from(row + 1);
      taken.delete(other);
      next.length = row;
      if (!isGoingOn) return false;
    }
    return true;
  };
  from(0);
}

export function countTables(may: May, laws: TableLaws): number {
  let count = 0;
  eachTable(may, laws, () => {
    count += 1;
    return true;
  });
  return count;
}

/** Whether `row` may inspect `other` after the rows before it. */
export function mayFollow(
  may: May,
  { mutual }: TableLaws,
  next: readonly number[],
  row: number,
  other: number,
): boolean {
  return may[row]?.[other] === true && (mutual || other >= row || next[other] !== row);
}

function keepsCycle(next: readonly number[], { oneCycle }: TableLaws): boolean {
  if (!oneCycle) return true;
  let length = 1;
  for (let place = next[0]; place !== undefined && place !== 0; place = next[place]) length += 1;
  return length === next.length;
}

/**
 * Someone for whom no table has room when everybody else got somebody, or null when there is a table (mutual pairs and
 * any cycles allowed): Kuhn's augmenting paths.
 */
export function leftOver(may: May): number | null {
  const inspectedBy = new Map<number, number>();
  const place = (row: number, seen: Set<number>): boolean =>
    may.some((_, other) => {
      if (may[row]?.[other] !== true || seen.has(other)) return false;
      seen.add(other);
      const holder = inspectedBy.get(other);
      if (holder !== undefined && !place(holder, seen)) return false;
      inspectedBy.set(other, row);
      return true;
    });
  const row = may.findIndex((_, index) => !place(index, new Set()));
  return row === -1 ? null : row;
}
