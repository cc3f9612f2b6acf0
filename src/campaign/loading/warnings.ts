import type { Text } from '../../flow/text.ts';
import { assignmentsOf } from '../activities/activity.ts';
import { type Calendar, isProvisional, isWorkday, makeCalendar } from '../calendar.ts';
import { addDays } from '../day.ts';
import type { Campaign } from '../definition.ts';
import { checkMatrix } from '../matrix.ts';
import { vagueWordsIn } from '../rectification/lint.ts';
import { conflictsOf } from '../routing.ts';
import { type Path, type Problem, problem } from './problem.ts';

/** What a coordinator should look at before publishing; nothing here stops the loading. */
export function warningsOf(campaign: Campaign): Problem[] {
  const calendar = makeCalendar(campaign.calendar);
  return [
    ...(campaign.notice.date > campaign.start
      ? [problem(['notice', 'date'], 'warning.start-before-notice', { start: { date: campaign.start } })]
      : []),
    ...campaign.activities.flatMap((activity, index) => [
      ...deadlineWarnings(activity.dueOn, campaign.start, calendar, ['activities', index, 'deadline']),
      ...mutualWarning(campaign, index),
      ...matterWarnings(campaign, activity, ['activities', index, 'matters']),
      ...undrawnWarning(activity, ['activities', index, 'participants']),
      ...(activity.reportOn === undefined
        ? []
        : deadlineWarnings(activity.reportOn, campaign.start, calendar, ['activities', index, 'reportBy'])),
    ]),
    ...conflictWarnings(campaign),
    ...surveyWarnings(campaign),
    ...campaign.flows.flatMap((flow, index) => [
      ...vagueWarnings(flow, ['flows', index, 'questions']),
      ...(isUsed(campaign, flow.id) ? [] : [problem(['flows', index, 'id'], 'warning.flow-unused')]),
    ]),
  ];
}

/** Longer than the campaigns of any notice: `06-20` with a start in July is a day of next year, which may not be meant. */
const farDays = 240;

/** A fixed day on a rest day is told, never moved: no rule moves the date of an administrative notice (DOMAIN 2.7). */
function deadlineWarnings(dueOn: string, start: string, calendar: Calendar, path: Path): Problem[] {
  const date = { date: dueOn };
  return [
    ...(isWorkday(calendar, dueOn) ? [] : [problem(path, 'warning.deadline-rest-day', { date })]),
    ...(isProvisional(calendar, dueOn)
      ? [problem(path, 'warning.provisional', { date, year: dueOn.slice(0, 4) })]
      : []),
    ...(dueOn > addDays(start, farDays)
      ? [problem(path, 'warning.deadline-far', { date, start: { date: start } })]
      : []),
  ];
}

/** JX-3.5: a published matrix with mutual pairs is taken, with a warning. */
function mutualWarning({ activities, units }: Campaign, index: number): Problem[] {
  const activity = activities[index];
  if (activity?.mode !== 'cross') return [];
  const { mutual, cycles } = checkMatrix(activity.pairs, activity.participants);
  if (mutual.length === 0) return [];
  const name = namesIn(units);
  const pairs = mutual.map(([a, b]) => ({
    key: 'campaign:warning.mutual-pair' as const,
    params: { a: name(a), b: name(b) },
  }));
  const params = { pairs: { list: pairs }, cycles: (cycles ?? []).join('+') };
  return [{ ...problem(['activities', index, 'pairs'], 'warning.mutual-pairs', params), atKey: true }];
}

/** A matter is walked through by its own unit: of one that takes no part nobody would ever hear (MDJ-1.1, MDJ-1.3). */
function matterWarnings(
  { units }: Campaign,
  activity: Campaign['activities'][number],
  path: Path,
): Problem[] {
  if (activity.mode !== 'walkthrough') return [];
  const name = namesIn(units);
  const taking = new Set(activity.participants);
  return activity.matters.flatMap(({ unit, name: matter }, index) =>
    taking.has(unit)
      ? []
      : [problem([...path, index, 'unit'], 'warning.matter-apart', { unit: name(unit), matter })],
  );
}

/** Nothing can be published before it is settled who inspects whom. */
function undrawnWarning(activity: Campaign['activities'][number], path: Path): Problem[] {
  return activity.mode === 'cross' && activity.pairs.length === 0
    ? [{ ...problem(path, 'warning.undrawn'), atKey: true }]
    : [];
}

/** JX-5.1: a unit that inspects in one activity and coordinates another may judge what it has a part in. */
function conflictWarnings({ activities, units }: Campaign): Problem[] {
  const name = namesIn(units);
  const title = (id: string) => activities.find((one) => one.id === id)?.title ?? id;
  const routed = activities.map((one) => ({
    ...one,
    assignees: assignmentsOf(one).map(({ assigneeUnit }) => assigneeUnit),
  }));
  return conflictsOf(routed).map(({ unit, inspectsIn, coordinates }) => {
    const params = {
      unit: name(unit),
      inspects: { list: inspectsIn.map(title) },
      coordinates: { list: coordinates.map(title) },
    };
    return { ...problem(['activities'], 'warning.conflict', params), atKey: true };
  });
}

function namesIn(units: Campaign['units']): (id: string) => Text {
  const names = new Map(units.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

/** PIPL art. 13, 14 and 17: citizens are told why. */
function surveyWarnings({ survey, flows }: Campaign): Problem[] {
  const index = flows.findIndex((flow) => flow.id === survey);
  const flow = flows[index];
  if (!flow) return [];
  const path: Path = ['flows', index];
  return flow.intro === undefined ? [problem([...path, 'intro'], 'warning.survey-no-consent')] : [];
}

/** Two people would judge an item with vague words differently. */
function vagueWarnings(flow: Campaign['flows'][number], path: Path): Problem[] {
  return flow.questions.flatMap((question, index) => {
    if (!('expect' in question) || !question.expect) return [];
    const label = typeof question.label === 'string' ? question.label : question.label['zh-CN'];
    const words = vagueWordsIn(label);
    return words.length > 0
      ? [problem([...path, index, 'label'], 'warning.vague', { words: { list: words } })]
      : [];
  });
}

function isUsed({ activities, survey }: Campaign, flow: string): boolean {
  return survey === flow || activities.some(({ checklist, report }) => checklist === flow || report === flow);
}
