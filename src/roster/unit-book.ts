import { plain } from '../campaign/nearest.ts';
import { namesOf, type Unit, unitsLike } from '../campaign/unit.ts';
import { type Answers, ask, type Findings } from './question.ts';
import { type Entry, entryFault, shown } from './read-table.ts';

/** The units of a campaign as they will be, found by any of their names; changed while a roster is read. */
export interface UnitBook {
  find(words: string): Unit | undefined;
  byId(id: string): Unit | undefined;
  /** Puts a new unit there, or another state of one. */
  put(unit: Unit): void;
  all(): Unit[];
}

export function unitBook(units: readonly Unit[]): UnitBook {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const index = new Map<string, string>();
  const learn = (unit: Unit) => {
    for (const name of namesOf(unit).map(plain))
      if (name !== '' && !index.has(name)) index.set(name, unit.id);
  };
  for (const unit of units) learn(unit);
  return {
    find: (words) => byId.get(index.get(plain(words)) ?? ''),
    byId: (id) => byId.get(id),
    put: (unit) => {
      byId.set(unit.id, unit);
      learn(unit);
    },
    all: () => [...byId.values()],
  };
}

export const aliasesMax = 20;
const aliasMax = 100;

/** The unit with one more name that it goes by; as it is when it has that, or no room for another. */
export function withAlias(unit: Unit, words: string): Unit {
  const has = namesOf(unit).some((name) => plain(name) === plain(words));
  return has || unit.aliases.length >= aliasesMax || words.length > aliasMax
    ? unit
    : { ...unit, aliases: [...unit.aliases, words] };
}

/** Units looked through for words that name none, in one file: 20,000 wrong cells would take hours otherwise. */
const looksMax = 2_000_000;

/** Finds the units that cells of a file name: by any name of theirs, else by asking which was meant. */
export function referrer(book: UnitBook, answers: Answers, found: Findings) {
  let looks = 0;
  const like = new Map<string, string[]>();
  const near = (words: string): string[] => {
    const known = like.get(plain(words));
    if (known !== undefined || looks > looksMax) return known ?? [];
    const all = book.all();
    looks += all.length;
    const ids = unitsLike(all, words).flatMap((name) => book.find(name)?.id ?? []);
    const distinct = [...new Set(ids)];
    like.set(plain(words), distinct);
    return distinct;
  };
  return (entry: Entry, field: string): Unit | null => {
    const words = entry.cells[field] ?? '';
    const unit = book.find(words);
    if (unit !== undefined) return unit;
    const candidates = near(words).flatMap((id) => book.byId(id) ?? []);
    if (candidates.length === 0) {
      found.faults.push(entryFault(entry, field, 'roster:unit.unknown', { name: shown(words) }));
      return null;
    }
    const answer = ask(found, answers, {
      id: `unit:${plain(words)}`,
      entry,
      field,
      sentence: { key: 'roster:ask.which', params: { name: shown(words) } },
      options: candidates.map(({ id, name }) => ({ value: id, label: name })),
    });
    const meant = answer === null ? undefined : book.byId(answer);
    // Whoever said so once is not asked again: it is one more name of the unit.
    if (meant !== undefined) book.put(withAlias(meant, words));
    return meant ?? null;
  };
}
