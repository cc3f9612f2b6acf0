import type { SessionState } from '../flow/session.ts';
import type { Values } from '../flow/value.ts';
import recordInterviewSql from './sql/record-interview.sql';
import type { Run } from './writes.ts';

/** What one citizen said who was asked on the spot, for the task that it was asked for. `at`: now, ISO instant. */
export interface Interview {
  campaignId: string;
  flowId: string;
  flowVersion: number;
  assignmentId: string;
  values: Values;
  at: string;
}

/** Keeps it among the citizens' ratings, marked as an interview (JX-3.2 item 7). Of the citizen nothing else is kept. */
export async function recordInterview(run: Run, interview: Interview): Promise<void> {
  const { campaignId, flowId, flowVersion, assignmentId, values, at } = interview;
  const state: SessionState = {
    ...{ status: 'completed', at: null, values, skipped: [], seen: [], last: null, doubt: null },
    ...{ tries: 0, clarified: false, rest: null, choosing: null, restart: null, nudged: false, wakeAt: null },
  };
  await run(recordInterviewSql, [
    ...[campaignId, flowId, flowVersion, assignmentId],
    ...[JSON.stringify(state), JSON.stringify(values), at],
  ]);
}

/** How many citizens were asked for a task so far. */
export async function interviewsOf(run: Run, assignmentId: string): Promise<number> {
  const [row] = await run<{ count: number }>(
    'SELECT count(*)::int AS count FROM session WHERE interview_for = $1::uuid',
    [assignmentId],
  );
  return row?.count ?? 0;
}
