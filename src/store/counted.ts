import { countsOf, type Pooled } from '../flow/counts.ts';
import type { Run } from './writes.ts';

/** What the answers to one question that asks for counts come to in a campaign (JX-3.2). */
export interface Counted extends Pooled {
  flow: string;
  question: string;
}

/**
 * The sums of all answers that gave counts, by question, from the completed checklists of activities that are not hidden; in
 * the order of flows and questions asked for.
 * @param asked the questions that want counts, by flow
 */
export async function countedIn(
  run: Run,
  campaignId: string,
  asked: readonly { flow: string; question: string }[],
): Promise<Counted[]> {
  if (asked.length === 0) return [];
  const rows = await run<{
    flow: string;
    question: string;
    done: number;
    of: number;
    n: number;
    bare: number;
  }>(
    `SELECT q.flow, q.question,
       sum((a.value ->> 'done')::float8) FILTER (WHERE jsonb_typeof(a.value) = 'object') AS done,
       sum((a.value ->> 'of')::float8) FILTER (WHERE jsonb_typeof(a.value) = 'object') AS "of",
       (count(*) FILTER (WHERE jsonb_typeof(a.value) = 'object'))::int AS n,
       (count(*) FILTER (WHERE jsonb_typeof(a.value) = 'number'))::int AS bare
     FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (flow text, question text)) WITH ORDINALITY
       AS q(flow, question, place)
     JOIN session s ON s.campaign_id = $1::uuid AND s.flow_id = q.flow AND s.status = 'completed'
     JOIN assignment t ON t.id = s.assignment_id
     JOIN activity v ON v.id = t.activity_id AND NOT v.hidden
     JOIN answer a ON a.session_id = s.id AND a.question = q.question AND a.replaced_at IS NULL
     GROUP BY q.flow, q.question, q.place ORDER BY q.place`,
    [campaignId, JSON.stringify(asked)],
  );
  return rows.flatMap(({ flow, question, done, of, n, bare }) =>
    n === 0 ? [] : [{ flow, question, counts: countsOf(done, of), n, bare }],
  );
}
