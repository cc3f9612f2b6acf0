import type { Mode } from '../campaign/activities/activity.ts';
import { addWorkdays } from '../campaign/calendar.ts';
import { addDays } from '../campaign/day.ts';
import { dateOf, outOfQuiet, quietOf } from '../campaign/instant.ts';
import { channelOf } from '../channels/address.ts';
import { type DueDays, lateWith } from '../conversation/due-line.ts';
import { does } from '../conversation/mode-words.ts';
import { nextStep } from '../conversation/next-step.ts';
import type { Line, Param, Say } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { inspectorsOf, type Reachable } from '../store/reach.ts';
import { type OutboxRow, priority, type Run } from '../store/writes.ts';
import type { CampaignInQuestion, CommandContext } from './command.ts';
import { visitsOf } from './own-assignments.ts';
import { byWhen, leftOf, type Today, todayIn } from './time-left.ts';

/** Tasks that one reminder by hand looks at. */
const tasksMax = 2000;
/** Workdays before the due day from which a task counts as due soon, where the campaign sets no reminders of its own. */
const soonWorkdays = 3;
/** How far back a person is told of reminders by hand. */
const nudgedDays = 7;

interface DueTask extends DueDays {
  id: string;
  number: number;
  /** Days of service, as handed in. */
  days: string[];
  mode: Mode;
  unitId: string;
  unit: Text;
  target: Text;
}

/** Whom a reminder by hand would reach if it were sent now. */
export interface Nudge {
  campaign: CampaignInQuestion;
  /** ISO instant at which the messages go out: now, or the end of the quiet hours. */
  dueAt: string;
  quiet: boolean;
  overdue: number;
  /** Of those overdue, where it is the work and not its report, which has a later day (MDJ-3.5). */
  works: number;
  soon: number;
  /** Units with such tasks, by name. */
  units: Text[];
  /** Those of them that nobody is bound to. */
  unmanned: Text[];
  people: { person: Reachable; tasks: DueTask[] }[];
  /** People left out, because they were reminded by hand that day already. */
  told: number;
}

/** Whom a reminder by hand is for; null for everybody who is late or nearly so. Units are ids. */
export type Only =
  | { kind: 'overdue' }
  | { kind: 'task'; number: number }
  | { kind: 'units'; units: string[] };

/**
 * Finds who has a task that is overdue or due soon and no report in; of a task or units that were named, whatever the day. Secret
 * activities are nobody's topic here.
 */
export async function planNudge(
  context: CommandContext,
  campaign: CampaignInQuestion,
  only: Only | null = null,
): Promise<Nudge> {
  const { library, at, run } = context;
  const facts = await library.campaign(campaign.id);
  const { today, calendar } = todayIn(facts, at);
  const soonest = Math.max(0, ...(facts.rules.before.length === 0 ? [soonWorkdays] : facts.rules.before));
  const until = addWorkdays(calendar, today, soonest);
  const tasks = await dueTasks(context, campaign.id, whereOnly(only, { today, until }));
  const dueAt = outOfQuiet(at, facts.rules.quiet, facts.zone);
  const units = new Map(tasks.map(({ unitId, unit }) => [unitId, unit]));
  const inspectors = await inspectorsOf(run, [...units.keys()]);
  const people = byPerson(tasks, inspectors);
  const told = await toldAlready(context, campaign.id, dateOf(dueAt, facts.zone), [...people.keys()]);
  return {
    campaign,
    dueAt,
    quiet: dueAt !== at,
    overdue: tasks.filter(({ dueOn }) => dueOn < today).length,
    works: tasks.filter((task) => task.dueOn < today && lateWith(task, today) === 'finish').length,
    soon: tasks.filter(({ dueOn }) => dueOn >= today).length,
    units: [...units.values()],
    unmanned: [...units].flatMap(([id, name]) => (inspectors.has(id) ? [] : [name])),
    people: [...people].flatMap(([id, one]) => (told.has(id) ? [] : [one])),
    told: told.size,
  };
}

function whereOnly(only: Only | null, { today, until }: { today: string; until: string }) {
  switch (only?.kind) {
    case undefined:
      return { dueOn: { lte: until } };
    case 'overdue':
      return { dueOn: { lt: today } };
    case 'task':
      return { number: only.number };
    case 'units':
      return { assigneeUnitId: { in: only.units } };
  }
}

async function dueTasks(
  { transaction }: CommandContext,
  campaignId: string,
  where: ReturnType<typeof whereOnly>,
): Promise<DueTask[]> {
  const rows = await transaction.assignment.findMany({
    where: { ...where, reportedAt: null, activity: { campaignId, hidden: false } },
    select: {
      id: true,
      number: true,
      dueOn: true,
      reportOn: true,
      finishOn: true,
      days: true,
      activity: { select: { mode: true } },
      assignee: { select: { id: true, name: true } },
      target: { select: { name: true } },
    },
    orderBy: [{ dueOn: 'asc' }, { number: 'asc' }],
    take: tasksMax,
  });
  return rows.map(({ finishOn, activity, assignee, target, ...row }) => ({
    ...row,
    finished: finishOn !== null,
    mode: activity.mode as Mode,
    unitId: assignee.id,
    unit: assignee.name as Text,
    target: target.name as Text,
  }));
}

