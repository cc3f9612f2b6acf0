import type { CaseTime } from '../campaign/indicators.ts';
import type { Run } from './writes.ts';

/** Keeps the times of finished cases for a task, as one message gave them. `seq`: the message; `at`: now, ISO instant. */
export async function addCaseTimes(
  run: Run,
  { assignmentId, contactId, seq, at }: { assignmentId: string; contactId: string; seq: number; at: string },
  cases: readonly CaseTime[],
): Promise<void> {
  await run(
    `INSERT INTO case_time (assignment_id, contact_id, matter, statutory, promised, actual, recorded_at, message_seq)
     SELECT $1::uuid, $2::uuid, c.matter, c.statutory, c.promised, c.actual, $3::timestamptz, $5::bigint
     FROM ROWS FROM (jsonb_to_recordset($4::jsonb) AS (matter text, statutory numeric, promised numeric, actual numeric))
       WITH ORDINALITY AS c ORDER BY c.ordinality`,
    [assignmentId, contactId, at, JSON.stringify(cases), seq],
  );
}

/** Takes back what somebody's last message for a task gave. @returns how many cases that were */
export async function takeBackCaseTimes(run: Run, assignmentId: string, contactId: string): Promise<number> {
  const rows = await run(
    `DELETE FROM case_time WHERE assignment_id = $1::uuid AND contact_id = $2::uuid AND message_seq =
       (SELECT max(message_seq) FROM case_time WHERE assignment_id = $1::uuid AND contact_id = $2::uuid) RETURNING 1`,
    [assignmentId, contactId],
  );
  return rows.length;
}

/** The cases of these tasks, in the order in which they were given. */
export function caseTimesOf(run: Run, assignmentIds: readonly string[]): Promise<CaseTime[]> {
  return run<CaseTime>(
    `SELECT matter, statutory::float8 AS statutory, promised::float8 AS promised, actual::float8 AS actual
     FROM case_time WHERE assignment_id = ANY ($1::text[]::uuid[]) ORDER BY seq`,
    [assignmentIds],
  );
}

/** The same of a campaign, but for hidden activities other than `seen` (ids). */
export function caseTimesIn(run: Run, campaignId: string, seen: readonly string[]): Promise<CaseTime[]> {
  return run<CaseTime>(
    `SELECT t.matter, t.statutory::float8 AS statutory, t.promised::float8 AS promised, t.actual::float8 AS actual
     FROM case_time t JOIN assignment a ON a.id = t.assignment_id JOIN activity v ON v.id = a.activity_id
     WHERE v.campaign_id = $1::uuid AND (NOT v.hidden OR v.id = ANY ($2::text[]::uuid[])) ORDER BY t.seq`,
    [campaignId, seen],
  );
}
