import { counted, counters, does, needed } from '../conversation/mode-words.ts';
import { nextStep } from '../conversation/next-step.ts';
import type { Line, Param } from '../flow/say.ts';
import { openSessionsOf } from '../store/forms.ts';
import type { CommandContext } from './command.ts';
import { entrustedLines } from './open-matters.ts';
import type { OwnAssignment } from './own-assignments.ts';
import { type CampaignRow, namedRows } from './several.ts';
import { byWhen, leftOf, provisionalLines, todayIn } from './time-left.ts';

/** One's own tasks: number, whom to inspect, by when, how far, and what to do next. */
export async function taskLines(context: CommandContext, tasks: OwnAssignment[]): Promise<Line[]> {
  const rows: CampaignRow[] = [];
  const doubts: Line[] = [];
  const open = await openSessionsOf(context.run, context.turn.contact.id);
  const begun = new Set(open.map(({ assignmentId }) => assignmentId));
  for (const task of tasks) {
    if (task.isDeputy) {
      for (const line of await deputedLines(context, task)) rows.push({ campaignId: task.campaignId, line });
      continue;
    }
    const facts = await context.library.campaign(task.campaignId);
    const { number, mode, targetName, dueOn, reportOn, isFinished, visitsDone, visitsMin, visitsMax } = task;
    const days = { dueOn, reportOn, finished: isFinished };
    const left: Param =
      task.reportedAt === null ? leftOf(days, todayIn(facts, context.at)) : { key: 'commands:task.reported' };
    const params = { number, does: does(mode, targetName), by: byWhen(days), left };
    const line: Line = {
      key: 'commands:task.line',
      params: {
        ...params,
        done: counted(mode, visitsDone),
        needed: needed(mode, visitsMin, visitsMax),
        ...counters(mode),
        next: stepOf(task, begun.has(task.id), todayIn(facts, context.at).today),
      },
    };
    rows.push({ campaignId: task.campaignId, line });
    if (task.reportedAt === null && doubts.length === 0)
      doubts.push(...provisionalLines([dueOn], facts.calendar));
  }
  return [...(await namedRows(context, rows)), ...doubts];
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
function stepOf(task: OwnAssignment, begun: boolean, today: string): Param {
  const { acknowledgedAt, reportedAt, visitsDone, visitsMin } = task;
  if (begun) return nextStep({ ...task, begun, planned: true });
  if (reportedAt !== null) return '';
  if (acknowledgedAt === null && visitsDone < visitsMin) return { key: 'commands:task.next.ack' };
  return nextStep({ ...task, begun, planned: task.days.some((day) => day >= today) });
}