function byPerson(
  tasks: DueTask[],
  inspectors: Map<string, Reachable[]>,
): Map<string, Nudge['people'][number]> {
  const people = new Map<string, Nudge['people'][number]>();
  for (const task of tasks)
    for (const person of inspectors.get(task.unitId) ?? []) {
      const known = people.get(person.contactId) ?? { person, tasks: [] };
      known.tasks.push(task);
      people.set(person.contactId, known);
    }
  return people;
}

/** Who has a reminder by hand on that day already, sent or waiting. */
async function toldAlready(
  { transaction }: CommandContext,
  campaignId: string,
  day: string,
  people: string[],
): Promise<Set<string>> {
  const keys = new Map(people.map((id) => [keyOf(campaignId, id, day), id]));
  const rows = await transaction.outbox.findMany({
    where: { key: { in: [...keys.keys()] } },
    select: { key: true },
  });
  return new Set(rows.flatMap(({ key }) => keys.get(key ?? '') ?? []));
}

/** One a day for a person: the key lets the database refuse a second one. */
function keyOf(campaignId: string, contactId: string, day: string): string {
  return `nudge:${campaignId}:${contactId}:${day}`;
}

/** One private message a person, with all their tasks. */
export async function nudgeRows(context: CommandContext, nudge: Nudge): Promise<OutboxRow[]> {
  const { library, at } = context;
  const { campaign, dueAt } = nudge;
  const facts = await library.campaign(campaign.id);
  const day = todayIn(facts, dueAt);
  const quiet = quietOf(dueAt, facts.rules.quiet, facts.zone);
  const next = await nextSteps(context, nudge, day);
  return nudge.people.map(({ person: { contactId, address }, tasks }) => ({
    key: keyOf(campaign.id, contactId, day.today),
    channel: channelOf(address),
    address,
    contactId,
    priority: priority.deadline,
    say: nudgeSay(campaign.title, tasks, day, (task) => next(contactId, task)),
    at,
    dueAt,
    ...quiet,
  }));
}

/** Takes back the reminders by hand that have not gone out. @returns how many people get none therefore */
export async function withdrawNudges(run: Run, campaignId: string): Promise<number> {
  const rows = await run(
    `DELETE FROM outbox WHERE status = 'waiting' AND channel IN ('slack', 'wechat', 'console')
       AND key LIKE 'nudge:' || $1 || ':%' RETURNING 1`,
    [campaignId],
  );
  return rows.length;
}

/** What each person does next with a task of theirs. */
async function nextSteps(
  { run, transaction }: CommandContext,
  { people }: Nudge,
  { today }: Today,
): Promise<(contactId: string, task: DueTask) => Param> {
  const ids = [...new Set(people.flatMap(({ tasks }) => tasks.map(({ id }) => id)))];
  const visits = await visitsOf(run, ids);
  const open = await transaction.session.findMany({
    where: { assignmentId: { in: ids }, endedAt: null },
    select: { assignmentId: true, contactId: true },
  });
  const begun = new Set(open.map(({ assignmentId, contactId }) => `${assignmentId} ${contactId}`));
  return (contactId, { id, mode, days }) => {
    const counted = visits.get(id);
    if (counted === undefined) return '';
    const planned = days.some((day) => day >= today);
    return nextStep({ mode, ...counted, planned, begun: begun.has(`${id} ${contactId}`) });
  };
}

function nudgeSay(title: Text, tasks: DueTask[], day: Today, next: (task: DueTask) => Param): Say {
  const lines = tasks.map((task): Line => {
    const { number, mode, target } = task;
    const params = { number, does: does(mode, target), by: byWhen(task), left: leftOf(task, day) };
    return { key: 'commands:remind.task', params: { ...params, next: next(task) } };
  });
  return {
    lines: [{ key: 'commands:remind.message', params: { title } }, ...lines, { key: 'commands:remind.next' }],
  };
}

/** The reminders by hand that this person got in the last days. */
export async function lastNudges({ transaction, campaign, turn, at }: CommandContext): Promise<Line[]> {
  if (campaign === null) return [];
  const today = dateOf(at, campaign.zone);
  const days = Array.from({ length: nudgedDays }, (_, ago) => addDays(today, -ago));
  const rows = await transaction.outbox.findMany({
    where: { key: { in: days.map((day) => keyOf(campaign.id, turn.contact.id, day)) }, dueAt: { lte: at } },
    select: { dueAt: true },
    orderBy: { dueAt: 'asc' },
  });
  return rows.map(({ dueAt }) => ({
    key: 'commands:why.nudged',
    params: { at: { instant: dueAt.toISOString(), zone: campaign.zone } },
  }));
}
