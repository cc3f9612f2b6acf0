import type { Mode } from '../campaign/activities/activity.ts';
import type { ReminderRules } from '../campaign/reminder.ts';
import { does } from '../conversation/mode-words.ts';
import type { Line, Param } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { CampaignFacts } from '../store/library.ts';
import { taskEvents } from '../store/task-events.ts';
import { numberIn } from './choose-assignment.ts';
import { type Command, type CommandContext, seesCampaign } from './command.ts';
import { lastNudges } from './nudge.ts';
import { ownAssignments } from './own-assignments.ts';
import { hiddenBySight } from './sight.ts';
import { byWhen, leftOf, todayIn } from './time-left.ts';

/** Tasks told about at once, and reminders of each. */
const tasksMax = 5;
const remindersMax = 5;
/** What coordinators did with a task. */
const changesMax = 10;

/** 为什么: which reminders were sent for a task or not, why, and when the next one comes. */
export const why: Command = {
  name: 'why',
  words: {
    'zh-CN': ['为什么', '为什么？', '为什么提醒', '为什么提醒我'],
    en: ['why', 'why?', 'why this reminder'],
  },
  takes: /#?\d{1,9}号?/,
  bare: false,
  help: 'commands:why.line',
  run: async (context, rest) => {
    const number = numberIn(rest);
    const own = await ownAssignments(context, 'inspector', 'leader');
    const mine = own.filter((one) => number === null || one.number === number).slice(0, tasksMax);
    if (mine.length > 0) return explain(context, mine, await lastNudges(context));
    const one = number === null ? null : await taskOfCampaign(context, number);
    if (one !== null) return explain(context, [one], []);
    const none: Line =
      number !== null
        ? { key: 'commands:tasks.unknown', params: { number } }
        : { key: seesCampaign(context) ? 'commands:why.how' : 'commands:tasks.none' };
    context.replyPrivately({ lines: [none] });
  },
};

interface Asked {
  id: string;
  campaignId: string;
}

/** Any task of the campaign, for its coordinators; a hidden one for those of its activity (JX-4.4). */
async function taskOfCampaign(context: CommandContext, number: number): Promise<Asked | null> {
  const { campaign, transaction } = context;
  if (campaign === null || !seesCampaign(context)) return null;
  const { all } = await hiddenBySight(context, campaign.id, true);
  const activity = { campaignId: campaign.id, OR: [{ hidden: false }, { id: { in: all } }] };
  const where = { number, activity };
  const found = await transaction.assignment.findFirst({ where, select: { id: true } });
  return found === null ? null : { id: found.id, campaignId: campaign.id };
}

async function explain(context: CommandContext, asked: Asked[], nudges: Line[]): Promise<void> {
  const lines: Line[] = [];
  for (const task of asked) lines.push(...(await history(context, task)));
  const rules = new Map<string, Line>();
  for (const { campaignId } of asked)
    rules.set(campaignId, ruleLine((await context.library.campaign(campaignId)).rules));
  context.replyPrivately({ lines: [...lines, ...nudges, ...rules.values()] });
}

async function history(
  { transaction, library, at, run }: CommandContext,
  { id, campaignId }: Asked,
): Promise<Line[]> {
  const facts = await library.campaign(campaignId);
  const { zone } = facts;
  const task = await transaction.assignment.findUniqueOrThrow({
    where: { id },
    select: {
      number: true,
      activity: { select: { mode: true } },
      dueOn: true,
      reportOn: true,
      finishOn: true,
      reportedAt: true,
      remindAt: true,
      assignee: { select: { name: true } },
      target: { select: { name: true } },
      reminders: { orderBy: { at: 'desc' }, take: remindersMax },
    },
  });
  const { number, dueOn, reportOn, finishOn, assignee, target, activity } = task;
  const days = { dueOn, reportOn, finished: finishOn !== null };
  const about = {
    number,
    assignee: assignee.name as Text,
    does: does(activity.mode as Mode, target.name as Text),
    by: byWhen(days),
    left: task.reportedAt === null ? leftOf(days, todayIn(facts, at)) : reported,
  };
  const lines: Line[] = [
    { key: 'commands:why.task', params: about },
    ...(await changeLines({ run, transaction }, id, zone)),
  ];
  for (const reminder of task.reminders.reverse()) lines.push(entryLine(reminder, zone));
  if (task.reportedAt === null && task.reminders.length === 0) lines.push({ key: 'commands:why.none' });
  if (task.reportedAt !== null) lines.push({ key: 'commands:why.reported' });
  else if (task.remindAt !== null)
    lines.push({ key: 'commands:why.next', params: { at: instantOf(task.remindAt, zone) } });
  return lines;
}

