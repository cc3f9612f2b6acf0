import type { ChannelName } from '../channels/channel.ts';
import type { ReplyKind } from '../flow/reply.ts';
import type { SessionState } from '../flow/session.ts';
import type { Language, Text } from '../flow/text.ts';
import type { Place } from '../flow/value.ts';
import loadTurns from './sql/load-turns.sql';
import lockWaiting from './sql/lock-waiting.sql';
import type { Run, SessionPart } from './writes.ts';

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
  /** The activity, when it is hidden from others. */
  secret: string | null;
  part: SessionPart;
}

export interface Person {
  id: string;
  language: Language | null;
  address: string | null;
  title: Text | null;
}

/** A message at the head of its sender's queue, with all that a turn needs to know. */
export interface WaitingTurn {
  seq: number;
  channel: ChannelName;
  urn: string;
  room: string | null;
  body: InboxBody;
  attempts: number;
  contact: Person;
  attachments: { id: string; mime: string; size: number; sha256: string | null; status: string }[];
  /** Messages to this person wait until they write in private, which they have done now. */
  held: boolean;
  /** It was said in private, where a command has asked this person for its fields (command-forms.ts). */
  asked: boolean;
  /** Those open where it was said, the one that spoke last first. */
  sessions: OpenSession[];
}

/** Locks people who have a message waiting. @returns their ids; the locks last as long as the transaction. */
export async function lockWaitingPeople(run: Run, now: string, limit: number): Promise<string[]> {
  const rows = await run<{ id: string }>(lockWaiting, [now, limit]);
  // Who has written from two addresses is there twice.
  return [...new Set(rows.map(({ id }) => id))];
}

/** The next message of each of these locked people, where it is ready to be handled at `now` (ISO instant). */
export async function loadWaitingTurns(run: Run, people: string[], now: string): Promise<WaitingTurn[]> {
  const turns = new Map<string, WaitingTurn>();
  for (const row of await run<TurnRow>(loadTurns, [people, now])) {
    const turn = turns.get(row.seq) ?? turnOf(row);
    turns.set(row.seq, turn);
    if (row.sessionId !== null) turn.sessions.push(sessionOf(row, row.sessionId));
  }
  return [...turns.values()];
}

/** A row of load-turns.sql: a message and one of its sessions. */
type TurnRow = Pick<WaitingTurn, 'channel' | 'urn' | 'room' | 'body' | 'attempts' | 'held' | 'asked'> &
  Omit<Person, 'id'> &
  Omit<OpenSession, 'id' | 'room' | 'address'> & {
    seq: string;
    contactId: string;
    attachments: WaitingTurn['attachments'] | null;
    sessionId: string | null;
    sessionRoom: string;
    sessionAddress: string | null;
  };

function turnOf(row: TurnRow): WaitingTurn {
  const { seq, channel, urn, room, body, attempts, held, asked } = row;
  const { contactId, language, address, title, attachments } = row;
  return {
    seq: Number(seq),
    channel,
    urn,
    room,
    body,
    attempts,
    held,
    asked,
    contact: { id: contactId, language, address, title },
    attachments: attachments ?? [],
    sessions: [],
  };
}

function sessionOf(row: TurnRow, id: string): OpenSession {
  const { campaignId, assignmentId, flowId, flowVersion, state, unitId, secret, part } = row;
  const place = { room: row.sessionRoom, address: row.sessionAddress };
  return { id, campaignId, assignmentId, flowId, flowVersion, state, ...place, unitId, secret, part };
}
