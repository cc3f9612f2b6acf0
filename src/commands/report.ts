import { confirmationOf } from '../conversation/asked.ts';
import { awakeRow } from '../conversation/awake-row.ts';
import { begin } from '../conversation/begin.ts';
import { counted, counters, does, inAll, nextWords } from '../conversation/mode-words.ts';
import { type ReportReceivers, reportReceivers } from '../conversation/report-receivers.ts';
import type { Line } from '../flow/say.ts';
import type { OutboxRow } from '../store/writes.ts';
import type { Command, CommandContext } from './command.ts';
import { assignmentEvent, chooseAssignment, numberIn, type OwnAssignment } from './own-assignments.ts';
import { isOverheard, placeFor, whisper } from './private.ts';
import { assembleReport, type Report } from './report-content.ts';

const confirmed = /确认|confirm/i;

/**
 * 上报: the inspector hands in what was found; it goes to those whom the campaign file names, and the task is done. What the
 * report needs beside the visits is asked for first. What will be handed in is shown, and goes out on 确认上报.
 */
export const report: Command = {
  name: 'report',
  words: { 'zh-CN': ['上报', '确认上报', '提交报告', '报送'], en: ['report', 'hand in'] },
  takes: /(?:确认|confirm)?\s*#?\d{0,9}号?\s*(?:确认|confirm)?/,
  allowed: ['inspector', 'leader'],
  bare: true,
  help: 'commands:report.line',
  run: async (context, given) => {
    const { rest, isConfirmed } = await meant(context, given);
    const task = await chooseAssignment(context, {
      command: 'report',
      rest,
      fits: (one) => one.reportedAt === null,
      none: 'commands:report.already',
      which: 'commands:report.which',
    });
    if (task === null) return;
    if (task.reportedAt !== null) return context.reply({ key: 'commands:report.already' });
    if ((await ownUnfinished(context, task)) > 0) return context.reply({ key: 'commands:report.unfinished' });
    const { mode, visitsDone: visits, visitsMin: min } = task;
    if (visits < min) {
      const params = {
        done: counted(mode, visits),
        min,
        left: min - visits,
        ...counters(mode),
        ...nextWords(mode),
      };
      return context.reply({ key: 'conversation:visits.more', params });
    }
    if (await askForParts(context, task)) return;
    const ready = await assembleReport(context, task);
    // What was shown before something changed, or before it was given back, is not what would go out now.
    const shown = /\bshown-(\w+)/.exec(rest)?.[1];
    if (!isConfirmed) return show(context, task, ready);
    if (shown !== undefined && shown !== ready.stamp)
      return show(context, task, ready, { key: 'commands:report.changed' });
    await handIn(context, task, ready);
  },
};

/**
 * What was said, with the task and the stamp of what was shown where `确认上报` names none: it confirms what this person was
 * shown last. Where that is handed in already, it is no confirmation of anything else.
 */
async function meant(
  context: CommandContext,
  given: string,
): Promise<{ rest: string; isConfirmed: boolean }> {
  const { run, turn, at, transaction } = context;
  const isConfirmed = confirmed.test(given) || /^\s*确认上报/.test(turn.body.text);
  if (!isConfirmed || turn.body.press !== undefined || numberIn(given) !== null)
    return { rest: given, isConfirmed };
  const [rest] = (await confirmationOf(run, turn, at, 'report'))?.options ?? [];
  if (rest === undefined) return { rest: given, isConfirmed };
  const where = { number: numberIn(rest) ?? 0, reportedAt: null };
  return (await transaction.assignment.count({ where })) > 0
    ? { rest, isConfirmed }
    : { rest: given, isConfirmed: false };
}

/** Checklists of this task that this person has begun, here or elsewhere. */
function ownUnfinished({ transaction, turn }: CommandContext, { id }: OwnAssignment): Promise<number> {
  return transaction.session.count({
    where: { assignmentId: id, contactId: turn.contact.id, endedAt: null },
  });
}

