import { type Channel, SendFault } from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import { fileBytesMax, inspectBytes } from '../conversation/files.ts';
import type { Log } from '../log.ts';
import { type Database, inTransaction } from '../store/database.ts';
import {
  abandonedFetches,
  claim,
  endFetch,
  type Fetch,
  keepWaiting,
  setDue,
  storeFetched,
  type WaitingFile,
  waitingFiles,
} from '../store/fetches.ts';
import { type Loop, startLoop } from './loop.ts';

export interface FetcherOptions {
  database: Database;
  /** Leases and patience run on the machine's time. */
  machine: Clock;
  log: Log;
  /** Messages' files have arrived or are lost: the turn can take them. */
  fetched: () => void;
  /** Ms between two looks without a signal. */
  pollMs?: number;
}

/** Messages of one channel fetched for at once. */
const atOnceMax = 4;
/** How long a message is left to its fetcher for each of its files, ms; longer than any channel takes for one. */
const leaseMs = 240_000;
/** How long a file is tried before it counts as lost, ms: a puppet that is restarted, a login that is renewed. */
export const fetchMsMax = 3_600_000;
/** Wait before the next try, ms: as long again as it has been tried already. */
const pauseMs = { min: 1_000, max: 60_000 } as const;
/** How long a message waits that no process has the channel for, ms. */
export const unclaimedMsMax = 600_000;
/** How long a process that ends waits for what is on its way, ms; the rest is its successor's. */
const stopMsMax = 3_000;

/** Fetches the files of messages that came through one channel; a message is handled once all are there or lost. */
export function startFetcher(channel: Channel, options: FetcherOptions): Loop {
  const { database, machine, log } = options;
  const onTheWay = new Map<string, Promise<void>>();
  const after = (ms: number) => new Date(machine.now().getTime() + ms).toISOString();
  const loop = startLoop(`files ${channel.name}`, options.pollMs ?? 1_000, log, async () => {
    const limit = atOnceMax - onTheWay.size;
    if (limit === 0) return 0;
    if (!channel.health().ready) {
      await keepWaiting(database, channel.name, { now: after(0), before: after(-pauseMs.max) });
      return 0;
    }
    const leased = { now: after(0), leaseUntil: after(leaseMs), limit };
    const claimed = await claim(database, { channel: channel.name, ...leased });
    for (const one of claimed) onTheWay.set(one.seq, fetchFor(one));
    return claimed.length;
  });

  const isOld = ({ since }: Fetch) => machine.now().getTime() - Date.parse(since) >= fetchMsMax;
  const again = (err: unknown) => log.error({ err }, 'files could not be given up; it will be tried again');

  /** Never rejects: what goes wrong is tried again. */
  async function fetchFor(one: Fetch): Promise<void> {
    try {
      await fetchFiles(channel, options, one);
    } catch (err) {
      // It stays leased, and is taken again when that has lapsed.
      log.error({ err, seq: one.seq }, 'the files of a message could not be fetched');
      if (isOld(one)) await endFetch(database, [one.seq]).then(options.fetched, again);
    }
    onTheWay.delete(one.seq);
    loop.signal();
  }

  return {
    signal: loop.signal,
    idle: loop.idle,
    stop: async () => {
      await loop.stop();
      await soon(Promise.all(onTheWay.values()), stopMsMax);
      if (onTheWay.size > 0) await setDue(database, [...onTheWay.keys()], after(0));
    },
  };
}

/**
 * Gives up files that nobody fetches, so that the person goes on and is told: those of a channel that is switched off,
 * and those that have failed for too long. @returns how many messages go on
 */
export async function giveUpFiles({ database, machine, log, fetched }: FetcherOptions): Promise<number> {
  const nowMs = machine.now().getTime();
  const at = (ms: number) => new Date(nowMs - ms).toISOString();
  // The fetcher's own last try comes first.
  const old = at(fetchMsMax + pauseMs.max);
  const seqs = await abandonedFetches(database, { unclaimed: at(unclaimedMsMax), old, now: at(0) });
  if (seqs.length === 0) return 0;
  log.warn({ seqs }, 'nobody fetches the files of these messages; they are handled without');
  await endFetch(database, seqs);
  fetched();
  return seqs.length;
}

async function fetchFiles(channel: Channel, options: FetcherOptions, { seq, since }: Fetch): Promise<void> {
  const { database, machine } = options;
  for (const file of await waitingFiles(database, seq)) {
    await setDue(database, [seq], new Date(machine.now().getTime() + leaseMs).toISOString());
    const got = await fetchOne(channel, file);
    const nowMs = machine.now().getTime();
    const triedMs = nowMs - Date.parse(since);
    if (got.kind === 'later' && triedMs < fetchMsMax) {
      const pause = got.afterMs ?? Math.min(pauseMs.max, Math.max(pauseMs.min, triedMs));
      await setDue(database, [seq], new Date(nowMs + pause).toISOString());
      return;
    }
    if (got.kind === 'bytes') await keep(database, file, got.bytes);
  }
  await endFetch(database, [seq]);
  options.fetched();
}

type Got =
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'lost' }
  | { kind: 'later'; afterMs: number | undefined };

async function fetchOne(channel: Channel, { ref }: WaitingFile): Promise<Got> {
  if (channel.fetch === undefined) return { kind: 'lost' };
  try {
    return { kind: 'bytes', bytes: await channel.fetch(ref, fileBytesMax) };
  } catch (fault) {
    if (!(fault instanceof SendFault)) throw fault;
    const isFinal = fault.kind === 'refused' || fault.kind === 'unreachable';
    return isFinal ? { kind: 'lost' } : { kind: 'later', afterMs: fault.retryAfterMs };
  }
}

async function keep({ pool }: Database, { id, name, mime }: WaitingFile, bytes: Uint8Array): Promise<void> {
  const file = await inspectBytes(name, mime, bytes);
  await inTransaction(pool, (run) => storeFetched(run, id, file));
}

/** Resolves with the work, or after `ms`. */
async function soon(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
