import { plain } from '../campaign/nearest.ts';
import { Id, namesOf, type Unit } from '../campaign/unit.ts';
import { inLanguage, type Text } from '../flow/text.ts';
import { type Answers, another, ask, type Findings } from './question.ts';
import { type Entry, entryFault, shown } from './read-table.ts';
import { isSimilar } from './similar.ts';
import { aliasesMax, referrer, type UnitBook, unitBook, withAlias } from './unit-book.ts';

/** Comparisons of new names with known ones in one file. */
const comparisonsMax = 2_000_000;

/**
 * Puts areas, units, halls and windows of a roster into a campaign's units. A row is about the unit of its id, else the
 * one that goes by its name; what is like a name of another is asked about. Cells left empty leave things as they are, and
 * nothing is ever taken away. Windows of the same name in several halls get the hall's name before their own.
 * @returns the units as they will be, and the ids of those that rows are about
 */
export function planUnits(
  before: readonly Unit[],
  entries: readonly Entry[],
  answers: Answers,
  found: Findings,
): { book: UnitBook; about: Set<string> } {
  const book = unitBook(before);
  const rows = entries.filter(({ kind }) => kind === 'areas' || kind === 'units' || kind === 'windows');
  const meant = new Map<string, { unit: Unit; entry: Entry }>();
  const targets = targetsOf(rows, book, answers, found);
  for (const { entry, unit, isNew } of targets) {
    const other = meant.get(unit.id);
    if (other !== undefined) {
      compare(entry, other.entry, found);
      book.put(withAlias(book.byId(unit.id) ?? unit, entry.cells.name ?? ''));
    } else {
      meant.set(unit.id, { unit, entry });
      if (isNew) book.put(unit);
    }
  }
  const refer = referrer(book, answers, found);
  const told = new Set(targets.map(({ entry }) => entry));
  for (const entry of rows) if (!told.has(entry)) checkCells(entry, refer, found);
  for (const { unit, entry } of meant.values()) {
    const parent = entry.cells.parent === undefined ? undefined : refer(entry, 'parent');
    const now = filled(book.byId(unit.id) ?? unit, entry, found);
    book.put(parent == null ? now : { ...now, parent: parent.id });
  }
  checkNames(book, meant, found);
  checkLoops(book, meant, found);
  return { book, about: new Set(meant.keys()) };
}

interface Target {
  entry: Entry;
  unit: Unit;
  isNew: boolean;
}

function targetsOf(rows: readonly Entry[], book: UnitBook, answers: Answers, found: Findings): Target[] {
  const exact = new Map(rows.map((entry) => [entry, exactly(entry, book, found)]));
  const taken = new Set([...exact.values()].flatMap((unit) => (typeof unit === 'object' ? [unit.id] : [])));
  const free = book.all().filter(({ id }) => !taken.has(id));
  const fresh = freshUnits(
    rows.filter((entry) => exact.get(entry) === 'new'),
    book,
  );
  let comparisons = 0;
  const alike = (entry: Entry, made: Unit): Unit[] => {
    if (comparisons > comparisonsMax || entry.cells.id !== undefined) return [];
    comparisons += free.length + fresh.names.size;
    const name = entry.cells.name ?? '';
    const earlier = made.kind === 'window' ? [] : fresh.before(entry);
    return [...free, ...earlier].filter(
      (unit) =>
        unit.id !== made.id &&
        (unit.kind === 'window') === (made.kind === 'window') &&
        (made.kind !== 'window' || unit.parent === book.find(entry.cells.parent ?? '')?.id) &&
        namesOf(unit).some((one) => one !== unit.id && isSimilar(one, name)),
    );
  };
  return rows.flatMap((entry): Target[] => {
    const unit = exact.get(entry);
    if (unit === 'wrong' || unit === undefined) return [];
    if (unit !== 'new') return [{ entry, unit, isNew: false }];
    const made = fresh.unitOf(entry);
    if (made === undefined) return [];
    const candidates = alike(entry, made).slice(0, 3);
    if (candidates.length === 0) return [{ entry, unit: made, isNew: true }];
    const name = shown(entry.cells.name ?? '');
    const answer = ask(found, answers, {
      id: `new:${plain(entry.cells.name ?? '')}`,
      entry,
      field: 'name',
      sentence: { key: 'roster:ask.unit', params: { name } },
      options: [
        ...candidates.map((one) => ({ value: one.id, label: one.name })),
        { value: another, label: { key: 'roster:ask.another' } as const },
      ],
    });
    if (answer === null || answer === another) return [{ entry, unit: made, isNew: true }];
    const same = book.byId(answer) ?? candidates.find(({ id }) => id === answer);
    if (same === undefined) return [];
    const known = withAlias(same, entry.cells.name ?? '');
    if (book.byId(answer) !== undefined) book.put(known);
    return [{ entry, unit: known, isNew: book.byId(answer) === undefined }];
  });
}

