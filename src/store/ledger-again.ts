import { keepRectification, type LedgerFinding } from './ledger.ts';
import type { Run } from './writes.ts';

/** An answer; without a session it is none of a checklist. */
interface Answered {
  sessionId: string | null;
  question: string | null;
}

/** Locks the open problems of answers that show none any more. @returns their ids */
export function takenBack(run: Run, answers: readonly Answered[]): Promise<string[]> {
  return problemsOf(run, answers, `f.status = 'open' ORDER BY f.number FOR NO KEY UPDATE OF f`);
}

/** Locks the problems whose order was called off and that are found again. @returns their ids */
export function foundAgain(run: Run, answers: readonly Answered[]): Promise<string[]> {
  const where = `f.status = 'withdrawn' AND f.stage = 'revoked'`;
  return problemsOf(run, answers, `${where} ORDER BY f.number FOR NO KEY UPDATE OF f`);
}

async function problemsOf(run: Run, answers: readonly Answered[], where: string): Promise<string[]> {
  const all = answers.filter(({ sessionId, question }) => sessionId !== null && question !== null);
  if (all.length === 0) return [];
  const rows = await run<{ id: string }>(
    `SELECT f.id::text FROM unnest($1::text[]::uuid[], $2::text[]) AS g(session_id, question)
     JOIN finding f ON f.session_id = g.session_id AND f.question = g.question WHERE ${where}`,
    [all.map(({ sessionId }) => sessionId), all.map(({ question }) => question)],
  );
  return rows.map(({ id }) => id);
}

/** Locks what was merged into these problems (ids). `isGone`: its own inspection has taken it back since. */
export async function mergedInto(run: Run, ids: string[]): Promise<{ id: string; isGone: boolean }[]> {
  return run<{ id: string; isGone: boolean }>(
    `SELECT id::text, withdrawn_at IS NOT NULL AS "isGone" FROM finding
     WHERE merged_into = ANY ($1::text[]::uuid[]) ORDER BY number FOR NO KEY UPDATE`,
    [ids],
  );
}

/** A merged problem goes on under its own number: open and to be ordered, or withdrawn. */
export async function free(
  run: Run,
  finding: LedgerFinding,
  status: 'open' | 'withdrawn',
  at: string,
): Promise<void> {
  const { record } = finding;
  if (record !== null)
    await keepRectification(run, finding, { ...record, state: 'revoked', chase: null }, null, at);
  await run(
    `UPDATE finding SET merged_into = NULL, status = $2, due_on = NULL,
       stage = CASE WHEN $2 = 'open' THEN NULL ELSE stage END,
       withdrawn_at = CASE WHEN $2 = 'open' THEN NULL ELSE coalesce(withdrawn_at, $3::timestamptz) END
     WHERE id = $1::uuid`,
    [finding.id, status, at],
  );
}
