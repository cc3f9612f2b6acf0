import type { Path } from './problem.ts';
import type { Place } from './source.ts';

/** Something with places in it: a YAML file, or a register beside one. */
export interface Located {
  /** How people know it; undefined for the campaign file itself. */
  file: string | undefined;
  placeOf(path: Path, atKey?: boolean): Place;
  /** The path as it is told. */
  pathOf(path: Path): string;
}

/** Where a thing of the merged file stands: in which file, and at what path there. */
export interface Origin {
  located: Located;
  path: Path;
}

/** One file's share: its data, and where the entries of its lists come from when not from the file itself. */
export interface Part {
  located: Located;
  raw: Record<string, unknown>;
  /** Rows of registers that were added to a list of this file, by the list (`units`, `activities.0.pairs`). */
  rows: Map<string, { from: number; located: Located; rows: number[] }>;
  isRoot: boolean;
}

export interface Merged {
  raw: Record<string, unknown>;
  originOf(path: Path): Origin;
  /** Whether an entry of a list came from another file than the campaign's own. */
  isExtended(list: string, index: number): boolean;
}

/** How the lists of a file are told apart. */
const idOf: Record<string, string> = {
  units: 'id',
  rooms: 'id',
  activities: 'id',
  flows: 'id',
  people: 'console',
};
/** Entries of these are taken over one by one. */
const maps = ['reminders', 'quiet', 'calendar'];
/** What a file says of itself alone. */
const own = ['duban', 'id', 'library', 'extends', 'registers'];

/**
 * Puts files together, what comes later winning: an entry of a list replaces the earlier one of the same id, in its place;
 * rules are taken over one by one; everything else is replaced. Two of one id in one file both stay, so that the fault
 * is told.
 */
export function merge(parts: readonly Part[]): Merged {
  const root = parts[parts.length - 1];
  if (!root) throw new Error('nothing to merge');
  const raw: Record<string, unknown> = {};
  const owners = new Map<string, Part>();
  const lists = new Map<string, { part: Part; index: number }[]>();
  for (const part of parts)
    for (const [key, value] of Object.entries(part.raw)) {
      if (!part.isRoot && own.includes(key)) continue;
      const before = Object.hasOwn(raw, key) ? raw[key] : undefined;
      if (Object.hasOwn(idOf, key) && Array.isArray(value))
        put(raw, key, mergeList(key, before, value, part, lists));
      else if (maps.includes(key) && isMap(value)) {
        put(raw, key, { ...(isMap(before) ? before : {}), ...value });
        for (const inner of Object.keys(value)) owners.set(`${key}.${inner}`, part);
      } else put(raw, key, value);
      owners.set(key, part);
    }
  return {
    raw,
    originOf: (path) => originIn(path, root, owners, lists),
    isExtended: (list, index) => lists.get(list)?.[index]?.part.isRoot === false,
  };
}

/** A key of a file may be `__proto__`, which plain assignment would take for more than a name. */
function put(raw: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(raw, key, { value, enumerable: true, configurable: true, writable: true });
}

function mergeList(
  key: string,
  before: unknown,
  added: readonly unknown[],
  part: Part,
  lists: Map<string, { part: Part; index: number }[]>,
): unknown[] {
  const merged: unknown[] = Array.isArray(before) ? before : [];
  const origins = Array.isArray(before) ? (lists.get(key) ?? []) : [];
  const earlier = new Map<string, number>();
  for (const [index, one] of merged.entries()) {
    const name = nameOf(key, one);
    if (name !== undefined) earlier.set(name, index);
  }
  for (const [index, value] of added.entries()) {
    const name = nameOf(key, value);
    const place = name === undefined ? undefined : earlier.get(name);
    if (name !== undefined) earlier.delete(name);
    merged[place ?? merged.length] = value;
    origins[place ?? origins.length] = { part, index };
  }
  lists.set(key, origins);
  return merged;
}

function nameOf(key: string, value: unknown): string | undefined {
  const name = isMap(value) ? value[idOf[key] ?? ''] : undefined;
  return typeof name === 'string' ? name : undefined;
}

function originIn(
  path: Path,
  root: Part,
  owners: Map<string, Part>,
  lists: Map<string, { part: Part; index: number }[]>,
): Origin {
  const [key, second] = path;
  if (typeof key !== 'string') return { located: root.located, path };
  const entry = typeof second === 'number' ? lists.get(key)?.[second] : undefined;
  if (!entry) {
    const part = owners.get(`${key}.${second}`) ?? owners.get(key) ?? root;
    return { located: part.located, path };
  }
  const inPart: Path = [key, entry.index, ...path.slice(2)];
  return rowOrigin(entry.part, inPart) ?? { located: entry.part.located, path: inPart };
}

/** The origin of what a register added: its row, and the field as path. */
function rowOrigin({ rows }: Part, path: Path): Origin | null {
  for (const depth of [1, 3]) {
    const added = rows.get(path.slice(0, depth).join('.'));
    const index = path[depth];
    if (!added || typeof index !== 'number' || index < added.from) continue;
    return {
      located: added.located,
      path: [added.rows[index - added.from] ?? 1, ...path.slice(depth + 1, depth + 2)],
    };
  }
  return null;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
