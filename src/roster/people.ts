import { plain } from '../campaign/nearest.ts';
import type { Unit } from '../campaign/unit.ts';
import { readCoordinators } from '../conversation/coordinators.ts';
import { inLanguage } from '../flow/text.ts';
import { type Answers, another, ask, type Findings } from './question.ts';
import { type Entry, entryFault, shown } from './read-table.ts';
import { isSimilarPerson } from './similar.ts';
import type { HeldRole, RosterRole, Standing, StandingPerson } from './standing.ts';

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

const roleWords: Record<RosterRole, string[]> = {
  inspector: ['inspector', '检查人员', '检查员', '督查员', '督查人员'],
  liaison: ['liaison', '联络员', '联系人'],
  coordinator: ['coordinator', '协调单位', '协调员', '协调人'],
  leader: ['leader', 'head', '单位负责人', '主要负责人', '负责人', '一把手'],
};

interface Row {
  entry: Entry;
  title: string;
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
  for (const group of groups) planReachable(group, groups, { standing, known, answers, found, plan });
  const unreached = rows.filter(({ urns }) => urns.length === 0);
  for (const [index, row] of unreached.entries())
    planUnreached(
      row,
      { rows: unreached.slice(0, index), groups },
      { standing, known, answers, found, plan },
    );
  return plan;
}

interface Planning {
  standing: Standing;
  known: ReturnType<typeof knownPeople>;
  answers: Answers;
  found: Findings;
  plan: PeoplePlan;
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
  return { entry, title, held: { role: read, unit: unit?.id ?? null }, urns };
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

/** People of the campaign by role and unit. */
function knownPeople({ people }: Standing) {
  const byRole = new Map<string, StandingPerson[]>();
  for (const person of people)
    for (const held of person.roles) byRole.set(keyOf(held), [...(byRole.get(keyOf(held)) ?? []), person]);
  return {
    holding: (held: HeldRole) => byRole.get(keyOf(held)) ?? [],
    byId: new Map(people.map((person) => [person.contactId, person])),
  };
}

function keyOf({ role, unit }: HeldRole): string {
  return `${role} ${unit ?? ''}`;
}

function titleOf({ title }: StandingPerson): string {
  return title === null ? '' : inLanguage(title, 'zh-CN');
}

function planReachable(group: Row[], groups: readonly Row[][], given: Planning): void {
  const { standing, known, found, plan } = given;
  const [first] = group;
  if (first === undefined || !agrees(group, groups, found)) return;
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
function agrees(group: Row[], groups: readonly Row[][], found: Findings): boolean {
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
  const earlier = groups.slice(0, groups.indexOf(group)).flat();
  const namesake = earlier.find(
    (row) =>
      plain(row.title) === plain(first.title) && group.some(({ held }) => keyOf(held) === keyOf(row.held)),
  );
  if (namesake !== undefined)
    found.faults.push(
      entryFault(first.entry, 'title', 'roster:person.same-name', {
        row: namesake.entry.row,
        name: shown(first.title),
      }),
    );
  return otherName === undefined && namesake === undefined;
}

/** Somebody with another address who may be the same person; null when it is somebody else, or nobody knows yet. */
function alike(row: Row, { known, answers, found }: Planning): string | null {
  const candidates = known.holding(row.held).filter((one) => isSimilarPerson(titleOf(one), row.title));
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
function planUnreached(
  row: Row,
  before: { rows: Row[]; groups: readonly Row[][] },
  { standing, known, answers, found, plan }: Planning,
): void {
  const { held, title, entry } = row;
  const isHeld = (one: HeldRole) => keyOf(one) === keyOf(held);
  const inFile = [...before.rows, ...before.groups.flat()].filter((one) => isHeld(one.held));
  const twin = inFile.find((one) => plain(one.title) === plain(title));
  if (twin !== undefined) {
    found.notes.push(
      entryFault(entry, 'title', 'roster:row.same', { row: twin.entry.row, name: shown(title) }),
    );
    return;
  }
  const people = known.holding(held);
  const codes = standing.codes.filter(isHeld);
  const isIn =
    people.some((one) => plain(titleOf(one)) === plain(title)) ||
    codes.some((one) => one.state !== 'over' && plain(one.title) === plain(title));
  if (isIn) {
    plan.same += 1;
    return;
  }
  const candidates: [string, string][] = [
    ...people.map((one): [string, string] => [one.contactId, titleOf(one)]),
    ...codes
      .filter(({ state }) => state !== 'over')
      .map((one): [string, string] => [`title:${plain(one.title)}`, one.title]),
    ...inFile.map((one): [string, string] => [`title:${plain(one.title)}`, one.title]),
  ].filter(([, name]) => isSimilarPerson(name, title)) as [string, string][];
  const distinct = [...new Map(candidates)];
  const answer = distinct.length === 0 ? another : askWho(row, distinct, answers, found);
  if (answer === another) plan.steps.push({ kind: 'code', title, held });
  else if (answer !== null) plan.same += 1;
}
