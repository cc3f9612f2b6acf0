import { moveAssignment } from '../campaign/assignment.ts';
import { outOfQuiet, quietOf } from '../campaign/instant.ts';
import { channelOf } from '../channels/address.ts';
import type { Line } from '../flow/say.ts';
import { SessionState } from '../flow/session.ts';
import type { Text } from '../flow/text.ts';
import { coordinatorsOf, coordinatorsOfHidden } from '../store/reach.ts';
import { type OutboxRow, priority } from '../store/writes.ts';
import type { Command, CommandContext } from './command.ts';
import { assignmentEvent, chooseAssignment, type OwnAssignment } from './own-assignments.ts';
import { isOverheard, whisper } from './private.ts';
import { summaryLines, type Visit } from './report-summary.ts';

const confirmed = /确认|confirm/i;

/**
 * 上报: the inspector hands in what was found; it goes to the coordinators and the task is done. What will be handed in is
 * shown first, and goes out on 确认上报.
 */
export const report: Command = {
  name: 'report',
  words: { 'zh-CN': ['上报', '确认上报', '提交报告', '报送'], en: ['report', 'hand in'] },
  takes: /(?:确认|confirm)?\s*#?\d{0,9}号?\s*(?:确认|confirm)?/,
  allowed: ['inspector'],
  bare: true,
  help: 'commands:report.line',
  run: async (context, rest) => {
    const isConfirmed = confirmed.test(rest) || /^\s*确认上报/.test(context.turn.body.text);
    const task = await chooseAssignment(context, {
      command: 'report',
      rest,
      fits: (one) => one.reportedAt === null,
      none: 'commands:report.already',
      which: 'commands:report.which',
    });
    if (task === null) return;
    if (task.reportedAt !== null) return context.reply({ key: 'commands:report.already' });
    const { visitsDone: visits, visitsMin: min, visitsMax: max } = task;
    const moved = moveAssignment({ state: 'working', visits }, 'report', { min, max });
    if (moved.kind === 'refused') return context.reply(moved.sentence);
    const unfinished = await ownUnfinished(context, task);
    if (unfinished > 0) return context.reply({ key: 'commands:report.unfinished' });
    await (isConfirmed ? handIn(context, task) : show(context, task));
  },
};

/** What will be handed in, and how; in a room the details go to the private chat. */
async function show(context: CommandContext, task: OwnAssignment): Promise<void> {
  const summary = await assemble(context, task);
  const { number, targetName: target, visitsDone: visits } = task;
  const overheard = isOverheard(context);
  if (overheard) whisper(context, { lines: summary });
  context.ask({
    lines: [
      { key: 'commands:report.preview', params: { number, target, visits } },
      ...(overheard ? [] : summary),
      { key: 'commands:report.confirm.how' },
    ],
    ask: {
      target: 'command:report',
      question: 'confirm',
      options: [{ id: `${number} confirm`, label: { key: 'commands:report.confirm' } }],
      many: false,
      numbered: false,
    },
  });
}

/** Checklists of this task that this person has begun, here or elsewhere. */
function ownUnfinished({ transaction, turn }: CommandContext, { id }: OwnAssignment): Promise<number> {
  return transaction.session.count({
    where: { assignmentId: id, contactId: turn.contact.id, endedAt: null },
  });
}

async function handIn(context: CommandContext, task: OwnAssignment): Promise<void> {
  const { transaction, turn, at, run, writes } = context;
  const { count } = await transaction.assignment.updateMany({
    where: { id: task.id, reportedAt: null },
    data: { reportedAt: new Date(at), reportedBy: turn.contact.id, remindAt: null },
  });
  // A colleague of the same unit may have been a moment faster.
  if (count === 0) return context.reply({ key: 'commands:report.already' });
  writes.audit.push(assignmentEvent(context, task, 'reported', { visits: task.visitsDone }));
  const coordinators =
    task.secret === null
      ? await coordinatorsOf(run, task.campaignId)
      : await coordinatorsOfHidden(run, task.campaignId, task.secret);
  const summary = await assemble(context, task);
  const params = { target: task.targetName, visits: task.visitsDone };
  const done: Line = {
    key: coordinators.length === 0 ? 'commands:report.done.nobody' : 'commands:report.done',
    params,
  };
  context.reply(done, ...(isOverheard(context) ? [] : summary));
  writes.outbox.push(...(await rowsFor(context, task, coordinators, summary)));
}

async function assemble({ transaction, library }: CommandContext, { id }: OwnAssignment): Promise<Line[]> {
  const sessions = await transaction.session.findMany({
    where: { assignmentId: id, status: 'completed' },
    select: { flowId: true, flowVersion: true, state: true },
    orderBy: { startedAt: 'asc' },
  });
  const visits: Visit[] = [];
  for (const { flowId, flowVersion, state } of sessions)
    visits.push({ flow: await library.flow(flowId, flowVersion), values: SessionState.parse(state).values });
  const findings = await transaction.finding.findMany({
    where: { assignmentId: id, status: 'open' },
    select: { number: true, problem: true },
    orderBy: { number: 'asc' },
  });
  return summaryLines(
    visits,
    findings.map(({ number, problem }) => ({ number, problem: problem as Text })),
  );
}

async function rowsFor(
  { library, at }: CommandContext,
  task: OwnAssignment,
  coordinators: { contactId: string; address: string }[],
  summary: Line[],
): Promise<OutboxRow[]> {
  const { rules, zone } = await library.campaign(task.campaignId);
  const { number, activityTitle: activity, assigneeName: assignee, targetName: target } = task;
  const title: Line = {
    key: 'commands:report.title',
    params: { number, activity, assignee, target, at: { instant: at, zone } },
  };
  const dueAt = outOfQuiet(at, rules.quiet, zone);
  return coordinators.map(({ contactId, address }) => ({
    // A report that was returned comes again, as another message.
    key: `report:${task.id}:${contactId}:${at}`,
    channel: channelOf(address),
    address,
    contactId,
    priority: priority.broadcast,
    say: { lines: [title, ...summary] },
    at,
    dueAt,
    ...(task.secret === null ? {} : { secret: task.secret }),
    ...quietOf(dueAt, rules.quiet, zone),
  }));
}
