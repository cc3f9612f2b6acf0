import { confirmationOf } from '../conversation/asked.ts';
import { begin } from '../conversation/begin.ts';
import { counted, counters, does, inAll, nextWords } from '../conversation/mode-words.ts';
import { reportReceivers } from '../conversation/report-receivers.ts';
import { problemsFound } from '../flow/definition.ts';
import { isRelevant } from '../flow/route.ts';
import type { Line } from '../flow/say.ts';
import { chooseAssignment, numberIn } from './choose-assignment.ts';
import type { Command, CommandContext } from './command.ts';
import { handIn } from './hand-in.ts';
import { deputyLines, openMatterLines, openMatters } from './open-matters.ts';
import type { OwnAssignment } from './own-assignments.ts';
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
  takes:
    /(?:确认|confirm)?\s*#?\d{0,9}号?\s*(?:确认|confirm)?(?:\s*[,;]?\s*(?:原因|because|reason)[\s:]*\S[\s\S]*)?/,
  bare: true,
  help: 'commands:report.line',
  run: async (context, given) => {
    const { rest, isConfirmed, reason } = await meant(context, given);
    const task = await chooseAssignment(context, {
      command: 'report',
      rest,
      // Why not all was walked through is said of a walk-through alone.
      fits: (one) => one.reportedAt === null && (reason === null || one.mode === 'walkthrough'),
      none: 'commands:report.already',
      which: 'commands:report.which',
    });
    if (task === null) return;
    const notYet = await whyNotYet(context, task, reason);
    if (notYet !== null) return context.reply(...notYet);
    if (await askForParts(context, task)) return;
    const ready = await assembleReport(context, task);
    // What was shown before something changed, or before it was given back, is not what would go out now.
    const shown = /\bshown-(\w+)/.exec(rest)?.[1];
    if (!isConfirmed || reason !== null) return show(context, task, ready);
    if (shown !== undefined && shown !== ready.stamp)
      return show(context, task, ready, { key: 'commands:report.changed' });
    await handIn(context, task, ready);
  },
};

/** Longest reason kept, in characters (code points). */
const reasonMax = 150;

/** Why a report can't go out yet; null when nothing speaks against it. Keeps the reason that was given for what is not done. */
async function whyNotYet(
  context: CommandContext,
  task: OwnAssignment,
  reason: string | null,
): Promise<Line[] | null> {
  const { mode, visitsDone: visits, visitsMin: min } = task;
  if (task.reportedAt !== null) return [{ key: 'commands:report.already' }];
  if (task.isDeputy) return deputyLines(context, task);
  if ((await ownUnfinished(context, task)) > 0) return [{ key: 'commands:report.unfinished' }];
  if (visits >= min) return null;
  const open = visits === 0 ? [] : await openMatters(context.run, task);
  if (open.length === 0) {
    const params = {
      done: counted(mode, visits),
      min,
      left: min - visits,
      ...counters(mode),
      ...nextWords(mode),
    };
    return [{ key: 'conversation:visits.more', params }];
  }
  if (reason !== null && [...reason].length > reasonMax)
    return [{ key: 'modes:report.reason.too-long', params: { max: reasonMax } }];
  if (reason !== null) {
    task.openReason = reason;
    await context.transaction.assignment.update({ where: { id: task.id }, data: { openReason: reason } });
  }
  return task.openReason === null ? openMatterLines(open) : null;
}

interface Meant {
  rest: string;
  isConfirmed: boolean;
  /** Why it is to go out though not all is done. */
  reason: string | null;
}

const because = /(?:原因|because|reason)[\s:：]*(\S[\s\S]*)$/iu;

/**
 * What was said, with the task and the stamp of what was shown where `确认上报` names none: it confirms what this person was
 * shown last. Where that is handed in already, it is no confirmation of anything else.
 */
async function meant(context: CommandContext, typed: string): Promise<Meant> {
  const { run, turn, at, transaction } = context;
  const given = typed.replace(because, '');
  // As it was typed: what a command is given has its marks made half-width.
  const reason = because.exec(turn.body.press === undefined ? turn.body.text : '')?.[1]?.trim() ?? null;
  const isConfirmed = confirmed.test(given) || /^\s*确认上报/.test(turn.body.text);
  if (!isConfirmed || turn.body.press !== undefined) return { rest: given, isConfirmed, reason };
  const [rest] = (await confirmationOf(run, turn, at, 'report'))?.options ?? [];
  const number = numberIn(given);
  // A number of their own confirms what they were shown of that task, and nothing that they were not.
  if (number !== null && (rest === undefined || numberIn(rest) !== number))
    return { rest: given, isConfirmed: false, reason };
  if (rest === undefined) return { rest: given, isConfirmed, reason };
  const where = { number: numberIn(rest) ?? 0, reportedAt: null };
  return (await transaction.assignment.count({ where })) > 0
    ? { rest, isConfirmed, reason }
    : { rest: given, isConfirmed: false, reason };
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
  const known = {
    [problemsFound]: await transaction.finding.count({ where: { assignmentId, status: 'open' } }),
  };
  const { questions } = await library.flow(reportFlow.flowId, reportFlow.flowVersion);
  if (!questions.some((question) => question.type !== 'note' && isRelevant(question, known))) return false;
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
      known,
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
