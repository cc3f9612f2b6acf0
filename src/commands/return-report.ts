import type { Mode } from '../campaign/activities/activity.ts';
import { nextReminder } from '../campaign/reminder.ts';
import { mayKnowTask } from '../campaign/visibility.ts';
import { awakeRow } from '../conversation/awake-row.ts';
import { does } from '../conversation/mode-words.ts';
import { readNumeral } from '../flow/reading/numeral.ts';
import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { inspectorsOf } from '../store/reach.ts';
import { assignmentEvent } from './assignment-event.ts';
import type { Command, CommandContext } from './command.ts';
import { viewerOf } from './sight.ts';

/** Longest reason kept, in characters (code points). */
const reasonMax = 500;

/** The number of the task, and the reason as it was typed. */
const behindNumber = /^[#＃]?\s*([0-9０-９]{1,9})\s*号?(?:任务)?[\s:：,，、;；]*([\s\S]*)$/u;

/** 退回上报: a coordinator gives a report back with a reason; the task is open again, and its reminders go on. */
export const returnReport: Command = {
  name: 'return-report',
  words: { 'zh-CN': ['退回上报', '退回报告'], en: ['return report'] },
  takes: 'numbered',
  bare: false,
  help: 'commands:return.line',
  run: async (context, rest) => {
    const [, digits = '', reason = ''] = behindNumber.exec(rest.trim()) ?? [];
    const number = readNumeral(digits);
    if (number === undefined || reason.trim() === '') return context.reply({ key: 'commands:return.how' });
    const task = await taskOf(context, number);
    if (task === null) return context.reply({ key: 'commands:return.unknown', params: { number } });
    if (task.reportedAt === null)
      return context.reply({ key: 'commands:return.not-reported', params: { number } });
    await giveBack(context, task, [...reason.trim()].slice(0, reasonMax).join(''));
  },
};

/** A published task of a campaign that this person coordinates. */
async function taskOf(context: CommandContext, number: number) {
  const { transaction, roles } = context;
  const own = roles.filter(({ role }) => role === 'coordinator').map(({ campaignId }) => campaignId);
  const some = own.flatMap((id) => (id === null ? [] : [id]));
  const found = await transaction.assignment.findFirst({
    where: {
      number,
      activity: {
        campaign: { status: 'published' },
        ...(own.includes(null) ? {} : { campaignId: { in: some } }),
      },
    },
    include: { activity: { include: { campaign: true } }, target: true, assignee: true },
  });
  // Of a hidden inspection nobody but its own coordinator learns that there is one (JX-4.4).
  if (found === null || !mayKnowTask(found.activity, found.assigneeUnitId, viewerOf(context))) return null;
  return found;
}

type Task = NonNullable<Awaited<ReturnType<typeof taskOf>>>;

async function giveBack(context: CommandContext, task: Task, reason: string): Promise<void> {
  const { transaction, library, run, at, writes } = context;
  const facts = await library.campaign(task.activity.campaignId);
  const publishedAt = task.activity.campaign.publishedAt?.toISOString() ?? at;
  const next = nextReminder({ dueOn: task.dueOn, publishedAt }, facts.rules, facts.calendar, at);
  // Another coordinator may have been a moment faster: what is given back is the report that was read.
  const { count } = await transaction.assignment.updateMany({
    where: { id: task.id, reportedAt: task.reportedAt },
    data: {
      reportedAt: null,
      reportedBy: null,
      openReason: null,
      returnedAt: new Date(at),
      remindAt: new Date(next.at),
    },
  });
  if (count === 0) return context.reply({ key: 'commands:return.already', params: { number: task.number } });
  const people = (await inspectorsOf(run, [task.assigneeUnitId])).get(task.assigneeUnitId) ?? [];
  const secret = task.activity.hidden ? task.activityId : null;
  const { id, number } = task;
  const about = { id, number, campaignId: task.activity.campaignId, secret };
  writes.audit.push(assignmentEvent(context, about, 'returned'));
  const params = { number, does: does(task.activity.mode as Mode, task.target.name as Text), reason };
  const lines: Line[] = [{ key: 'commands:return.told', params }, { key: 'commands:return.told.how' }];
  for (const person of people)
    writes.outbox.push({
      ...awakeRow(person, { lines }, facts, at),
      key: `return:${task.id}:${person.contactId}:${at}`,
      ...(secret === null ? {} : { secret }),
    });
  context.reply({
    key: people.length === 0 ? 'commands:return.done.nobody' : 'commands:return.done',
    params: { ...params, assignee: task.assignee.name as Text, people: people.length },
  });
}
