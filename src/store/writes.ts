import type { QuietHours } from '../campaign/instant.ts';
import type { ChannelName } from '../channels/channel.ts';
import type { Say } from '../flow/say.ts';
import type { SessionState } from '../flow/session.ts';
import type { Text } from '../flow/text.ts';
import type { Value } from '../flow/value.ts';
import { type AuditEvent, appendAudit } from './audit.ts';
import type { CountedSlot } from './devices.ts';
import { changesOf } from './ledger-changes.ts';
import { keepRatings, type NewRating } from './ratings.ts';
import commitTurns from './sql/commit-turns.sql';
import forgetAnonymous from './sql/forget-anonymous.sql';
import forgetFiles from './sql/forget-files.sql';
import replaceAnswers from './sql/replace-answers.sql';

/** Priorities of outgoing messages: an answer to someone waiting, a deadline, an announcement. */
export const priority = { reply: 0, deadline: 1, broadcast: 2 } as const;

export interface OutboxRow {
  /** Same key, same message: inserted once. */
  key?: string;
  channel: ChannelName;
  address: string;
  only?: string;
  mention?: string;
  contactId?: string;
  priority: number;
  /** Without lines nothing is posted. */
  say: Say;
  /** Questions that need no answer any more: the messages at this address that asked them are redrawn, before the post. */
  settles?: { question: string; say: Say }[];
  sessionId?: string;
  /** The one that is asked. */
  question?: string;
  at: string;
  dueAt: string;
  /** It must not go out in these hours, however late it is: see {@link quietOf}. Unset for what somebody waits for. */
  quiet?: QuietHours;
  /** Said at the end of an anonymous session: kept nowhere once it was sent. */
  forget?: boolean;
  /** The hidden activity that it tells of. */
  secret?: string;
}

export interface SessionRow {
  id: string;
  status: SessionState['status'];
  state: SessionState;
  address: string | null;
  at: string;
  wakeAt: string | null;
  endedAt: string | null;
}

/** What a session of a task is: one of its visits, or what the report needs beside them. */
export type SessionPart = 'visit' | 'report';

export interface BegunSession extends SessionRow {
  contactId: string;
  room: string;
  campaignId: string;
  assignmentId: string | null;
  flowId: string;
  flowVersion: number;
  part: SessionPart;
  /** By which a citizen came to rate. */
  surveyCode?: string;
}

export interface FindingRow {
  campaignId: string;
  assignmentId: string | null;
  unitId: string | null;
  sessionId: string | null;
  question: string | null;
  problem: Text;
  value: Value | null;
  reportedBy: string | null;
  attachments: string[];
  /** Where it was said in a person's own words: a room, or '' in private. Null for what a checklist opened. */
  place: string | null;
  at: string;
}

/** An anonymous session as the rating that becomes of it. */
export interface RatedSession {
  sessionId: string;
  rating: NewRating;
  /** For the unit's part of the day: see `countedSlots` (store/devices.ts). */
  counted: CountedSlot[];
}

/** Everything that a batch of turns wants written. Timestamps are ISO instants. */
export interface Writes {
  /** `forget`: said in an anonymous session; of such a message neither words nor files lead to the person. */
  handled: { seq: number; forget: boolean; files?: boolean }[];
  begun: BegunSession[];
  moved: SessionRow[];
  replaced: { sessionId: string; question: string; at: string }[];
  answers: { sessionId: string; question: string; value: Value; said: string | null; at: string }[];
  findings: FindingRow[];
  /** Photos of open findings, all there are. */
  evidence: { sessionId: string; question: string; attachments: string[] }[];
  /** Answers that show no problem any more; `by`: whose doing that is, null for the passing of time. */
  withdrawn: { sessionId: string; question: string; by: string | null; at: string }[];
  /** Anonymous sessions that ended without being submitted. */
  forgotten: string[];
  /** Those that were submitted: nothing but this is kept of them. */
  rated: RatedSession[];
  contacts: { id: string; address?: string; language?: string }[];
  outbox: OutboxRow[];
  /** What goes into the audit log: everything but ordinary answers. */
  audit: AuditEvent[];
}

export function noWrites(): Writes {
  return {
    handled: [],
    begun: [],
    moved: [],
    replaced: [],
    answers: [],
    findings: [],
    evidence: [],
    withdrawn: [],
    forgotten: [],
    rated: [],
    contacts: [],
    outbox: [],
    audit: [],
  };
}

/** Runs one statement inside the caller's transaction: a `pg` client's, or Prisma's. */
export type Run = <Row = unknown>(sql: string, parameters: unknown[]) => Promise<Row[]>;

/**
 * The only writer of sessions, answers and outgoing messages. With events to audit it must be the last of its transaction
 * (see `appendAudit`).
 */
export async function commitWrites(run: Run, writes: Writes): Promise<void> {
  const changes = await changesOf(run, writes, () => writeRows(run, writes));
  await appendAudit(run, [...writes.audit, ...changes, ...secretsShown(writes.outbox)]);
}

/**
 * All but the audit, for a transaction that goes on afterwards; it owes the log `audit` and `secretsShown(outbox)` at its end.
 */
export async function writeRows(run: Run, { audit, ...writes }: Writes): Promise<void> {
  if (writes.replaced.length > 0) await run(replaceAnswers, [JSON.stringify(writes.replaced)]);
  const seqs = writes.handled.map(({ seq }) => String(seq));
  await run(commitTurns, [JSON.stringify(writes), seqs, writes.moved.map(({ id }) => id)]);
  const files = writes.handled.filter((one) => one.forget && one.files === true);
  if (files.length > 0) await run(forgetFiles, [files.map(({ seq }) => String(seq))]);
  const { forgotten, rated } = writes;
  if (forgotten.length + rated.length === 0) return;
  const submitted = rated.map(({ sessionId }) => sessionId);
  await run(forgetAnonymous, [[...forgotten, ...submitted], submitted]);
  if (rated.length > 0)
    await keepRatings(
      run,
      rated.map(({ rating }) => rating),
      rated.flatMap(({ counted }) => counted),
    );
}

/**
 * Who is shown what is secret by these messages. Questions of a session are left out: who began it is in the log already.
 */
export function secretsShown(outbox: OutboxRow[]): AuditEvent[] {
  const events = new Map<string, AuditEvent>();
  for (const { secret, sessionId, contactId: by = null, at } of outbox) {
    if (secret === undefined || sessionId !== undefined) continue;
    const about = `activity:${secret}`;
    const event = { at, by, kind: 'secret.sent' as const, campaignId: null, about, data: {}, secret };
    events.set(`${by} ${secret}`, event);
  }
  return [...events.values()];
}
