import { addDays } from '../campaign/day.ts';
import { dateOf } from '../campaign/instant.ts';
import { nextReminder } from '../campaign/reminder.ts';
import { does } from '../conversation/mode-words.ts';
import type { Line } from '../flow/say.ts';
import type { CampaignFacts } from '../store/library.ts';
import { inspectorsOf } from '../store/reach.ts';
import { moveTaskDay } from '../store/task-days.ts';
import type { Command, CommandContext } from './command.ts';
import { dayAndWords } from './day-and-words.ts';
import { keepUndo, tellOfDeed, untilTold } from './deeds.ts';
import { extendTaskForm } from './forms/extend-task.ts';
import { numberAndWords } from './ledger-finding.ts';
import { overtakenTask } from './overtaken.ts';
import { type MeantTask, taskMeant } from './task-meant.ts';

/** Characters of a reason that are kept. */
const reasonMax = 500;

/** 任务延期 12 7月20日 台风停运: a coordinator gives a task a later day, with its reminders; those who carry it out are told. */
export const extendTask: Command = {
  name: 'extend-task',
  words: { 'zh-CN': ['任务延期', '延长期限'], en: ['extend task'] },
  takes: 'numbered',
  bare: false,
  ofCampaign: true,
  help: 'desk:extend.line',
  form: async () => ({ form: extendTaskForm }),
  run: extendOne,
};

/** Also what 延期 means to somebody who coordinates and answers for no unit. */
export async function extendOne(context: CommandContext, rest: string): Promise<void> {
  const read = numberAndWords(rest.replace(/^(?:任务|task)\s*/iu, ''));
  if (read === null) return context.replyPrivately({ lines: [{ key: 'desk:extend.how' }] });
  const task = await taskMeant(context, read.number);
  if (task === null) return;
  const facts = await context.library.campaign(task.campaignId);
  const today = dateOf(context.at, facts.zone);
  const earliest = addDays(task.dueOn, 1) > today ? addDays(task.dueOn, 1) : today;
  const said = dayAndWords(read.words, { at: context.at, zone: facts.zone }, { earliest });
  const { number, dueOn } = task;
  if (said.day === null || said.day < earliest)
    return context.replyPrivately({
      lines: [
        { key: 'desk:extend.no-day', params: { number, due: { date: dueOn }, first: { date: earliest } } },
      ],
    });
  await extend(context, facts, task, said.day, [...said.words].slice(0, reasonMax).join(''));
}

async function extend(
  context: CommandContext,
  facts: CampaignFacts,
  task: MeantTask,
  until: string,
  reason: string,
): Promise<void> {
  const { run, at, turn, writes } = context;
  const { id, number, dueOn, mode, target, unitId, campaignId, secret } = task;
  const days = laterDays(task, until);
  const before = await overtakenTask(context, task, 'extended');
  const next = nextReminder({ dueOn: until, publishedAt: at }, facts.rules, facts.calendar, at);
  await moveTaskDay(
    run,
    { id, ...days, remindAt: next.at, given: task.givenDue ?? dueOn },
    { kind: 'extended', from: dueOn, to: until, reason, at, by: turn.contact.id },
  );
  await keepUndo(context, 'extend-task', {
    kind: 'extend',
    campaignId,
    task: { id, ...daysOf(task) },
    now: days,
    wasMoved: task.givenDue !== null,
  });
  const data = { number, from: dueOn, to: until };
  const event = { at, by: turn.contact.id, kind: 'assignment.extended' as const, campaignId };
  writes.audit.push({
    ...event,
    about: `assignment:${id}`,
    data,
    ...(secret === null ? {} : { secret }),
  });
  const params = { number, does: does(mode, target), from: { date: dueOn }, until: { date: until } };
  const people = (await inspectorsOf(run, [unitId])).get(unitId) ?? [];
  const told: Line[] = [{ key: 'desk:extend.told', params }];
  if (reason !== '') told.push({ key: 'ledger:reason', params: { reason } });
  tellOfDeed(context, facts, people, { lines: told }, { secret });
  const done: Line = { key: 'desk:extend.done', params: { ...params, assignee: task.unit } };
  if (before !== null)
    tellOfDeed(context, facts, before.other, { lines: before.told(done) }, { part: 'overtaken', secret });
  context.replyPrivately({
    lines: [done, ...(before === null ? [] : [before.line]), untilTold(context, facts, people.length)],
  });
}

/** The days of the work and of the report, as versions of a campaign move them (store/versions.ts). */
export function daysOf({ dueOn, reportOn, finishOn }: Pick<MeantTask, 'dueOn' | 'reportOn' | 'finishOn'>) {
  return finishOn === null ? { dueOn, reportOn } : { dueOn: finishOn, reportOn: dueOn };
}

/** Once the work is done it is the report that gets more time; a report is never due before the work. */
function laterDays(task: MeantTask, until: string): { dueOn: string; reportOn: string | null } {
  const { dueOn, reportOn } = daysOf(task);
  if (task.finishOn !== null) return { dueOn, reportOn: until };
  return { dueOn: until, reportOn: reportOn === null || reportOn >= until ? reportOn : until };
}
