import type { Unit } from '../campaign/unit.ts';
import type { Line, Param } from '../flow/say.ts';
import { inLanguage, type Text } from '../flow/text.ts';
import type { PersonStep } from '../roster/people.ts';
import type { RosterPlan } from '../roster/plan.ts';
import type { Question } from '../roster/question.ts';
import type { HeldRole } from '../roster/standing.ts';
import { columnLetters, type RosterFault } from '../roster/table.ts';
import type { RosterPreview } from './import-roster.ts';

/** How many of each are told. */
const faultsMax = 20;
const notesMax = 10;
const namesMax = 8;
const changesMax = 10;

/** What a roster would do, in lines: faults alone where there are any, for nothing can be done before they are corrected. */
export function previewLines(
  { plan, title, widened }: RosterPreview,
  file: string,
  passedOver: readonly RosterFault[],
): Line[] {
  const head: Line = { key: 'roster:preview.head', params: { title, file } };
  if (plan.faults.length > 0) return [head, ...faultLines(plan.faults), ...noteLines(passedOver)];
  const changes = plan.isEmpty ? [] : [...unitLines(plan), ...matterLines(plan), ...peopleLines(plan)];
  const first: Line[] = changes.length > 0 ? [{ key: 'roster:preview.changes' }] : [];
  const none: Line[] = plan.isEmpty && plan.questions.length === 0 ? [{ key: 'roster:preview.none' }] : [];
  return [
    head,
    ...first,
    ...changes,
    ...none,
    ...sameLines(plan),
    ...noteLines([...plan.notes, ...passedOver]),
    ...(widened.length === 0 ? [] : [{ key: 'roster:preview.widened' } as const]),
    ...widened.map(({ sentence: { key, params } }): Line => ({ key, params })),
  ];
}

/** Faults with their places, for somebody who has the file open. */
export function faultLines(faults: readonly RosterFault[]): Line[] {
  const rest = faults.length - faultsMax;
  return [
    { key: 'roster:preview.faults', params: { count: faults.length } },
    ...faults.slice(0, faultsMax).map(placed),
    ...(rest > 0 ? [{ key: 'roster:preview.more', params: { count: rest } } as const] : []),
  ];
}

function noteLines(notes: readonly RosterFault[]): Line[] {
  if (notes.length === 0) return [];
  const rest = notes.length - notesMax;
  return [
    { key: 'roster:preview.notes' },
    ...notes.slice(0, notesMax).map(placed),
    ...(rest > 0 ? [{ key: 'roster:preview.more', params: { count: rest } } as const] : []),
  ];
}

/** `“人员”表第5行C列：…` */
export function placed({ sheet, row, column, sentence }: RosterFault): Line {
  const { key, params } = sentence;
  const what: Param = { key, params };
  if (row === null)
    return sheet === null ? { key, params } : { key: 'roster:place.sheet', params: { sheet, what } };
  const cell = column === null ? null : columnLetters(column);
  if (sheet === null)
    return cell === null
      ? { key: 'roster:place.row', params: { row, what } }
      : { key: 'roster:place.cell', params: { row, column: cell, what } };
  return cell === null
    ? { key: 'roster:place.table.row', params: { sheet, row, what } }
    : { key: 'roster:place.table', params: { sheet, row, column: cell, what } };
}

/** A question with its place. */
export function questionLine({ place }: Question): Line {
  return placed(place);
}

function list(names: readonly Param[]): Param {
  return { list: names.length > namesMax ? [...names.slice(0, namesMax), '…'] : [...names] };
}

function unitLines({ units: { added, changed }, campaign }: RosterPlan): Line[] {
  const names = new Map(campaign.units.map(({ id, name }) => [id, name]));
  const more = changed.length - changesMax;
  return [
    ...counted(
      'roster:preview.units.added',
      added.map(({ name }) => name),
    ),
    ...(changed.length === 0
      ? []
      : [{ key: 'roster:preview.units.changed', params: { count: changed.length } } as const]),
    ...changed.slice(0, changesMax).map(
      ({ before, after }): Line => ({
        key: 'roster:preview.unit.changed',
        params: { name: before.name, changes: { list: fieldsChanged(before, after, names) } },
      }),
    ),
    ...(more > 0 ? [{ key: 'roster:preview.more', params: { count: more } } as const] : []),
  ];
}

