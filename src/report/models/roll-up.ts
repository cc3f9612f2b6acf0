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
  const depths = new Map(units.map(({ id }) => [id, wayUp(id, parents).length]));
  const depth = (id: string) => depths.get(id) ?? 0;
  const deepest = [...depths.values()].reduce((most, one) => Math.max(most, one), 0);
  const rows = new Map(ids.map((id) => [id, id]));
  // Down from the deepest level, so that it ends whatever the register says.
  for (let level = deepest; level > 0; level -= 1) {
    if (new Set(rows.values()).size <= rowsMax) return rows;
    for (const [id, row] of rows) if (depth(row) === level) rows.set(id, parents.get(row) ?? row);
  }
  return rows;
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
