import type { AuditEvent } from './audit.ts';
import ledgerStanding from './sql/ledger-standing.sql';
import type { Run, Writes } from './writes.ts';

/** A problem that an answer opened. */
interface Standing {
  id: string;
  sessionId: string;
  question: string;
  number: number;
  campaignId: string;
  status: string;
  /** The activity that found it, while it is hidden from others. */
  secret: string | null;
}

/** An answer that may open a problem or take one back, and whose it is. */
interface Touching {
  sessionId: string;
  question: string;
  by: string | null;
  at: string;
}

/**
 * Writes answers' problems and tells what the audit log keeps of it: those that were opened, or opened again, and those
 * that were taken back. What an answer leaves as it was (told again, corrected, closed since) is no event. Without such
 * answers, as in any survey, nothing is asked of the database.
 * @param write opens and withdraws them
 */
export async function changesOf(
  run: Run,
  { findings, withdrawn }: Pick<Writes, 'findings' | 'withdrawn'>,
  write: () => Promise<void>,
): Promise<AuditEvent[]> {
  const touching = new Map<string, Touching>();
  for (const one of withdrawn) touching.set(keyOf(one), one);
  for (const { sessionId, question, reportedBy: by, at } of findings)
    if (sessionId !== null && question !== null)
      touching.set(keyOf({ sessionId, question }), { sessionId, question, by, at });
  if (touching.size === 0) {
    await write();
    return [];
  }
  const before = await standing(run, touching);
  await write();
  const after = await standing(run, touching);
  const events: AuditEvent[] = [];
  const gone: { id: string; at: string }[] = [];
  for (const [key, now] of after) {
    const touched = touching.get(key);
    const what = changed(before.get(key)?.status, now.status);
    if (touched === undefined || what === null) continue;
    events.push(eventOf(now, touched, what));
    if (what === 'withdrawn') gone.push({ id: now.id, at: touched.at });
  }
  if (gone.length > 0) await wakeOrders(run, gone);
  return events;
}

/** Orders about what was taken back are looked at by the next tick, which calls them off (conversation/call-off.ts). */
async function wakeOrders(run: Run, gone: { id: string; at: string }[]): Promise<void> {
  await run(
    `UPDATE rectification SET wake_at = g.at FROM jsonb_to_recordset($1::jsonb) AS g(id uuid, at timestamptz)
     WHERE finding_id = g.id AND finding_id = ANY ($2::text[]::uuid[])
       AND state NOT IN ('closed', 'revoked', 'merged', 'split')`,
    [JSON.stringify(gone), gone.map(({ id }) => id)],
  );
}

type Answered = Pick<Standing, 'sessionId' | 'question'>;

function keyOf({ sessionId, question }: Answered): string {
  return `${sessionId} ${question}`;
}

async function standing(run: Run, touching: Map<string, Answered>): Promise<Map<string, Standing>> {
  const all = [...touching.values()];
  const rows = await run<Standing>(ledgerStanding, [
    all.map(({ sessionId }) => sessionId),
    all.map(({ question }) => question),
  ]);
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function changed(before: string | undefined, now: string): 'opened' | 'withdrawn' | null {
  if (before === now) return null;
  if (now === 'open') return 'opened';
  return now === 'withdrawn' ? 'withdrawn' : null;
}

function eventOf(
  { number, campaignId, question, secret }: Standing,
  { by, at }: Touching,
  what: 'opened' | 'withdrawn',
): AuditEvent {
  const about = {
    kind: `finding.${what}` as const,
    campaignId,
    about: `finding:${number}`,
    data: { question },
  };
  return { at, by, ...about, ...(secret === null ? {} : { secret }) };
}