/** The unit that a row is about, `new` when there is none yet, `wrong` when that can't be said. */
function exactly(entry: Entry, book: UnitBook, found: Findings): Unit | 'new' | 'wrong' {
  const { id, name = '', parent } = entry.cells;
  const named = book.find(name);
  if (id !== undefined) {
    const code = id.toLowerCase();
    if (!Id.safeParse(code).success)
      return fail(entryFault(entry, 'id', 'roster:unit.bad-id', { id: shown(id) }));
    const known = book.byId(code);
    if (known !== undefined) return known;
    if (named === undefined || name === '') return 'new';
    return fail(entryFault(entry, 'id', 'roster:unit.other-id', { name: shown(name), id: named.id }));
  }
  if (name === '') return 'wrong';
  const above = parent === undefined ? undefined : book.find(parent);
  if (!isWindow(entry) || parent === undefined) return named ?? 'new';
  const full = above === undefined ? undefined : book.find(inLanguage(above.name, 'zh-CN') + name);
  if (full !== undefined) return full;
  return named !== undefined && (named.parent === undefined || named.parent === above?.id) ? named : 'new';

  function fail(fault: Findings['faults'][number]): 'wrong' {
    found.faults.push(fault);
    return 'wrong';
  }
}

function isWindow({ kind, cells }: Entry): boolean {
  return kind === 'windows' || kindOf(cells.kind) === 'window';
}

/** Units to be made for rows that are about none: an id for each name, counted on from those there are. */
function freshUnits(rows: readonly Entry[], book: UnitBook) {
  const halls = new Map<string, Set<string>>();
  for (const { cells } of rows) {
    const key = plain(cells.name ?? '');
    halls.set(key, (halls.get(key) ?? new Set()).add(plain(cells.parent ?? '')));
  }
  const next = counter(book);
  const names = new Map<string, Unit>();
  const own = new Map<Entry, Unit>();
  for (const entry of rows) {
    const { name = '', parent, id } = entry.cells;
    const isShared = (halls.get(plain(name))?.size ?? 0) > 1 || book.find(name) !== undefined;
    const needsHall = isWindow(entry) && parent !== undefined && isShared;
    const above = parent === undefined ? undefined : book.find(parent);
    const words = needsHall ? (above === undefined ? parent : inLanguage(above.name, 'zh-CN')) + name : name;
    const kind = kindOf(entry.cells.kind) ?? ownKinds[entry.kind] ?? 'organisation';
    const known = names.get(plain(words));
    const unit: Unit = known ?? { id: id?.toLowerCase() ?? next(kind), name: words, kind, aliases: [] };
    if (known === undefined) names.set(plain(words), unit);
    own.set(entry, unit);
  }
  return {
    names,
    unitOf: (entry: Entry) => own.get(entry),
    before: (entry: Entry) => {
      const all = [...names.values()];
      return all.slice(0, all.indexOf(own.get(entry) as Unit));
    },
  };
}

function counter(book: UnitBook): (kind: Unit['kind']) => string {
  const last = new Map<string, number>();
  const words = { organisation: 'unit', area: 'area', hall: 'hall', window: 'window' } as const;
  for (const { id } of book.all()) {
    const [, word = '', number = '0'] = /^(unit|area|hall|window)-(\d{1,9})$/.exec(id) ?? [];
    last.set(word, Math.max(last.get(word) ?? 0, Number(number)));
  }
  return (kind) => {
    const number = (last.get(words[kind]) ?? 0) + 1;
    last.set(words[kind], number);
    return `${words[kind]}-${number}`;
  };
}

/** Sheets of one kind only. */
const ownKinds: Partial<Record<string, Unit['kind']>> = { areas: 'area', windows: 'window' };

const kinds: Record<string, Unit['kind']> = {
  ...{
    机构: 'organisation',
    单位: 'organisation',
    部门: 'organisation',
    organisation: 'organisation',
    organization: 'organisation',
    unit: 'organisation',
  },
  ...{ 地区: 'area', 区域: 'area', area: 'area' },
  ...{ 大厅: 'hall', 服务大厅: 'hall', hall: 'hall' },
  ...{ 窗口: 'window', window: 'window' },
};

function kindOf(cell: string | undefined): Unit['kind'] | undefined {
  return cell === undefined ? undefined : kinds[plain(cell)];
}

