import { inLanguage, languages, type Text } from '../flow/text.ts';
import { nearest, plain } from './nearest.ts';
import { namesOf, type Unit } from './unit.ts';

/** A unit, hall or window of a register and what it is part of; ids are unique within it. */
export interface Place extends Pick<Unit, 'id' | 'name' | 'aliases'> {
  kind: string;
  parent: string | null;
}

/** Places that were named, or the words that name none (`near`: names most like them) or several of one name (`of`). */
export type CalledPlaces<P extends Place> =
  | { kind: 'places'; places: P[] }
  | { kind: 'unknown'; words: string; near: string[] }
  | { kind: 'several'; words: string; of: P[] };

/** Between two names; windows may also stand behind their hall with nothing but a blank. */
const separators = /[、，,;；\n]+/u;
const allWindows = /^(?:的?(?:全部|所有|各个?)窗口|(?:all|every)\s+windows?)$/iu;
/** Where a name may end: before a blank, and between two characters that are not both Latin letters or digits. */
const ends = /(?=\s)|(?<![a-z0-9])(?=\S)|(?=[^a-z0-9\s])/giu;

/** Whether a name says by itself what the place is part of, as 海盐县社保大厅3号窗口 does: names in a register are all different. */
export function tellsAbove(name: Text, above: Text): boolean {
  return languages.some((language) =>
    plain(inLanguage(name, language)).includes(plain(inLanguage(above, language))),
  );
}

/**
 * The places that words name one after the other: `海盐县`, `海盐县 3号窗口、4号窗口` (windows below what was named before them,
 * by the end of their names), `海盐县全部窗口`. Nothing is guessed.
 */
export function placesCalled<P extends Place>(register: readonly P[], words: string): CalledPlaces<P> {
  const known = indexed(register);
  const found = new Set<P>();
  let within: P | null = null;
  for (const part of words.split(separators)) {
    const said = part.trim();
    if (said === '') continue;
    const read: Read<P> = readPart(known, said, within);
    if (read.kind !== 'places') return read.kind === 'several' ? read : unknown(register, said);
    for (const place of read.places) found.add(place);
    within = read.within;
  }
  return found.size > 0 ? { kind: 'places', places: [...found] } : unknown(register, words.trim());
}

type Read<P extends Place> =
  | { kind: 'places'; places: P[]; within: P | null }
  | { kind: 'unknown' }
  | { kind: 'several'; words: string; of: P[] };

/** One name, or several of which each is below the one before: the longest beginning that is a name comes first. */
function readPart<P extends Place>(known: Known<P>, said: string, within: P | null): Read<P> {
  if (allWindows.test(said)) return windowsBelow(known, within);
  const whole = named(known, said, within);
  if (whole.length === 1 && whole[0] !== undefined)
    return { kind: 'places', places: whole, within: isWindow(whole[0]) ? within : whole[0] };
  for (const end of endsOf(said)) {
    const [place, another] = named(known, said.slice(0, end), within);
    if (place === undefined || another !== undefined || isWindow(place)) continue;
    const rest = readPart(known, said.slice(end).trim(), place);
    if (rest.kind !== 'unknown') return rest;
  }
  // Windows behind one another, with blanks alone between them.
  for (const end of endsOf(said)) {
    const [place, another] = named(known, said.slice(0, end), within);
    if (place === undefined || another !== undefined || !isWindow(place)) continue;
    const rest = readPart(known, said.slice(end).trim(), within);
    if (rest.kind === 'places') return { ...rest, places: [place, ...rest.places] };
    if (rest.kind === 'several') return rest;
  }
  return whole.length > 1 ? { kind: 'several', words: said, of: whole } : { kind: 'unknown' };
}

function windowsBelow<P extends Place>(known: Known<P>, within: P | null): Read<P> {
  const places = known.all.filter(
    (place) => isWindow(place) && (within === null || isBelow(known, place, within)),
  );
  return places.length === 0 ? { kind: 'unknown' } : { kind: 'places', places, within };
}

/** The longest first. */
function endsOf(said: string): number[] {
  return [...said.matchAll(ends)]
    .map(({ index }) => index)
    .filter((index) => index > 0)
    .reverse();
}

/** Who goes by this name: below `within` where there are such, else anywhere; below it the end of a name will do. */
function named<P extends Place>(known: Known<P>, name: string, within: P | null): P[] {
  const said = plain(name);
  const all = known.byName.get(said) ?? [];
  const own = within === null ? [] : all.filter((place) => isBelow(known, place, within));
  if (own.length > 0) return own;
  if (all.length > 0 || within === null || said.length < 2) return all;
  return known.all.filter(
    (place) => isBelow(known, place, within) && namesOf(place).some((one) => endsIn(plain(one), said)),
  );
}

/** 海盐县社保大厅3号窗口 ends in 3号窗口, 海盐县社保大厅13号窗口 does not. */
function endsIn(name: string, end: string): boolean {
  return name.endsWith(end) && !/[a-z0-9]{2}$/.test(name.slice(0, name.length - end.length + 1));
}

interface Known<P extends Place> {
  all: readonly P[];
  byName: Map<string, P[]>;
  byId: Map<string, P>;
}

function indexed<P extends Place>(register: readonly P[]): Known<P> {
  const byName = new Map<string, P[]>();
  for (const place of register)
    for (const name of new Set(namesOf(place).map(plain)))
      byName.set(name, [...(byName.get(name) ?? []), place]);
  return { all: register, byName, byId: new Map(register.map((place) => [place.id, place])) };
}

function isBelow<P extends Place>({ byId }: Known<P>, place: P, above: P): boolean {
  const seen = new Set<string>();
  for (let at = place.parent; at !== null && !seen.has(at); at = byId.get(at)?.parent ?? null) {
    if (at === above.id) return true;
    seen.add(at);
  }
  return false;
}

function isWindow({ kind }: Place): boolean {
  return kind === 'window';
}

function unknown<P extends Place>(register: readonly P[], words: string): CalledPlaces<P> {
  return { kind: 'unknown', words, near: nearest(words, register.flatMap(namesOf)) };
}
