import { type Matter, matterFlags } from '../campaign/activities/walkthrough.ts';
import { canonical } from '../campaign/canonical.ts';
import type { Campaign } from '../campaign/definition.ts';
import { plain } from '../campaign/nearest.ts';
import { namesOf, type Unit } from '../campaign/unit.ts';

/** What of a campaign its file said, and rosters add to: kept from the first import on, so that the two can be told apart. */
export interface Filed {
  units: Unit[];
  /** By the ids of activities. */
  matters: Record<string, Matter[]>;
}

/** Something of the file that a roster has made already; `unit` is its place in the file. */
export interface Clash {
  unit: number;
  rostered: Unit;
}

export interface BesideFile {
  campaign: Campaign;
  /** Units that came by roster and stay. */
  kept: Unit[];
  /** Those of them whose unit above is no more: they stand by themselves now. */
  alone: Unit[];
  /** Where there are any nothing may be stored. */
  clashes: Clash[];
}

export function filedOf({ units, activities }: Campaign): Filed {
  const lists = activities.flatMap((one) => (one.mode === 'walkthrough' ? [[one.id, one.matters]] : []));
  return { units, matters: Object.fromEntries(lists) };
}

/**
 * The next version of a campaign file, with what rosters have added to the one before (decision 18): units and matters the file
 * never named, names, aliases, weights and places in the tree that a roster changed. Where the file itself says something else than
 * it did, the file is right.
 * @param standing the campaign as it is @param filed what its file said of it
 */
export function besideFile(standing: Campaign, filed: Filed, after: Campaign): BesideFile {
  const was = new Map(filed.units.map((unit) => [unit.id, unit]));
  const now = new Map(standing.units.map((unit) => [unit.id, unit]));
  const inFile = new Set(after.units.map(({ id }) => id));
  const rostered = standing.units.filter(({ id }) => !was.has(id));
  const kept = rostered.filter(({ id }) => !inFile.has(id));
  const both = after.units.map((unit) => merged(unit, was.get(unit.id), now.get(unit.id)));
  const known = new Set([...both, ...kept].map(({ id }) => id));
  const isAlone = ({ parent }: Unit) => parent !== undefined && !known.has(parent);
  const own = kept.map((unit) => (isAlone(unit) ? withoutParent(unit) : unit));
  const units = withoutTaken([...both, ...own], after.units);
  const activities = after.activities.map((one) => {
    if (one.mode !== 'walkthrough') return one;
    const before = standing.activities.find(({ id }) => id === one.id);
    if (before?.mode !== 'walkthrough') return one;
    const taking = (matter: Matter) => known.has(matter.unit) && one.participants.includes(matter.unit);
    return {
      ...one,
      matters: mergedMatters(one.matters, filed.matters[one.id] ?? [], before.matters, taking),
    };
  });
  return {
    campaign: { ...after, units, activities },
    kept: own,
    alone: kept.filter(isAlone),
    clashes: clashesOf(after.units, rostered),
  };
}

/** A unit of the file, with what a roster made of it where the file has not changed its mind. */
function merged(unit: Unit, was: Unit | undefined, now: Unit | undefined): Unit {
  if (now === undefined) return unit;
  const aliases = now.aliases.filter((one) => was?.aliases.includes(one) !== true);
  const together = { ...unit, aliases: [...new Set([...unit.aliases, ...aliases])].slice(0, aliasesMax) };
  if (was === undefined) return together;
  const isOpen = (field: keyof Unit) => canonical(unit[field] ?? null) === canonical(was[field] ?? null);
  return {
    ...together,
    ...(isOpen('name') ? { name: now.name } : {}),
    ...(isOpen('kind') ? { kind: now.kind } : {}),
    ...(isOpen('parent') && now.parent !== undefined ? { parent: now.parent } : {}),
    ...(isOpen('weight') && now.weight !== undefined ? { weight: now.weight } : {}),
  };
}

/** Of a unit (see Unit). */
const aliasesMax = 20;

function withoutParent({ parent: _, ...unit }: Unit): Unit {
  return unit;
}

/** A name that the file gives to one unit is no longer what a roster calls another. */
function withoutTaken(units: Unit[], filed: readonly Unit[]): Unit[] {
  const owner = new Map(filed.flatMap((unit) => namesOf(unit).map((name) => [plain(name), unit.id])));
  const isTaken = (name: string, id: string) => (owner.get(plain(name)) ?? id) !== id;
  const names = new Map(filed.map(({ id, name }) => [id, name]));
  return units.map((unit) => ({
    ...unit,
    name: callings(unit).some((name) => isTaken(name, unit.id))
      ? (names.get(unit.id) ?? unit.name)
      : unit.name,
    aliases: unit.aliases.filter((alias) => !isTaken(alias, unit.id)),
  }));
}

function callings({ name }: Unit): string[] {
  return typeof name === 'string' ? [name] : Object.values(name);
}

/** The file's list, the flags a roster gave to what is on it, and what a roster put beside it. */
function mergedMatters(
  after: readonly Matter[],
  filed: readonly Matter[],
  standing: readonly Matter[],
  taking: (matter: Matter) => boolean,
): Matter[] {
  const key = ({ unit, name }: Matter) => canonical([unit, name]);
  const [was, now] = [filed, standing].map((list) => new Map(list.map((one) => [key(one), one])));
  const listed = new Set(after.map(key));
  const flagged = after.map((one) => {
    const known = was?.get(key(one));
    const added = (now?.get(key(one))?.flags ?? []).filter((flag) => known?.flags.includes(flag) !== true);
    return { ...one, flags: matterFlags.filter((flag) => one.flags.includes(flag) || added.includes(flag)) };
  });
  const own = standing.filter((one) => !was?.has(key(one)) && !listed.has(key(one)) && taking(one));
  return [...flagged, ...own];
}

/** The file and a roster mean one unit by two ids, or two by one: whose people hang on which can't be guessed. */
function clashesOf(filed: readonly Unit[], rostered: readonly Unit[]): Clash[] {
  const ids = new Map(rostered.map((unit) => [unit.id, unit]));
  const names = new Map(rostered.flatMap((unit) => callings(unit).map((name) => [plain(name), unit])));
  return filed.flatMap((unit, index): Clash[] => {
    const called = callings(unit).flatMap((name) => names.get(plain(name)) ?? []);
    const [same] = called;
    if (same !== undefined) return same.id === unit.id ? [] : [{ unit: index, rostered: same }];
    const other = ids.get(unit.id);
    return other === undefined ? [] : [{ unit: index, rostered: other }];
  });
}