/** A second row about the same unit, by this name or another: what it says must not be something else. */
function compare(entry: Entry, other: Entry, found: Findings): void {
  const fields = ['id', 'kind', 'parent', 'weight', 'name-en'];
  const differs = fields.find((field) => {
    const [one, two] = [entry.cells[field], other.cells[field]];
    return one !== undefined && two !== undefined && plain(one) !== plain(two);
  });
  const params = { row: other.row, name: shown(entry.cells.name ?? '') };
  if (differs === undefined) found.notes.push(entryFault(entry, 'name', 'roster:row.same', params));
  else found.faults.push(entryFault(entry, differs, 'roster:row.double', params));
}

/** The unit with what a row says of it. */
function filled(unit: Unit, entry: Entry, found: Findings): Unit {
  const { kind, weight, aliases } = entry.cells;
  let now = named(unit, entry);
  const fault = (
    field: string,
    ...[key, params]: [Parameters<typeof entryFault>[2], Parameters<typeof entryFault>[3]?]
  ) => found.faults.push(entryFault(entry, field, key, params));
  if (kind !== undefined) {
    const read = kindOf(kind);
    if (read === undefined) fault('kind', 'roster:unit.bad-kind', { kind: shown(kind) });
    else now = { ...now, kind: read };
  }
  const own = ownKinds[entry.kind];
  if (own !== undefined && now.kind !== own)
    fault('name', 'roster:unit.other-kind', { name: now.name, kind: { key: `roster:kind.${now.kind}` } });
  if (weight !== undefined) {
    const tickets = Number(weight);
    if (Number.isInteger(tickets) && tickets >= 1 && tickets <= 10_000) now = { ...now, weight: tickets };
    else fault('weight', 'roster:unit.bad-weight', { weight: shown(weight) });
  }
  const list = (aliases ?? '')
    .split(/[;；、|\n]/u)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  for (const alias of list) {
    if (alias.length > 100) fault('aliases', 'roster:cell.long', { max: 100 });
    else if (withAlias(now, alias) === now && now.aliases.length >= aliasesMax && !has(now, alias))
      fault('aliases', 'roster:unit.aliases', { max: aliasesMax });
    else now = withAlias(now, alias);
  }
  return now;
}

/** What else is wrong in a row that can't be said to be about a unit: all its faults are told at once. */
function checkCells(entry: Entry, refer: ReturnType<typeof referrer>, found: Findings): void {
  const kind = ownKinds[entry.kind] ?? 'organisation';
  const { name = '', id: _, ...cells } = entry.cells;
  filled({ id: '', name, kind, aliases: [] }, { ...entry, cells }, found);
  if (cells.parent !== undefined) refer(entry, 'parent');
}

function has(unit: Unit, words: string): boolean {
  return namesOf(unit).some((name) => plain(name) === plain(words));
}

/** Known by its id under another name: that is its name from now on, and the old one still finds it. */
function named(unit: Unit, { cells }: Entry): Unit {
  const { name = '', id, 'name-en': english } = cells;
  const isRenamed = id !== undefined && name !== '' && !has(unit, name);
  const was = inLanguage(unit.name, 'zh-CN');
  const chinese = isRenamed ? name : was;
  const text: Text =
    english !== undefined
      ? { 'zh-CN': chinese, en: english }
      : typeof unit.name === 'string'
        ? chinese
        : { ...unit.name, 'zh-CN': chinese };
  return isRenamed ? withAlias({ ...unit, name: text }, was) : { ...unit, name: text };
}

type Meant = ReadonlyMap<string, { entry: Entry }>;

/** A name by which two units would go. */
function checkNames(book: UnitBook, meant: Meant, found: Findings): void {
  const owners = new Map<string, Unit>();
  for (const unit of book.all())
    for (const name of namesOf(unit)) {
      const owner = owners.get(plain(name));
      if (owner === undefined) owners.set(plain(name), unit);
      else if (owner.id !== unit.id) {
        const { entry } = meant.get(unit.id) ?? meant.get(owner.id) ?? {};
        if (entry === undefined) continue;
        const field = entry.cells.aliases?.includes(name) === true ? 'aliases' : 'name';
        const other = meant.get(unit.id) === undefined ? unit : owner;
        found.faults.push(
          entryFault(entry, field, 'roster:unit.shared-name', {
            name: shown(name),
            unit: other.name,
            id: other.id,
          }),
        );
      }
    }
}

function checkLoops(book: UnitBook, meant: Meant, found: Findings): void {
  for (const [id, { entry }] of meant) {
    const seen = new Set<string>();
    let above = book.byId(id)?.parent;
    while (above !== undefined && above !== id && !seen.has(above)) {
      seen.add(above);
      above = book.byId(above)?.parent;
    }
    if (above === id)
      found.faults.push(
        entryFault(entry, 'parent', 'roster:unit.loop', { name: shown(entry.cells.name ?? id) }),
      );
  }
}
