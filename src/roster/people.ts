import { plain } from '../campaign/nearest.ts';
import type { Unit } from '../campaign/unit.ts';
import { readCoordinators } from '../conversation/coordinators.ts';
import { inLanguage } from '../flow/text.ts';
import { type Answers, another, ask, type Findings } from './question.ts';
import { type Entry, entryFault, shown } from './read-table.ts';
import { isSimilarPerson } from './similar.ts';
import type { HeldRole, RosterRole, Standing, StandingCode, StandingPerson } from './standing.ts';

/** What is to be done for one person. `contactId` null: they are not known yet. */
export type PersonStep =
  | {
      kind: 'person';
      contactId: string | null;
      title: string;
      urns: string[];
      roles: HeldRole[];
      retitled: boolean;
    }
  /** Nobody knows how to reach them: a code to be passed on. */
  | { kind: 'code'; title: string; held: HeldRole };

export interface PeoplePlan {
  steps: PersonStep[];
  /** Rows that say what is so already. */
  same: number;
}

const titleMax = 60;
/** Comparisons of titles that may be spellings of one, in one file: some seconds' work on a slow machine. */
const comparisonsMax = 1_000_000;

const roleWords: Record<RosterRole, string[]> = {
  inspector: ['inspector', '检查人员', '检查员', '督查员', '督查人员'],
  liaison: ['liaison', '联络员', '联系人'],
  coordinator: ['coordinator', '协调单位', '协调员', '协调人'],
  leader: ['leader', 'head', '单位负责人', '主要负责人', '负责人', '一把手'],
};

interface Row {
  entry: Entry;
  title: string;
  /** The title as it is compared. */
  name: string;
  held: HeldRole;
  urns: string[];
}

/**
 * Who of a roster is to be made known, given a role or another address, or a code to come in by. A person is who has the
 * address; without one, who is called so in this role at this unit. What looks like one person under two names is asked about.
 */
export function planPeople(
  standing: Standing,
  entries: readonly Entry[],
  refer: (entry: Entry, field: string) => Unit | null,
  answers: Answers,
  found: Findings,
): PeoplePlan {
  const rows = entries.flatMap((entry) =>
    entry.kind === 'people' ? (rowOf(entry, refer, found) ?? []) : [],
  );
  const plan: PeoplePlan = { steps: [], same: 0 };
  const groups = groupsOf(rows.filter(({ urns }) => urns.length > 0));
  const known = knownPeople(standing);
  const planning: Planning = { standing, known, answers, found, plan, comparisons: 0 };
  const earlier: Earlier = { rows: new Map(), called: new Map() };
  for (const group of groups) {
    planReachable(group, earlier, planning);
    for (const row of group) keep(earlier, row);
  }
  for (const row of rows.filter(({ urns }) => urns.length === 0)) {
    planUnreached(row, earlier, planning);
    keep(earlier, row);
  }
  return plan;
}

/** By role and unit: files of thousands are compared while a service runs for others. */
type ByRole<Of> = Map<string, Of[]>;

function put<Of>(all: ByRole<Of>, held: HeldRole, one: Of): void {
  const same = all.get(keyOf(held));
  if (same === undefined) all.set(keyOf(held), [one]);
  else same.push(one);
}

/** The rows that were planned already; `called`: the first of each name, by {@link calledKey}. */
interface Earlier {
  rows: ByRole<Row>;
  called: Map<string, Row>;
}

function keep({ rows, called }: Earlier, row: Row): void {
  const key = calledKey(row.held, row.name);
  put(rows, row.held, row);
  if (!called.has(key)) called.set(key, row);
}

interface Planning {
  standing: Standing;
  known: ReturnType<typeof knownPeople>;
  answers: Answers;
  found: Findings;
  plan: PeoplePlan;
  comparisons: number;
}

