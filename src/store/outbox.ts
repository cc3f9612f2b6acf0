import type { QuietHours } from '../campaign/instant.ts';
import { accountOf } from '../channels/address.ts';
import type { ChannelName } from '../channels/channel.ts';
import type { Say } from '../flow/say.ts';
import type { Language } from '../flow/text.ts';
import { type Database, inTransaction, runOn } from './database.ts';
import outboxCandidates from './sql/outbox-candidates.sql';
import outboxClaim from './sql/outbox-claim.sql';
import outboxSettle from './sql/outbox-settle.sql';
import type { Run } from './writes.ts';

/** A message at the head of its address's queue. */
export interface OutgoingMessage {
  seq: number;
  /** By what name operators know it (dead-letters.ts): the count of all messages in and out, which secret ones leave alone. */
  shown: string;
  channel: ChannelName;
  address: string;
  only: string | null;
  mention: string | null;
  contactId: string | null;
  priority: number;
  /** Without lines nothing is posted. */
  say: Say;
  /** Questions that need no answer any more, with the platform's ids of the messages that asked, the latest first. */
  settles: { say: Say; asked: string[] }[] | null;
  attempts: number;
  /** Since when it has failed, each time it was tried; ISO instant, machine time. */
  failingSince: string | null;
  /** Hours in which it must not go out. */
  quiet: QuietHours | null;
  /** Of an anonymous session that has ended: not to be kept for anybody who can't be reached now. */
  forget: boolean;
  language: Language | null;
  /** The address's lane: when it was written to last, ISO instants, machine time. */
  spent: string[] | null;
  /** The hidden activity that it tells of. */
  secret: string | null;
}

/** Whether it is more than the redrawing of others. */
export function isPosted({ say }: Pick<OutgoingMessage, 'say'>): boolean {
  return say.lines.length > 0;
}

/** One that may go now, if the budgets allow. */
export type Candidate = Omit<OutgoingMessage, 'shown'>;

export interface Choice {
  chosen: Candidate[];
  /** Lanes after the chosen ones are sent. */
  lanes: Lane[];
  /** What must not go out now, and when it may; ISO instant, campaigns' time. */
  putOff: { seq: number; dueAt: string }[];
}

/** An account or an address: the instants (ISO, machine time) at which it was written to that its budget looks back on. */
export interface Lane {
  lane: string;
  spent: string[];
}

/** The name of an account's lane; an address's is the address. */
export function accountLane(address: string): string {
  return `account:${accountOf(address)}`;
}

export interface ExchangeOptions {
  channel: ChannelName;
  /** What became of messages claimed before. */
  receipts: Receipt[];
  /** Now of the campaigns and now of the machine; ISO instants. */
  now: string;
  machineNow: string;
  leaseUntil: string;
  /** Messages to claim at most; 0 only hands in the receipts. */
  limit: number;
  /** Whether the channel's account has a budget, whose lanes `choose` must then know. */
  budgeted: boolean;
  /** Picks what the budgets allow. `accounts` holds the accounts' lanes that are known. */
  choose: (candidates: Candidate[], accounts: Lane[]) => Choice;
}

/** Keeps the claims of one channel one after another, in all processes: two at once would spend a budget twice. */
const claimLock = { slack: 810_001, wechat: 810_002, console: 810_003 } as const;

/**
 * Hands in receipts and claims the messages to be sent now, in one transaction. It doesn't wait for the disk: losing a
 * claim or a receipt in a crash of the server makes a message go out twice, never not at all.
 */
