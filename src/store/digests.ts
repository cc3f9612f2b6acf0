import type { Mode } from '../campaign/activities/activity.ts';
import type { Text } from '../flow/text.ts';
import overdueTasks from './sql/overdue-tasks.sql';
import type { Run } from './writes.ts';

/** Campaigns whose digest is due at `now`, the longest due first. Nothing is locked: see {@link lockDueDigest}. */
export async function dueDigests(run: Run, now: string, limit: number): Promise<string[]> {
  const rows = await run<{ id: string }>(
    'SELECT id::text FROM campaign WHERE digest_at <= $1::timestamptz ORDER BY digest_at LIMIT $2',
    [now, limit],
  );
  return rows.map(({ id }) => id);
}

/** Takes one campaign's digest. @returns null when another process has it or has sent it */
export async function lockDueDigest(
  run: Run,
  id: string,
  now: string,
): Promise<{ title: Text; running: boolean; paused: boolean } | null> {
  const [row] = await run<{ title: Text; running: boolean; paused: boolean }>(
    `SELECT title, status = 'published' AS running, paused_at IS NOT NULL AS paused FROM campaign
     WHERE id = $1::uuid AND digest_at <= $2::timestamptz FOR NO KEY UPDATE SKIP LOCKED`,
    [id, now],
  );
  return row ?? null;
}

export async function setDigestAt(run: Run, id: string, at: string | null): Promise<void> {
  await run('UPDATE campaign SET digest_at = $2::timestamptz WHERE id = $1::uuid', [id, at]);
}

/** How many tasks are past their due day, and which; hidden ones apart, for the coordinators of `unit`. Days are YYYY-MM-DD. */
export interface Overdue {
  /** The first due day of all unreported tasks; null when all have been reported. */
  earliest: string | null;
  count: number;
  /** Of them, those whose work is late while their report is not: it has a later day of its own (MDJ-3.5). */
  works: number;
  tasks: OverdueTask[];
  hidden: (OverdueTask & { activity: string; unit: string | null; total: number; works: number })[];
}

export interface OverdueTask {
  /** Of the work; of the report, once the work is `finished` and the report has a day of its own. */
  dueOn: string;
  reportOn: string | null;
  finished: boolean;
  mode: Mode;
  assignee: Text;
  target: Text;
}

export async function overdueOf(
  run: Run,
  campaignId: string,
  today: string,
  namedMax: number,
): Promise<Overdue> {
  const [row] = await run<Overdue>(overdueTasks, [campaignId, today, namedMax]);
  if (row === undefined) throw new Error('a count gave no row');
  return row;
}