function counted(
  key: Extract<Line, { key: unknown }>['key'] & `roster:preview.${string}`,
  names: readonly Param[],
): Line[] {
  return names.length === 0 ? [] : [{ key, params: { count: names.length, names: list(names) } }];
}

function fieldsChanged(before: Unit, after: Unit, names: ReadonlyMap<string, Text>): Param[] {
  const none: Param = { key: 'roster:field.none' };
  const unit = (id: string | undefined): Param => (id === undefined ? none : (names.get(id) ?? id));
  const aliases = after.aliases.filter((alias) => !before.aliases.includes(alias));
  const isRenamed = JSON.stringify(before.name) !== JSON.stringify(after.name);
  return [
    ...(isRenamed
      ? [{ key: 'roster:field.name', params: { from: both(before.name), to: both(after.name) } } as const]
      : []),
    ...(before.kind === after.kind
      ? []
      : [
          {
            key: 'roster:field.kind',
            params: { from: { key: `roster:kind.${before.kind}` }, to: { key: `roster:kind.${after.kind}` } },
          } as const,
        ]),
    ...(before.parent === after.parent
      ? []
      : [
          {
            key: 'roster:field.parent',
            params: { from: unit(before.parent), to: unit(after.parent) },
          } as const,
        ]),
    ...(before.weight === after.weight
      ? []
      : [
          {
            key: 'roster:field.weight',
            params: { from: before.weight ?? none, to: after.weight ?? none },
          } as const,
        ]),
    ...(aliases.length === 0
      ? []
      : [{ key: 'roster:field.aliases', params: { names: { list: aliases } } } as const]),
  ];
}

/** Both languages, where they are given: one of them may be what changes. */
function both(name: Text): string {
  return typeof name === 'string' ? name : `${inLanguage(name, 'zh-CN')} / ${inLanguage(name, 'en')}`;
}

function matterLines({ matters: { added, changed } }: RosterPlan): Line[] {
  return [
    ...counted(
      'roster:preview.matters.added',
      added.map(({ name }) => name),
    ),
    ...counted(
      'roster:preview.matters.changed',
      changed.map(({ name }) => name),
    ),
  ];
}

function peopleLines({ people: { steps }, campaign }: RosterPlan): Line[] {
  const names = new Map(campaign.units.map(({ id, name }) => [id, name]));
  const told = (wanted: 'new' | 'known' | 'code') =>
    steps.flatMap((step) => (sortOf(step) === wanted ? [personParam(step, names)] : []));
  return [
    ...counted('roster:preview.people.added', told('new')),
    ...counted('roster:preview.people.changed', told('known')),
    ...counted('roster:preview.people.codes', told('code')),
  ];
}

function sortOf(step: PersonStep): 'new' | 'known' | 'code' {
  if (step.kind === 'code') return 'code';
  return step.contactId === null ? 'new' : 'known';
}

function personParam(step: PersonStep, names: ReadonlyMap<string, Text>): Param {
  const held = step.kind === 'code' ? [step.held] : step.roles;
  const roles: Param[] = held.map((one) => roleParam(one, names));
  if (step.kind === 'person' && step.contactId !== null) {
    if (step.urns.length > 0) roles.push({ key: 'roster:preview.person.address' });
    if (step.retitled) roles.push({ key: 'roster:preview.person.title' });
  }
  return { key: 'roster:preview.person', params: { title: step.title, roles: { list: roles } } };
}

/** `南湖区检查员` */
export function roleParam({ role, unit }: HeldRole, names: ReadonlyMap<string, Text>): Param {
  const word: Param = { key: `commands:role.${role}` };
  return unit === null
    ? word
    : { key: 'roster:preview.person.role', params: { unit: names.get(unit) ?? unit, role: word } };
}

function sameLines({ units, matters, people }: RosterPlan): Line[] {
  const counts = [
    ['roster:preview.units.same', units.same],
    ['roster:preview.matters.same', matters.same],
    ['roster:preview.people.same', people.same],
    [
      'roster:preview.units.left',
      units.left === 0 || units.added.length + units.changed.length + units.same === 0 ? 0 : units.left,
    ],
  ] as const;
  return counts.flatMap(([key, count]): Line[] => (count === 0 ? [] : [{ key, params: { count } }]));
}
