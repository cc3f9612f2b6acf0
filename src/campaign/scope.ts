import type { Param, Params } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { assignmentsOf } from './activities/activity.ts';
import { canonical } from './canonical.ts';
import type { Campaign } from './definition.ts';
import type { FilesSentence } from './refusal.ts';
import { type QuestionChange, questionChanges } from './scope-questions.ts';

export type Activity = Campaign['activities'][number];

/** One difference between two loadings of a campaign, as a sentence. */
export interface ScopeChange {
  kind: 'narrowed' | 'widened' | 'neutral';
  /** The activity that it is about; null for the campaign as a whole. */
  activity: string | null;
  /** Whether that is secret, before or after: then only those in it may be told. */
  isSecret: boolean;
  sentence: { key: `files:${FilesSentence}`; params: Params };
}

/**
 * How the scope of a published campaign would change (政府督查工作条例 art. 15: a plan names content, object and scope; no
 * widening of the scope, no change of object or content).
 *
 * Widened is whatever asks more of anybody or looks at more: a new activity, unit, target, question or matter; another
 * inspection of the same target; an earlier day; more visits; another mode, content or secrecy. Narrowed is the opposite.
 * Neutral is who does it for the same target, where reports go, names, wordings, times of reminding, hours and holidays.
 * What cannot be told to be less counts as more.
 */
export function scopeChanges(before: Campaign, after: Campaign): ScopeChange[] {
  return [
    ...startChanges(before, after),
    ...unitChanges(before, after),
    ...activityChanges(before, after),
    ...surveyChanges(before, after),
    ...(otherOf(before) === otherOf(after) ? [] : [whole('neutral', 'scope.other')]),
  ];
}

/** Names in one sentence. */
const namesMax = 5;

function startChanges(before: Campaign, after: Campaign): ScopeChange[] {
  if (before.start === after.start) return [];
  const params = { from: { date: before.start }, to: { date: after.start } };
  return after.start < before.start
    ? [whole('widened', 'scope.start.earlier', params)]
    : [whole('narrowed', 'scope.start.later', params)];
}

function unitChanges(before: Campaign, after: Campaign): ScopeChange[] {
  const [old, now] = [byId(before.units), byId(after.units)];
  const added = after.units.filter(({ id }) => !old.has(id));
  const removed = before.units.filter(({ id }) => !now.has(id));
  const renamed = after.units.filter((unit) => old.has(unit.id) && !isSame(old.get(unit.id), unit));
  return [
    ...(added.length > 0
      ? [whole('widened', 'scope.units.added', named(added.map(({ name }) => name)))]
      : []),
    ...(removed.length > 0
      ? [whole('narrowed', 'scope.units.removed', named(removed.map(({ name }) => name)))]
      : []),
    ...(renamed.length > 0
      ? [whole('neutral', 'scope.units.changed', named(renamed.map(({ name }) => name)))]
      : []),
  ];
}

function activityChanges(before: Campaign, after: Campaign): ScopeChange[] {
  const [old, now] = [byId(before.activities), byId(after.activities)];
  return [
    ...before.activities.flatMap((one) =>
      now.has(one.id) ? [] : [of(one, one)('narrowed', 'scope.activity.removed')],
    ),
    ...after.activities.flatMap((one) => {
      const known = old.get(one.id);
      if (known === undefined) return [of(one, one)('widened', 'scope.activity.added')];
      return changesWithin(known, one, before, after);
    }),
  ];
}

type Tell = (kind: ScopeChange['kind'], sentence: FilesSentence, params?: Params) => ScopeChange;

function changesWithin(old: Activity, now: Activity, before: Campaign, after: Campaign): ScopeChange[] {
  const tell = of(old, now);
  return [
    ...(old.mode === now.mode ? [] : [tell('widened', 'scope.mode')]),
    ...(old.secret === now.secret ? [] : [tell('widened', 'scope.secrecy')]),
    ...dayChanges(old.dueOn, now.dueOn, 'deadline', tell),
    ...dayChanges(old.reportOn ?? old.dueOn, now.reportOn ?? now.dueOn, 'report', tell).filter(
      () => old.reportOn !== undefined || now.reportOn !== undefined,
    ),
    ...visitChanges(old.visits, now.visits, tell),
    ...targetChanges(old, now, after, before, tell),
    ...contentChanges(old, now, tell),
    ...flowChanges(flowIn(before, old.checklist), flowIn(after, now.checklist), tell),
    ...flowChanges(flowIn(before, old.report), flowIn(after, now.report), tell),
  ];
}

function dayChanges(from: string, to: string, what: 'deadline' | 'report', tell: Tell): ScopeChange[] {
  if (from === to) return [];
  const params = { from: { date: from }, to: { date: to } };
  return to < from
    ? [tell('widened', `scope.${what}.earlier`, params)]
    : [tell('narrowed', `scope.${what}.later`, params)];
}

function visitChanges(old: Activity['visits'], now: Activity['visits'], tell: Tell): ScopeChange[] {
  if (isSame(old, now)) return [];
  const params = { oldMin: old.min, oldMax: old.max, min: now.min, max: now.max };
  const isLess = now.min <= old.min && now.max <= old.max;
  return [tell(isLess ? 'narrowed' : 'widened', 'scope.visits', params)];
}

