import type { ChannelName } from '../channels/channel.ts';
import { type Database, runOn } from './database.ts';
import { storeBytes } from './inbox.ts';
import claimFetches from './sql/claim-fetches.sql';
import endFetches from './sql/end-fetches.sql';
import type { Run } from './writes.ts';

/** A message whose files are to be fetched. `since`: when it came, ISO instant, machine time. */
export interface Fetch {
  seq: string;
  since: string;
}

/** Has a message's files fetched from `now` on (ISO instant, machine time), in the transaction that stored it. */
export async function fetchLater(run: Run, channel: ChannelName, seq: string, now: string): Promise<void> {
  await run(
    'INSERT INTO file_fetch (message_seq, channel, since, due_at) VALUES ($1, $2, $3::timestamptz, $3::timestamptz)',
    [seq, channel, now],
  );
}

/** Takes messages to fetch for; nobody else takes them before `leaseUntil`. Instants are ISO, machine time. */
export function claim(
  { pool }: Database,
  {
    channel,
    now,
    leaseUntil,
    limit,
  }: { channel: ChannelName; now: string; leaseUntil: string; limit: number },
): Promise<Fetch[]> {
  return runOn(pool)<Fetch>(claimFetches, [channel, now, leaseUntil, limit]);
}

/** When these may be taken (again): later by whoever is at it, at once when their process goes. */
export async function setDue({ pool }: Database, seqs: string[], at: string): Promise<void> {
  await runOn(pool)(
    'UPDATE file_fetch SET due_at = $2::timestamptz WHERE message_seq = ANY ($1::text[]::bigint[])',
    [seqs, at],
  );
}

/** The process that had them is gone: all can be taken at `now`. */
export async function reclaimFetches({ pool }: Database, now: string): Promise<void> {
  await runOn(pool)('UPDATE file_fetch SET due_at = $1::timestamptz WHERE due_at <> $1::timestamptz', [now]);
}

/** Somebody has this channel, though it is not connected: what waits for it is not given up before its time. */
export async function keepWaiting(
  { pool }: Database,
  channel: ChannelName,
  { now, before }: { now: string; before: string },
): Promise<void> {
  await runOn(pool)(
    'UPDATE file_fetch SET due_at = $2::timestamptz WHERE channel = $1 AND due_at <= $3::timestamptz',
    [channel, now, before],
  );
}

/**
 * Those that nobody has taken since `unclaimed`, and those that have been tried since `old` and are not being tried at
 * `now`.
 */
export async function abandonedFetches(
  { pool }: Database,
  { unclaimed, old, now }: { unclaimed: string; old: string; now: string },
): Promise<string[]> {
  const rows = await runOn(pool)<{ seq: string }>(
    `SELECT message_seq::text AS seq FROM file_fetch
     WHERE due_at <= $1::timestamptz OR (since <= $2::timestamptz AND due_at <= $3::timestamptz)`,
    [unclaimed, old, now],
  );
  return rows.map(({ seq }) => seq);
}

/** The messages go on, with the files that have come. */
export async function endFetch({ pool }: Database, seqs: string[]): Promise<void> {
  await runOn(pool)(endFetches, [seqs]);
}

/** A file that is still to be fetched. */
export interface WaitingFile {
  id: string;
  ref: string;
  name: string | null;
  mime: string;
}

export function waitingFiles({ pool }: Database, seq: string): Promise<WaitingFile[]> {
  return runOn(pool)<WaitingFile>(
    `SELECT id::text, coalesce(ref, '') AS ref, name, mime FROM attachment
     WHERE message_seq = $1 AND status = 'waiting' ORDER BY name, id`,
    [seq],
  );
}

/** What became of a file. */
export interface FetchedFile {
  status: string;
  mime: string;
  size: number;
  sha256: string | null;
  bytes: Uint8Array | null;
}

export async function storeFetched(run: Run, id: string, file: FetchedFile): Promise<void> {
  if (file.sha256 !== null && file.bytes !== null) await storeBytes(run, file.sha256, file.bytes);
  await run(
    `UPDATE attachment SET status = $2, sha256 = $3, mime = $4, size = $5, ref = NULL
     WHERE id = $1::uuid AND status = 'waiting'`,
    [id, file.status, file.sha256, file.mime, file.size],
  );
}
