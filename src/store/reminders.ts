import type { Mode } from '../campaign/activities/activity.ts';
import type { Text } from '../flow/text.ts';
import loadDueReminders from './sql/load-due-reminders.sql';
import lockDueReminders from './sql/lock-due-reminders.sql';
import writeReminders from './sql/write-reminders.sql';
import type { Run } from './writes.ts';

/** An assignment whose reminder is due. Its row is locked; days are YYYY-MM-DD in the campaign's zone. */
export interface DueAssignment {
  id: string;
  /** Of the work; of the report, once the work is `finished` and the report has a day of its own. */
  dueOn: string;
  finished: boolean;
  /** The report's own last day, while the work is not finished. */
  reportOn: string | null;
  reported: boolean;
  /** Its campaign is published and not over. */
  running: boolean;
  /** Nobody is to be reminded for now. */
  paused: boolean;
  campaignId: string;
  /** The activity, when it is hidden from others. */
  secret: string | null;
  publishedAt: Date | null;
  assigneeId: string;
  mode: Mode;
  assignee: Text;
  target: Text;
  visitsMin: number;
  visitsMax: number;
  visitsDone: number;
  /** Days of service, as handed in. */
  days: string[];
  /** Its report was given back. */
  returned: boolean;
  /** Contacts with a record of it that is not finished. */
  begunBy: string[];
  /** The last decision about a reminder of it. */
  handledTo: Date | null;
}

/** Locks and reads up to `limit` assignments to be reminded of at `now` (ISO instant), the longest due first. */
export async function takeDueReminders(run: Run, now: string, limit: number): Promise<DueAssignment[]> {
  const locked = await run<{ id: string }>(lockDueReminders, [now, limit]);
  if (locked.length === 0) return [];
  return run<DueAssignment>(loadDueReminders, [locked.map(({ id }) => id)]);
}

/** What was decided about one step of one assignment; `people` is how many were written to. */
export interface ReminderDecision {
  assignmentId: string;
  step: string;
  decision: 'sent' | 'skipped' | 'nobody' | 'paused';
  people: number;
  at: string;
}

export interface ReminderWrites {
  decisions: ReminderDecision[];
  /** When to look again; null for never. */
  next: { assignmentId: string; remindAt: string | null }[];
}

export async function recordReminders(run: Run, writes: ReminderWrites): Promise<void> {
  await run(writeReminders, [JSON.stringify(writes)]);
}