function rowOf(
  entry: Entry,
  refer: (entry: Entry, field: string) => Unit | null,
  found: Findings,
): Row | null {
  const { title, role, unit: words, addresses = '' } = entry.cells;
  if (title === undefined || role === undefined) return null;
  const before = found.faults.length;
  const fault = (field: string, key: Parameters<typeof entryFault>[2], params = {}) =>
    found.faults.push(entryFault(entry, field, key, params));
  if (title.length > titleMax) fault('title', 'roster:cell.long', { max: titleMax });
  const read = roleCalled(role);
  if (read === null) fault('role', 'roster:person.bad-role', { name: shown(role) });
  if (words === undefined && read !== null && read !== 'coordinator')
    fault('unit', 'roster:person.needs-unit', { role: { key: `commands:role.${read}` } });
  const unit = words === undefined ? null : refer(entry, 'unit');
  const { urns, wrong } = readCoordinators(addresses);
  for (const address of wrong) fault('addresses', 'roster:person.bad-address', { address: shown(address) });
  if (found.faults.length > before || read === null || (words !== undefined && unit === null)) return null;
  return { entry, title, name: plain(title), held: { role: read, unit: unit?.id ?? null }, urns };
}

function roleCalled(word: string): RosterRole | null {
  const roles = Object.keys(roleWords) as RosterRole[];
  return roles.find((role) => roleWords[role].includes(plain(word))) ?? null;
}

/** Rows of one person, who are those that share an address. */
function groupsOf(rows: readonly Row[]): Row[][] {
  const byUrn = new Map<string, Row[]>();
  for (const row of rows) {
    const shared = new Set(row.urns.flatMap((urn) => byUrn.get(urn) ?? []));
    const group = [...shared, row];
    for (const one of group) for (const urn of one.urns) byUrn.set(urn, group);
  }
  return [...new Set(byUrn.values())];
}

/** People of the campaign, and codes that were used or still can be, by role and unit. */
function knownPeople({ people, codes }: Standing) {
  const holders: ByRole<StandingPerson> = new Map();
  const coded: ByRole<StandingCode> = new Map();
  for (const person of people) for (const held of person.roles) put(holders, held, person);
  for (const code of codes) if (code.state !== 'over') put(coded, code, code);
  const called = new Set([
    ...[...holders].flatMap(([role, all]) => all.map((one) => `${role} ${plain(titleOf(one))}`)),
    ...[...coded].flatMap(([role, all]) => all.map(({ title }) => `${role} ${plain(title)}`)),
  ]);
  return {
    holding: (held: HeldRole) => holders.get(keyOf(held)) ?? [],
    coded: (held: HeldRole) => coded.get(keyOf(held)) ?? [],
    has: (held: HeldRole, name: string) => called.has(calledKey(held, name)),
    byId: new Map(people.map((person) => [person.contactId, person])),
  };
}

function keyOf({ role, unit }: HeldRole): string {
  return `${role} ${unit ?? ''}`;
}

function calledKey(held: HeldRole, name: string): string {
  return `${keyOf(held)} ${name}`;
}

function titleOf({ title }: StandingPerson): string {
  return title === null ? '' : inLanguage(title, 'zh-CN');
}

function planReachable(group: Row[], earlier: Earlier, given: Planning): void {
  const { standing, known, found, plan } = given;
  const [first] = group;
  if (first === undefined || !agrees(group, earlier, found)) return;
  const urns = [...new Set(group.flatMap((row) => row.urns))];
  const owners = new Set(urns.flatMap((urn) => standing.owners.get(urn) ?? []));
  if (owners.size > 1) {
    found.faults.push(entryFault(first.entry, 'addresses', 'roster:person.two-people'));
    return;
  }
  const [owner] = owners;
  const contactId = owner ?? alike(first, given);
  const before = contactId === null ? undefined : known.byId.get(contactId);
  const had = new Set((before?.roles ?? []).map(keyOf));
  const roles = group
    .map(({ held }) => held)
    .filter(
      (held, index, all) =>
        !had.has(keyOf(held)) && all.findIndex((one) => keyOf(one) === keyOf(held)) === index,
    );
  const isOwn = (urn: string) => standing.owners.get(urn) === contactId;
  const fresh = contactId === null ? urns : urns.filter((urn) => !isOwn(urn));
  // Known under another name already: that was asked about, and the name stays.
  const retitled =
    before !== undefined && owner !== undefined && !isSimilarPerson(titleOf(before), first.title);
  if (before !== undefined && roles.length + fresh.length === 0 && !retitled) plan.same += group.length;
  else
    plan.steps.push({
      kind: 'person',
      contactId,
      title: first.title,
      urns: fresh,
      roles,
      retitled: retitled || before === undefined,
    });
}