/** What coordinators did with it: other days, other units, other people. */
async function changeLines(
  { run, transaction }: Pick<CommandContext, 'run' | 'transaction'>,
  task: string,
  zone: string,
): Promise<Line[]> {
  const events = await taskEvents(run, task);
  const ids = events.flatMap(({ data }) => [data.from, data.to]).filter((one) => typeof one === 'string');
  const uuids = ids.filter((one) => /^[0-9a-f-]{36}$/u.test(one));
  const units = await transaction.unit.findMany({
    where: { id: { in: uuids } },
    select: { id: true, name: true },
  });
  const names = new Map(units.map(({ id, name }) => [id, name as Text]));
  return events.slice(-changesMax).flatMap(({ kind, data, at }): Line[] => {
    const place = (value: unknown): Param => {
      const said = String(value ?? '');
      return names.get(said) ?? (/^\d{4}-/u.test(said) ? { date: said } : '—');
    };
    const params = { at: instantOf(at, zone), from: place(data.from), to: place(data.to) };
    const line: Line = { key: `desk:history.${kind}`, params };
    const { reason } = data;
    return typeof reason === 'string' && reason !== ''
      ? [line, { key: 'ledger:reason', params: { reason } }]
      : [line];
  });
}

function entryLine(
  reminder: { step: string; decision: string; people: number; at: Date },
  zone: string,
): Line {
  const { step, decision, people, at } = reminder;
  return {
    key: 'commands:why.entry',
    params: { at: instantOf(at, zone), step: stepInWords(step), decision: decisionInWords(decision, people) },
  };
}

const reported: Param = { key: 'commands:task.reported' };

/** `before-3`, `before-0`, `overdue-2026-07-16` (see campaign/reminder.ts); behind `report-` those of a report with its own day. */
function stepInWords(step: string): Param {
  const [kind = '', ...rest] = step.split('-');
  if (kind === 'report')
    return { key: 'commands:why.step.report', params: { step: stepInWords(rest.join('-')) } };
  if (kind === 'overdue') return { key: 'commands:why.step.overdue' };
  const days = Number(rest.join('-'));
  return days === 0
    ? { key: 'commands:why.step.today' }
    : { key: 'commands:why.step.before', params: { days } };
}

function decisionInWords(decision: string, people: number): Param {
  if (decision === 'sent') return { key: 'commands:why.sent', params: { people } };
  if (decision === 'paused') return { key: 'desk:why.paused' };
  return decision === 'nobody' ? { key: 'commands:why.nobody' } : { key: 'commands:why.skipped' };
}

/** When reminders go out at all: the campaign's own rule, in one sentence. */
function ruleLine({ at, before, overdue, quiet }: ReminderRules): Line {
  const steps = [...before].sort((one, other) => other - one).map((days) => stepInWords(`before-${days}`));
  const late: Param = { key: `commands:why.overdue.${overdue}` };
  return {
    key: 'commands:why.rule',
    params: { at, steps: { list: [...steps, late] }, from: quiet.from, to: quiet.to },
  };
}

function instantOf(at: Date, zone: CampaignFacts['zone']): Param {
  return { instant: at.toISOString(), zone };
}
