import {
  type Job,
  Logger,
  type Runner,
  runMigrations,
  run as runWorker,
  type TaskList,
} from 'graphile-worker';
import { type Channel, type ChannelName, SendFault } from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import { fileBytesMax, inspectBytes } from '../conversation/files.ts';
import { publishLarge } from '../conversation/publish-large.ts';
import type { Log } from '../log.ts';
import { type Database, inTransaction, runOn } from '../store/database.ts';
import { storeBytes } from '../store/inbox.ts';
import { PublishJob, publishTask } from '../store/later.ts';
import { workChannel } from '../store/listen.ts';
import type { Run } from '../store/writes.ts';
import { clearOut } from './housekeeping.ts';

export interface BackgroundOptions {
  database: Database;
  clock: Clock;
  log: Log;
  channels: Channel[];
  /** A message's files have arrived: the turn can take it. */
  fetched: () => void;
}

/** Tries of one file before it counts as lost. */
const fetchTriesMax = 6;

/** Long work on graphile-worker: fetching media, large publications, housekeeping. */
export async function startBackground(options: BackgroundOptions): Promise<{ stop(): Promise<void> }> {
  const { database, log, channels } = options;
  const taskList: TaskList = {
    housekeeping: () => clearOut(options),
    [publishTask]: (payload) => publish(options, payload),
  };
  for (const channel of channels) {
    if (channel.fetch === undefined) continue;
    taskList[taskOf(channel.name)] = (payload, { job }) => fetchFiles(options, channel, payload, job);
  }
  const runner: Runner = await runWorker({
    pgPool: database.pool,
    taskList,
    concurrency: 4,
    noHandleSignals: true,
    logger: quietLogger(log),
  });
  return { stop: () => runner.stop() };
}

async function publish({ database, clock }: BackgroundOptions, payload: unknown): Promise<void> {
  await publishLarge({ database, clock }, PublishJob.parse(payload));
  await runOn(database.pool)(`SELECT 1 FROM (SELECT pg_notify($1, '')) told`, [workChannel]);
}

/** Makes or updates graphile-worker's own tables. Before anything is enqueued. */
export function prepareBackground(database: Database, log: Log): Promise<void> {
  return runMigrations({ pgPool: database.pool, logger: quietLogger(log) });
}

/** Enqueues the fetching of a message's files, in the transaction that stored the message. */
export async function fetchLater(run: Run, channel: ChannelName, seq: string): Promise<void> {
  await run('SELECT 1 FROM graphile_worker.add_job($1, $2::json, max_attempts := $3)', [
    taskOf(channel),
    JSON.stringify({ seq }),
    fetchTriesMax,
  ]);
}

/** Enqueues work once for one key, however many processes ask. */
export async function enqueueOnce(run: Run, task: string, key: string): Promise<void> {
  await run(
    `SELECT 1 FROM graphile_worker.add_job($1, '{}'::json, job_key := $2, job_key_mode := 'unsafe_dedupe')`,
    [task, key],
  );
}

function taskOf(channel: ChannelName): string {
  return `fetch-files-${channel}`;
}

async function fetchFiles(
  options: BackgroundOptions,
  channel: Channel,
  payload: unknown,
  job: Job,
): Promise<void> {
  const seq = BigInt((payload as { seq: string }).seq);
  const last = job.attempts >= job.max_attempts;
  const waiting = await options.database.prisma.attachment.findMany({
    where: { messageSeq: seq, status: 'waiting' },
  });
  for (const { id, ref, mime, name } of waiting) {
    const bytes = await fetchOne(channel, ref ?? '', last);
    await inTransaction(options.database.pool, (run) => keep(run, id, name, mime, bytes));
  }
  await options.database.prisma.inbox.updateMany({
    where: { seq, status: 'fetching' },
    data: { status: 'waiting' },
  });
  options.fetched();
}

/** @returns null when the file is not to be had; @throws to be tried again */
async function fetchOne(channel: Channel, ref: string, last: boolean): Promise<Uint8Array | null> {
  try {
    return (await channel.fetch?.(ref, fileBytesMax)) ?? null;
  } catch (fault) {
    const final = fault instanceof SendFault && (fault.kind === 'refused' || fault.kind === 'unreachable');
    if (final || last) return null;
    throw fault;
  }
}

async function keep(
  run: Run,
  id: string,
  name: string | null,
  mime: string,
  bytes: Uint8Array | null,
): Promise<void> {
  const file = bytes === null ? null : await inspectBytes(name, mime, bytes);
  if (file?.sha256 != null && file.bytes !== null) await storeBytes(run, file.sha256, file.bytes);
  await run(
    `UPDATE attachment SET status = $2, sha256 = $3, mime = coalesce($4, mime), size = coalesce($5::int, size), ref = NULL
     WHERE id = $1::uuid`,
    [id, file?.status ?? 'lost', file?.sha256 ?? null, file?.mime ?? null, file?.size ?? null],
  );
}

/** Its messages hold no payloads; what it calls info is detail to us. */
function quietLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ worker: message.slice(0, 300) }, 'background work failed');
    else if (level === 'warning') log.warn({ worker: message.slice(0, 300) }, 'background work');
    else log.debug({ worker: message.slice(0, 300) }, 'background work');
  });
}
