import type { Text } from '../flow/text.ts';
import type { JsonValue } from './audit.ts';
import type { Run } from './writes.ts';

/** What a coordinator did with a task. Units are ids, days YYYY-MM-DD. */
export interface TaskEvent {
  kind: 'extended' | 'assigned' | 'handed-over' | 'undone';
  data: { [key: string]: JsonValue };
  at: string;
  by: string;
}

/** Keeps one event of each of these tasks. @returns the number of the event, by task */
export async function addTaskEvents(
  run: Run,
  tasks: readonly string[],
  { kind, data, at, by }: TaskEvent,
): Promise<Map<string, number>> {
  const rows = await run<{ id: string; seq: number }>(
    `INSERT INTO task_event (assignment_id, seq, at, by_contact, kind, data)
     SELECT id, coalesce((SELECT max(seq) FROM task_event e WHERE e.assignment_id = id), 0) + 1,
       $2::timestamptz, $3::uuid, $4, $5::jsonb
     FROM unnest($1::text[]::uuid[]) id
     RETURNING assignment_id::text AS id, seq`,
    [tasks, at, by, kind, JSON.stringify(data)],
  );
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}

/** The last event of this kind of a task, and who did it, as they are called now; null when there is none. */
export async function lastTaskEvent(
  run: Run,
  task: string,
  kind: TaskEvent['kind'],
): Promise<{ at: Date; by: string | null; title: Text | null; role: string | null } | null> {
  const [row] = await run<{ at: Date; by: string | null; title: Text | null; role: string | null }>(
    `SELECT e.at, e.by_contact::text AS by, c.title, (SELECT m.role FROM membership m WHERE m.contact_id = c.id LIMIT 1) AS role
     FROM task_event e LEFT JOIN contact c ON c.id = e.by_contact
     WHERE e.assignment_id = $1::uuid AND e.kind = $2 ORDER BY e.seq DESC LIMIT 1`,
    [task, kind],
  );
  return row ?? null;
}

/** What was done with a task, the first first. */
export function taskEvents(
  run: Run,
  task: string,
): Promise<(Omit<TaskEvent, 'at' | 'by'> & { at: Date; seq: number })[]> {
  return run('SELECT seq, kind, data, at FROM task_event WHERE assignment_id = $1::uuid ORDER BY seq', [
    task,
  ]);
}