/** Whether rows with one address are called the same, and nobody else of that name has another. */
function agrees(group: Row[], earlier: Earlier, found: Findings): boolean {
  const [first] = group;
  if (first === undefined) return false;
  const otherName = group.find(({ title }) => !isSimilarPerson(title, first.title));
  if (otherName !== undefined)
    found.faults.push(
      entryFault(otherName.entry, 'title', 'roster:person.two-names', {
        row: first.entry.row,
        name: shown(first.title),
      }),
    );
  const [namesake] = group.flatMap(({ held }) => earlier.called.get(calledKey(held, first.name)) ?? []);
  if (namesake !== undefined)
    found.faults.push(
      entryFault(first.entry, 'title', 'roster:person.same-name', {
        row: namesake.entry.row,
        name: shown(first.title),
      }),
    );
  return otherName === undefined && namesake === undefined;
}

function byTitle({ title }: { title: string }): [string, string] {
  return [`title:${plain(title)}`, title];
}

function similarHolders({ held, title }: Row, planning: Planning): StandingPerson[] {
  return within(planning, planning.known.holding(held)).filter((one) => isSimilarPerson(titleOf(one), title));
}

/** What can still be compared; nothing once that was too much for one file: then only who is called the same is the same. */
function within<Of>(planning: Planning, all: readonly Of[]): readonly Of[] {
  planning.comparisons += all.length;
  return planning.comparisons > comparisonsMax ? [] : all;
}

/** Somebody with another address who may be the same person; null when it is somebody else, or nobody knows yet. */
function alike(row: Row, planning: Planning): string | null {
  const { answers, found } = planning;
  const candidates = similarHolders(row, planning);
  const answer =
    candidates.length === 0
      ? null
      : askWho(
          row,
          candidates.map((one) => [one.contactId, titleOf(one)]),
          answers,
          found,
        );
  return answer === another ? null : answer;
}

function askWho(row: Row, candidates: [string, string][], answers: Answers, found: Findings): string | null {
  const { entry, title, held, urns } = row;
  return ask(found, answers, {
    id: `person:${keyOf(held)}:${plain(title)}:${[...urns].sort().join(' ')}`,
    entry,
    field: 'title',
    sentence: { key: 'roster:ask.person', params: { name: shown(title) } },
    options: [
      ...candidates.slice(0, 5).map(([value, label]) => ({ value, label })),
      { value: another, label: { key: 'roster:ask.another-person' } as const },
    ],
  });
}

/** Somebody without an address has a code already, is in the campaign already, stands in another row, or gets a code. */
function planUnreached(row: Row, earlier: Earlier, planning: Planning): void {
  const { known, answers, found, plan } = planning;
  const { held, title, name, entry } = row;
  const twin = earlier.called.get(calledKey(held, name));
  if (twin !== undefined) {
    found.notes.push(
      entryFault(entry, 'title', 'roster:row.same', { row: twin.entry.row, name: shown(title) }),
    );
    return;
  }
  if (known.has(held, name)) {
    plan.same += 1;
    return;
  }
  const isSimilar = (one: { title: string }) => isSimilarPerson(one.title, title);
  const candidates: [string, string][] = [
    ...similarHolders(row, planning).map((one): [string, string] => [one.contactId, titleOf(one)]),
    ...within(planning, known.coded(held)).filter(isSimilar).map(byTitle),
    ...within(planning, earlier.rows.get(keyOf(held)) ?? [])
      .filter(isSimilar)
      .map(byTitle),
  ];
  const distinct = [...new Map(candidates)];
  const answer = distinct.length === 0 ? another : askWho(row, distinct, answers, found);
  if (answer === another) plan.steps.push({ kind: 'code', title, held });
  else if (answer !== null) plan.same += 1;
}
