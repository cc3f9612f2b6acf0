import type { Text } from '../../flow/text.ts';

/** A unit and what it stands under, if anything. */
export interface Place {
  id: string;
  name: Text;
  parent: string | null;
}

/**
 * For each unit the row that it is counted in: itself, or as long as there would be more than `rowsMax` rows what the lowest of
 * them stand under.
 */
export function rolledUp(
  ids: readonly string[],
  units: readonly Place[],
  rowsMax: number,
): Map<string, string> {
  const parents = new Map(units.map(({ id, parent }) => [id, parent]));
  const depth = (id: string): number => wayUp(id, parents).length;
  const rows = new Map(ids.map((id) => [id, id]));
  for (;;) {
    const now = new Set(rows.values());
    if (now.size <= rowsMax) return rows;
    const deepest = Math.max(...[...now].map(depth));
    if (deepest === 0) return rows;
    for (const [id, row] of rows) if (depth(row) === deepest) rows.set(id, parents.get(row) ?? row);
  }
}

/** What a unit stands under, the nearest first. A circle in the register ends it. */
export function wayUp(id: string, parents: ReadonlyMap<string, string | null>): string[] {
  const way: string[] = [];
  let above = parents.get(id) ?? null;
  while (above !== null && !way.includes(above) && parents.has(above)) {
    way.push(above);
    above = parents.get(above) ?? null;
  }
  return way;
}
