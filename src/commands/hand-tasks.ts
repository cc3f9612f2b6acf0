import type { Mode } from '../campaign/activities/activity.ts';
import { taskRow } from '../conversation/announcement.ts';
import { does } from '../conversation/mode-words.ts';
import type { Line } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import { tasksOf } from '../store/publication.ts';
import { inspectorsOf } from '../store/reach.ts';
import { addTaskEvents } from '../store/task-events.ts';
import { giveTasksTo, type MovableTask } from '../store/task-units.ts';
import type { CommandContext } from './command.ts';
import { keepUndo, tellOfDeed, toldAt, untilTold } from './deeds.ts';

/** From which unit to which. */
export interface HandOver {
  campaignId: string;
  from: { id: string; name: Text };
  to: { id: string; name: Text };
}

/**
 * Gives tasks of one unit to another, with their history and all that was found so far: keeps how it is undone, and tells both
 * units once it stands. @returns what the coordinator hears beside what was done
 */
export async function handTasks(
  context: CommandContext,
  { campaignId, from, to }: HandOver,
  tasks: MovableTask[],
  command: 'assign' | 'reassign',
): Promise<Line[]> {
  const { run, at, turn, writes, library } = context;
  const ids = tasks.map(({ id }) => id);
  await giveTasksTo(run, ids, to.id);
  const data = { from: from.id, to: to.id };
  await addTaskEvents(run, ids, { kind: 'assigned', data, at, by: turn.contact.id });
  await keepUndo(context, command, {
    kind: 'assign',
    campaignId,
    tasks: ids,
    from: from.id,
    to: to.id,
    first: tasks.flatMap(({ id, first }) => (first ? [id] : [])),
  });
  for (const { id, number, secret } of tasks)
    writes.audit.push({
      ...{ at, by: turn.contact.id, kind: 'assignment.reassigned', campaignId },
      ...{ about: `assignment:${id}`, data: { number, ...data } },
      ...(secret === null ? {} : { secret }),
    });
  const facts = await library.campaign(campaignId);
  const people = await inspectorsOf(run, [from.id, to.id]);
  const numbers = new Set(tasks.map(({ number }) => number));
  const times = { campaignId, rules: facts.rules, calendar: facts.calendar, tellAt: toldAt(context, facts) };
  const told = (await tasksOf(run, campaignId, [to.id])).filter(({ number }) => numbers.has(number));
  for (const person of people.get(to.id) ?? [])
    for (const task of told) {
      const { say } = taskRow(task, person, times, at);
      tellOfDeed(context, facts, [person], say, { part: String(task.number), secret: task.secret });
    }
  for (const { number, mode, target, secret } of tasks) {
    const params = { number, does: does(mode as Mode, target), to: to.name };
    const lines: Line[] = [{ key: 'desk:assign.gone', params }];
    tellOfDeed(context, facts, people.get(from.id) ?? [], { lines }, { part: `gone ${number}`, secret });
  }
  const heard = new Set([...people.values()].flat().map(({ contactId }) => contactId));
  return [
    ...(tasks.some(({ mutual }) => mutual)
      ? [{ key: 'desk:assign.mutual', params: { from: from.name, to: to.name } } as const]
      : []),
    ...((people.get(to.id) ?? []).length === 0
      ? [{ key: 'desk:assign.unmanned', params: { to: to.name } } as const]
      : []),
    untilTold(context, facts, heard.size),
  ];
}
