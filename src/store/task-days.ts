import { addTaskEvents } from './task-events.ts';
import { moveTasks } from './versions.ts';
import type { Run } from './writes.ts';

/** Names of reminders that were decided about under an old day carry the number of a version or, from here on, of an event. */
const eventsFrom = 1_000_000;

/**
 * Moves the day of a task, with its history. `remindAt`: the next reminder, ISO instant; `given`: the day as the file gave it, null
 * when it is that again.
 */
export async function moveTaskDay(
  run: Run,
  task: { id: string; dueOn: string; reportOn: string | null; remindAt: string; given: string | null },
  event: { kind: 'extended' | 'undone'; from: string; to: string; reason: string; at: string; by: string },
): Promise<void> {
  const { kind, at, by, ...data } = event;
  const seqs = await addTaskEvents(run, [task.id], { kind, data, at, by });
  await moveTasks(run, [task], eventsFrom + (seqs.get(task.id) ?? 0));
  await run('UPDATE assignment SET given_due = $2 WHERE id = $1::uuid', [task.id, task.given]);
}
