import { countsOf, type Pooled } from '../flow/counts.ts';
import type { Run } from './writes.ts';

/** What the answers to one question that asks for counts come to in a campaign (JX-3.2). */
export interface Counted extends Pooled {
  flow: string;
  question: string;
}

/**
 * The sums of all answers that gave counts, by question, from the completed checklists of activities that are not hidden; in
 * the order of flows and questions asked for. Added up as checklists are completed and corrected, and not now.
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
    `SELECT q.flow, q.question, sum(c.done) AS done, sum(c.total) AS "of", sum(c.n)::int AS n, sum(c.bare)::int AS bare
     FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (flow text, question text)) WITH ORDINALITY
       AS q(flow, question, place)
     JOIN activity v ON v.campaign_id = $1::uuid AND NOT v.hidden
     JOIN answer_count c ON c.activity_id = v.id AND c.flow_id = q.flow AND c.question = q.question
     GROUP BY q.flow, q.question, q.place ORDER BY q.place`,
    [campaignId, JSON.stringify(asked)],
  );
  return rows.flatMap(({ flow, question, done, of, n, bare }) =>
    n === 0 ? [] : [{ flow, question, counts: countsOf(done, of), n, bare }],
  );
}
