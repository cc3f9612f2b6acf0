import { counted, counters, does, isExact, needed, nextWords } from '../conversation/mode-words.ts';
import type { Line, Param } from '../flow/say.ts';
import { openSessionsOf } from '../store/forms.ts';
import type { CommandContext } from './command.ts';
import { entrustedLines } from './open-matters.ts';
import type { OwnAssignment } from './own-assignments.ts';
import { provisionalLines, timeLeft, todayIn } from './time-left.ts';

/** One's own tasks: number, whom to inspect, by when, how far, and what to do next. */
export async function taskLines(context: CommandContext, tasks: OwnAssignment[]): Promise<Line[]> {
  const lines: Line[] = [];
  const doubts: Line[] = [];
  const open = await openSessionsOf(context.run, context.turn.contact.id);
  const begun = new Set(open.map(({ assignmentId }) => assignmentId));
  for (const task of tasks) {
    if (task.isDeputy) {
      lines.push(...(await deputedLines(context, task)));
      continue;
    }
    const facts = await context.library.campaign(task.campaignId);
    const { number, mode, targetName, dueOn, visitsDone, visitsMin, visitsMax } = task;
    const left: Param =
      task.reportedAt === null
        ? timeLeft(dueOn, todayIn(facts, context.at))
        : { key: 'commands:task.reported' };
    const params = { number, does: does(mode, targetName), by: byWhen(task), left };
    lines.push({
      key: 'commands:task.line',
      params: {
        ...params,
        done: counted(mode, visitsDone),
        needed: needed(mode, visitsMin, visitsMax),
        ...counters(mode),
        next: begun.has(task.id) ? { key: 'commands:task.next.resume' } : nextStep(task),
      },
    });
    if (task.reportedAt === null && doubts.length === 0)
      doubts.push(...provisionalLines([dueOn], facts.calendar));
  }
  return [...lines, ...doubts];
}

/** By when it is to be done, and by when reported where that is another day (MDJ-3.5). */
function byWhen({ dueOn, reportOn, isFinished }: OwnAssignment): Param {
  const due = { date: dueOn };
  if (reportOn !== null)
    return { key: 'commands:task.by.finish', params: { due, report: { date: reportOn } } };
  return { key: isFinished ? 'commands:task.by.report' : 'commands:task.by.both', params: { due } };
}

/** Of the head's task a deputy has only what is entrusted to them (MDJ-1.2). */
async function deputedLines(context: CommandContext, task: OwnAssignment): Promise<Line[]> {
  const { number, assigneeName: unit, dueOn } = task;
  return [
    { key: 'modes:deputy.task', params: { number, unit, due: { date: dueOn } } },
    ...(await entrustedLines(context, task)),
  ];
}

/** What the assignee does next with a task. */
function nextStep({
  number,
  mode,
  acknowledgedAt,
  reportedAt,
  visitsDone,
  visitsMin,
  visitsMax,
}: OwnAssignment): Param {
  const params = { number, ...nextWords(mode) };
  if (reportedAt !== null) return '';
  if (visitsDone >= visitsMax || (visitsDone >= visitsMin && isExact(mode, visitsMin, visitsMax)))
    return { key: 'commands:task.next.report', params };
  if (visitsDone >= visitsMin) return { key: 'commands:task.next.either', params };
  return { key: acknowledgedAt === null ? 'commands:task.next.ack' : 'commands:task.next.checkin', params };
}
