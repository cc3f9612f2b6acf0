import { counted, counters, does, nextWords } from '../conversation/mode-words.ts';
import type { Line, Param } from '../flow/say.ts';
import { openSessionsOf } from '../store/forms.ts';
import type { CommandContext } from './command.ts';
import type { OwnAssignment } from './own-assignments.ts';
import { provisionalLines, timeLeft, todayIn } from './time-left.ts';

/** One's own tasks: number, whom to inspect, by when, how far, and what to do next. */
export async function taskLines(context: CommandContext, tasks: OwnAssignment[]): Promise<Line[]> {
  const lines: Line[] = [];
  const doubts: Line[] = [];
  const open = await openSessionsOf(context.run, context.turn.contact.id);
  const begun = new Set(open.map(({ assignmentId }) => assignmentId));
  for (const task of tasks) {
    const facts = await context.library.campaign(task.campaignId);
    const { number, mode, targetName, dueOn, visitsDone, visitsMin, visitsMax } = task;
    const left: Param =
      task.reportedAt === null
        ? timeLeft(dueOn, todayIn(facts, context.at))
        : { key: 'commands:task.reported' };
    const params = { number, does: does(mode, targetName), due: { date: dueOn }, left };
    lines.push({
      key: 'commands:task.line',
      params: {
        ...params,
        done: counted(mode, visitsDone),
        min: visitsMin,
        max: visitsMax,
        ...counters(mode),
        next: begun.has(task.id) ? { key: 'commands:task.next.resume' } : nextStep(task),
      },
    });
    if (task.reportedAt === null && doubts.length === 0)
      doubts.push(...provisionalLines([dueOn], facts.calendar));
  }
  return [...lines, ...doubts];
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
  if (visitsDone >= visitsMax) return { key: 'commands:task.next.report', params };
  if (visitsDone >= visitsMin) return { key: 'commands:task.next.either', params };
  return { key: acknowledgedAt === null ? 'commands:task.next.ack' : 'commands:task.next.checkin', params };
}