export function exchange(database: Database, options: ExchangeOptions): Promise<OutgoingMessage[]> {
  const { channel, receipts, now, machineNow, leaseUntil, limit, budgeted, choose } = options;
  return inTransaction(
    database.pool,
    async (run) => {
      if (receipts.length > 0)
        await run(outboxSettle, [JSON.stringify(receipts), receipts.map(({ seq }) => String(seq))]);
      if (limit === 0) return [];
      const rows = await run<CandidateRow>(outboxCandidates, [now, channel, machineNow, limit]);
      if (rows.length === 0) return [];
      const { chosen, lanes, putOff } = choose(
        rows.map((row) => ({ ...row, seq: Number(row.seq) })),
        budgeted ? await accountLanes(run, rows) : [],
      );
      if (chosen.length + putOff.length === 0) return [];
      const [seqs, later] = [chosen, putOff].map((some) => some.map(({ seq }) => String(seq)));
      const claimed = await run<{ seq: string; shown: string }>(outboxClaim, [
        seqs,
        leaseUntil,
        JSON.stringify(lanes),
        JSON.stringify(putOff),
        later,
      ]);
      const shown = new Map(claimed.map((row) => [Number(row.seq), row.shown]));
      return chosen.map((message) => ({ ...message, shown: shown.get(message.seq) ?? '' }));
    },
    `SET LOCAL synchronous_commit = off; SELECT pg_advisory_xact_lock(${claimLock[channel]})`,
  );
}

type CandidateRow = Omit<Candidate, 'seq'> & { seq: string };

function accountLanes(run: Run, rows: { address: string }[]): Promise<Lane[]> {
  const names = new Set(rows.map(({ address }) => accountLane(address)));
  return run<Lane>('SELECT lane, to_json(spent) AS spent FROM lane WHERE lane = ANY ($1::text[])', [
    [...names],
  ]);
}

export interface Receipt {
  seq: number;
  status: 'sent' | 'waiting' | 'held' | 'dead';
  at: string;
  externalId?: string;
  attempts?: number;
  /** As in {@link OutgoingMessage}. */
  failingSince?: string;
  fault?: string;
  leaseUntil?: string;
  /** Another address of the same person, to be tried instead. */
  address?: string;
}

/**
 * Gives back the messages of senders that died: their lease has lapsed by `machineNow`, an ISO instant, or `infinity` for
 * all of them. @returns how many
 */
export async function reclaimLapsed(database: Database, machineNow: string): Promise<number> {
  const rows = await runOn(database.pool)(
    `UPDATE outbox SET status = 'waiting', lease_until = NULL
     WHERE status = 'sending' AND lease_until <= $1::timestamptz RETURNING 1`,
    [machineNow],
  );
  return rows.length;
}

/** These are still on their way: nobody else may take them before `leaseUntil` (ISO instant, machine time). */
export async function renewLeases(database: Database, seqs: number[], leaseUntil: string): Promise<void> {
  await runOn(database.pool)(
    `UPDATE outbox SET lease_until = $2::timestamptz WHERE seq = ANY ($1::bigint[]) AND status = 'sending'`,
    [seqs.map(String), leaseUntil],
  );
}

/** Another address of the person, on a channel that is connected, when one can't be reached. */
export async function otherAddress(
  database: Database,
  contactId: string,
  address: string,
  channels: ChannelName[],
): Promise<string | null> {
  const [row] = await runOn(database.pool)<{ urn: string }>(
    `SELECT urn FROM urn WHERE contact_id = $1::uuid AND urn <> $2 AND split_part(urn, ':', 1) = ANY ($3::text[])
     ORDER BY created_at DESC LIMIT 1`,
    [contactId, address, channels],
  );
  return row?.urn ?? null;
}

/** The room where a person was last heard, from any of their addresses on these channels, and by which. */
export async function lastRoomOf(
  database: Database,
  contactId: string,
  channels: ChannelName[],
): Promise<{ room: string; urn: string } | null> {
  const [row] = await runOn(database.pool)<{ room: string; urn: string }>(
    `SELECT i.room, u.urn FROM urn u CROSS JOIN LATERAL (
       SELECT room, seq FROM inbox WHERE urn = u.urn AND room IS NOT NULL ORDER BY seq DESC LIMIT 1) i
     WHERE u.contact_id = $1::uuid AND split_part(u.urn, ':', 1) = ANY ($2::text[])
     ORDER BY i.seq DESC LIMIT 1`,
    [contactId, channels],
  );
  return row ?? null;
}
