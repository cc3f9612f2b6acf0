import type { ChannelName } from '../channels/channel.ts';
import type { ReplyKind } from '../flow/reply.ts';
import type { SessionState } from '../flow/session.ts';
import type { Language, Text } from '../flow/text.ts';
import type { Place } from '../flow/value.ts';
import loadTurns from './sql/load-turns.sql';
import lockWaiting from './sql/lock-waiting.sql';
import type { Run } from './writes.ts';

/** What is kept of an inbound message besides its addresses. */
export interface InboxBody {
  kind: ReplyKind;
  text: string;
  addressed: boolean;
  slash: boolean;
  press?: { target: string; question: string; options: string[] };
  place?: Place;
  /** How many files came with it. */
  files?: number;
}

export interface OpenSession {
  id: string;
  campaignId: string;
  assignmentId: string | null;
  flowId: string;
  flowVersion: number;
  state: SessionState;
  room: string;
  /** Where its questions were last asked; null before the first. */
  address: string | null;
  /** The unit that the session is about. */
  unitId: string | null;
}

export interface Person {
  id: string;
  language: Language | null;
  address: string | null;
  title: Text | null;
}

/** A message at the head of its sender's queue, with all that a turn needs to know. Instants are ISO strings. */
export interface WaitingTurn {
  seq: number;
  externalId: string;
  channel: ChannelName;
  urn: string;
  room: string | null;
  body: InboxBody;
  sentAt: string;
  status: 'waiting' | 'fetching';
  attempts: number;
  retryAt: string | null;
  contact: Person;
  attachments: { id: string; mime: string; size: number; sha256: string | null; status: string }[];
  sessions: OpenSession[];
}

/** Locks people who have a message waiting. @returns their ids; the locks last as long as the transaction. */
export async function lockWaitingPeople(run: Run, now: string, limit: number): Promise<string[]> {
  return (await run<{ id: string }>(lockWaiting, [now, limit])).map((row) => row.id);
}

/** The next message of each of these locked people, where it is ready to be handled. */
export async function loadWaitingTurns(run: Run, people: string[], now: string): Promise<WaitingTurn[]> {
  const rows = await run<{ turn: WaitingTurn }>(loadTurns, [people]);
  const instant = Date.parse(now);
  return rows
    .map((row) => row.turn)
    .filter(
      (turn) => turn.status === 'waiting' && (turn.retryAt === null || Date.parse(turn.retryAt) <= instant),
    );
}
