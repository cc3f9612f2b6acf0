import { inWorkingTime } from '../campaign/rectification/working-time.ts';
import type { Line } from '../flow/say.ts';
import { step } from '../flow/step.ts';
import { openSessionsOf, type PlacedSession } from '../store/forms.ts';
import { keepRectification, putOffRectification, recordEvent } from '../store/ledger.ts';
import { ledgerCoordinators } from '../store/ledger-coordinators.ts';
import type { CampaignFacts, Library } from '../store/library.ts';
import { peopleOf } from '../store/movers.ts';
import type { Run, Writes } from '../store/writes.ts';
import { ledgerEvent } from './ledger.ts';
import { about, noticeRows } from './ledger-post.ts';
import type { Ordered } from './order-notice.ts';
import { recordStep, replyRow, sessionRow } from './outcome.ts';

/** Whoever answered a question of the reply within so many ms is there, and hears at once that it needs no more. */
const presentMs = 30 * 60_000;
/** When it is tried again while an answer to the reply is being taken. */
const againMs = 1_000;

interface Work {
  run: Run;
  library: Library;
  writes: Writes;
  now: string;
}

/**
 * The inspection has taken its finding back: there is nothing left to put right. Ends the order and a reply that is being
 * written, and tells the unit and the coordinators in working time; whoever is writing that reply at once.
 */
export async function callOff(work: Work, finding: Ordered, facts: CampaignFacts): Promise<void> {
  const { run, writes, now } = work;
  const writer = await endReply(work, finding);
  if (writer === 'busy') {
    const again = new Date(Date.parse(now) + againMs).toISOString();
    return putOffRectification(run, finding.id, again);
  }
  const key = `ledger:${finding.id}:withdrawn:${finding.record.orderedAt}`;
  const state = { key: `ledger:state.${finding.record.state}` } as const;
  const told: [string, Line, Awaited<ReturnType<typeof peopleOf>>][] = [
    [
      key,
      { key: 'ledger:withdrawn.told', params: about(finding) },
      await peopleOf(run, finding.record.unit, ['liaison', 'leader']),
    ],
    [
      `${key}:coordinators`,
      { key: 'ledger:withdrawn.coordinators', params: { ...about(finding), state } },
      await ledgerCoordinators(run, finding),
    ],
  ];
  const dueAt = inWorkingTime(now, { ...facts, quiet: facts.rules.quiet });
  const heard = new Set(writer === null ? [] : [writer]);
  for (const [of, line, people] of told) {
    const others = people.filter(({ contactId }) => !heard.has(contactId));
    for (const { contactId } of others) heard.add(contactId);
    writes.outbox.push(...noticeRows(others, { key: of, lines: [line] }, facts, { at: now, dueAt }));
  }
  const event = { kind: 'withdrawn', data: {}, at: now, by: null, who: null };
  await recordEvent(run, { findingId: finding.id, ...event });
  const data = { state: 'revoked' };
  writes.audit.push(ledgerEvent(finding, { at: now, by: null, what: 'called-off', data }));
  await keepRectification(run, finding, { ...finding.record, state: 'revoked', chase: null }, null, now);
}

/**
 * Ends the reply that is being written. @returns who was at it and has heard; null for nobody; `busy` while an answer of
 * theirs is being taken
 */
async function endReply(work: Work, finding: Ordered): Promise<string | 'busy' | null> {
  const { run, library, writes, now } = work;
  if (finding.sessionId === null) return null;
  const [row] = await run<{ contactId: string; isPresent: boolean }>(
    `SELECT contact_id::text AS "contactId", active_at >= $2::timestamptz AS "isPresent" FROM session
     WHERE id = $1::uuid AND ended_at IS NULL AND contact_id IS NOT NULL`,
    [finding.sessionId, new Date(Date.parse(now) - presentMs).toISOString()],
  );
  if (row === undefined) return null;
  // A turn holds its person before the problem, and this one the problem first: to wait here could be for ever.
  const [locked] = await run('SELECT id FROM contact WHERE id = $1::uuid FOR NO KEY UPDATE SKIP LOCKED', [
    row.contactId,
  ]);
  if (locked === undefined) return 'busy';
  const session = (await openSessionsOf(run, row.contactId)).find(({ id }) => id === finding.sessionId);
  if (session === undefined) return null;
  const flow = await library.flow(session.flowId, session.flowVersion);
  const { zone } = await library.campaign(session.campaignId);
  const ended = step(flow, session.state, { kind: 'end', at: now }, { zone });
  if (!ended.understood || session.address === null) return null;
  const person = { id: row.contactId, language: null, address: session.address, title: null };
  const place = { urn: session.address, room: null };
  recordStep(writes, ended, { flow, session, person, place, at: now });
  writes.moved.push(sessionRow(ended, session.id, session.address, now));
  if (!isAtIt(session, row.isPresent)) return null;
  const line: Line = { key: 'ledger:withdrawn.reply', params: about(finding) };
  writes.outbox.push(replyRow({ lines: [line] }, place, person, now));
  return row.contactId;
}

/** Somebody who is being asked just now; one who paused it, or left it a while ago, waits for nothing. */
function isAtIt({ state }: PlacedSession, isPresent: boolean): boolean {
  return isPresent && state.status === 'live';
}