/** How often each target is inspected, and by whom. */
function targetChanges(
  old: Activity,
  now: Activity,
  after: Campaign,
  before: Campaign,
  tell: Tell,
): ScopeChange[] {
  const [was, is] = [inspectorsByTarget(old), inspectorsByTarget(now)];
  const names = new Map([...before.units, ...after.units].map(({ id, name }): [string, Text] => [id, name]));
  const told = (kind: ScopeChange['kind'], sentence: FilesSentence, targets: string[]) =>
    targets.length === 0 ? [] : [tell(kind, sentence, named(targets.map((id) => names.get(id) ?? id)))];
  const all = [...new Set([...was.keys(), ...is.keys()])];
  const counts = (id: string): [number, number] => [was.get(id)?.size ?? 0, is.get(id)?.size ?? 0];
  const where = (holds: (from: number, to: number) => boolean) => all.filter((id) => holds(...counts(id)));
  return [
    ...told(
      'widened',
      'scope.targets.added',
      where((from) => from === 0),
    ),
    ...told(
      'narrowed',
      'scope.targets.removed',
      where((_, to) => to === 0),
    ),
    ...told(
      'widened',
      'scope.targets.more',
      where((from, to) => from > 0 && to > from),
    ),
    ...told(
      'narrowed',
      'scope.targets.fewer',
      where((from, to) => to > 0 && to < from),
    ),
    ...told(
      'neutral',
      'scope.assignees',
      where((from, to) => from === to).filter((id) =>
        [...(is.get(id) ?? [])].some((by) => !was.get(id)?.has(by)),
      ),
    ),
  ];
}

function inspectorsByTarget(activity: Activity): Map<string, Set<string>> {
  const targets = new Map<string, Set<string>>();
  for (const { assigneeUnit, targetUnit } of assignmentsOf(activity)) {
    const by = targets.get(targetUnit) ?? new Set();
    targets.set(targetUnit, by);
    by.add(assigneeUnit);
  }
  return targets;
}

/** Fields that are told apart above, or change nothing of the scope. */
const compared = [
  'id',
  'mode',
  'secret',
  'dueOn',
  'reportOn',
  'visits',
  'checklist',
  'report',
  'participants',
  'pairs',
];
const reporting = ['title', 'contact', 'coordinator', 'routes'];

/** What a mode has of its own: fewer entries of a list are less, everything else is more. */
function contentChanges(old: Activity, now: Activity, tell: Tell): ScopeChange[] {
  const [was, is]: Record<string, unknown>[] = [{ ...old }, { ...now }];
  if (!was || !is) return [];
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (name) => !compared.includes(name) && !isSame(was[name], is[name]),
  );
  const own = changed.filter((name) => !reporting.includes(name));
  const [less, more] = [
    own.filter((name) => isLess(was[name], is[name])),
    own.filter((name) => !isLess(was[name], is[name])),
  ];
  return [
    ...(more.length > 0 ? [tell('widened', 'scope.content', { fields: { list: more } })] : []),
    ...(less.length > 0 ? [tell('narrowed', 'scope.content.less', { fields: { list: less } })] : []),
    ...(changed.length > own.length ? [tell('neutral', 'scope.reporting')] : []),
  ];
}

function isLess(was: unknown, is: unknown): boolean {
  if (!Array.isArray(was) || !Array.isArray(is)) return false;
  const known = new Set(was.map((one) => canonical(one)));
  return is.every((one) => known.has(canonical(one)));
}

type Flow = Campaign['flows'][number];

function flowIn({ flows }: Campaign, id: string | undefined): Flow | undefined {
  return flows.find((flow) => flow.id === id);
}

function flowChanges(old: Flow | undefined, now: Flow | undefined, tell: Tell): ScopeChange[] {
  return questionChanges(old, now).map(({ kind, sentence, labels }: QuestionChange) =>
    tell(kind, sentence, named(labels)),
  );
}

/** What citizens are asked. */
function surveyChanges(before: Campaign, after: Campaign): ScopeChange[] {
  const tell: Tell = (kind, sentence, params = {}) =>
    whole(kind, sentence, { activity: { key: 'files:scope.survey' }, ...params });
  return flowChanges(flowIn(before, before.survey), flowIn(after, after.survey), tell);
}

/** Names, hours, holidays, people and rooms: no part of the scope. */
function otherOf({
  start: _,
  units: __,
  activities: ___,
  flows: ____,
  survey: _____,
  ...other
}: Campaign): string {
  return canonical(other);
}

function whole(kind: ScopeChange['kind'], sentence: FilesSentence, params: Params = {}): ScopeChange {
  return { kind, activity: null, isSecret: false, sentence: { key: `files:${sentence}`, params } };
}

function of(old: Activity, now: Activity): Tell {
  return (kind, sentence, params = {}) => ({
    kind,
    activity: now.id,
    isSecret: old.secret || now.secret,
    sentence: { key: `files:${sentence}`, params: { activity: now.title, ...params } },
  });
}

function named(names: Text[]): Params {
  const list: Param[] = names.slice(0, namesMax);
  return { names: { list: names.length > namesMax ? [...list, '…'] : list }, count: names.length };
}

function byId<One extends { id: string }>(list: readonly One[]): Map<string, One> {
  return new Map(list.map((one) => [one.id, one]));
}

function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}