/** Begins what the report needs beside the visits, unless somebody of the unit has given it. @returns whether it was begun */
async function askForParts(context: CommandContext, task: OwnAssignment): Promise<boolean> {
  const { transaction, library, turn, at, writes } = context;
  const { reportFlow, id: assignmentId } = task;
  if (reportFlow === null) return false;
  const given = await transaction.session.count({
    where: { assignmentId, part: 'report', status: 'completed' },
  });
  if (given > 0) return false;
  const place = placeFor(context, task);
  if (place.room !== turn.room) context.reply({ key: 'conversation:answered.privately' });
  await begin(
    library,
    {
      ...reportFlow,
      campaignId: task.campaignId,
      assignmentId,
      unitId: task.targetId,
      secret: task.secret,
      part: 'report',
      person: turn.contact,
      place,
      at,
      others: turn.sessions,
      opening: [{ key: 'commands:report.opening' }],
    },
    writes,
  );
  return true;
}

/** What will be handed in, to whom, and how; in a room the details go to the private chat. */
async function show(
  context: CommandContext,
  task: OwnAssignment,
  { lines, stamp }: Report,
  before?: Line,
): Promise<void> {
  const { number, mode, targetName, visitsDone } = task;
  const { named: receivers } = await reportReceivers(context.run, task);
  const overheard = isOverheard(context);
  if (overheard) whisper(context, { lines });
  context.ask({
    lines: [
      ...(before === undefined ? [] : [before]),
      {
        key: 'commands:report.preview',
        params: { number, does: does(mode, targetName), total: inAll(mode, visitsDone) },
      },
      ...(overheard ? [] : lines),
      { key: 'commands:report.to', params: { receivers } },
      { key: 'commands:report.confirm.how' },
    ],
    ask: {
      target: 'command:report',
      question: 'confirm',
      options: [{ id: `${number} confirm shown-${stamp}`, label: { key: 'commands:report.confirm' } }],
      many: false,
      numbered: false,
    },
  });
}

async function handIn(context: CommandContext, task: OwnAssignment, ready: Report): Promise<void> {
  const { transaction, turn, at, run, writes } = context;
  const { count } = await transaction.assignment.updateMany({
    where: { id: task.id, reportedAt: null },
    data: { reportedAt: new Date(at), reportedBy: turn.contact.id, remindAt: null },
  });
  // A colleague of the same unit may have been a moment faster.
  if (count === 0) return context.reply({ key: 'commands:report.already' });
  writes.audit.push(assignmentEvent(context, task, 'reported', { visits: task.visitsDone }));
  const receivers = await reportReceivers(run, task);
  context.reply({
    key: receivers.people.length === 0 ? 'commands:report.done.nobody' : 'commands:report.done',
    params: {
      does: does(task.mode, task.targetName),
      total: inAll(task.mode, task.visitsDone),
      receivers: receivers.named,
    },
  });
  writes.outbox.push(...(await rowsFor(context, task, receivers, ready)));
}

async function rowsFor(
  { library, at }: CommandContext,
  task: OwnAssignment,
  { people, instead }: ReportReceivers,
  { lines, attachments }: Report,
): Promise<OutboxRow[]> {
  const facts = await library.campaign(task.campaignId);
  const { number, mode, activityTitle: activity, assigneeName: assignee, targetName } = task;
  const title: Line = {
    key: 'commands:report.title',
    params: {
      number,
      activity,
      assignee,
      does: does(mode, targetName),
      at: { instant: at, zone: facts.zone },
    },
  };
  const words = { lines: [title, ...lines, ...instead] };
  const say = attachments.length === 0 ? words : { ...words, attachments };
  return people.map((person) => ({
    ...awakeRow(person, say, facts, at),
    // A report that was returned comes again, as another message.
    key: `report:${task.id}:${person.contactId}:${at}`,
    ...(task.secret === null ? {} : { secret: task.secret }),
  }));
}
