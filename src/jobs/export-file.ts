import { channelOf } from '../channels/address.ts';
import type { Clock } from '../clock.ts';
import { redraws } from '../conversation/outcome.ts';
import type { Line, Say, SentenceKey } from '../flow/say.ts';
import { type Language, languages } from '../flow/text.ts';
import { rowsTold } from '../report/rows-told.ts';
import { snapshotBytes } from '../report/snapshot.ts';
import { makeExport } from '../report/xlsx/book.ts';
import { printedSnapshot } from '../short-code.ts';
import { keepMade } from '../store/attachments.ts';
import { appendAudit } from '../store/audit.ts';
import { type Database, inTransaction, runOn } from '../store/database.ts';
import type { ExportJob } from '../store/later.ts';
import { createLibrary } from '../store/library.ts';
import { callForWork } from '../store/listen.ts';
import { findSnapshot, type Snapshot } from '../store/snapshots.ts';
import { noWrites, type OutboxRow, type Run, writeRows } from '../store/writes.ts';
import { replyTo } from './reply.ts';

export interface ExportOptions {
  database: Database;
  clock: Clock;
  machine: Clock;
}

/** The largest file that is sent in a chat, bytes: WeChat's bridges give up on more. */
export const sendableMax = 20 * 1024 * 1024;

/** Fewer rows than this are written before anybody looks at a bar. */
const shownFrom = 20_000;
/** Ms between two looks of a bar. */
const redrawEveryMs = 2_000;

/**
 * Makes an export, or finds the one that was asked for by its id, and sends it where it was asked for. How far it is is told in one
 * message that is redrawn, where the channel can.
 */
export async function sendExport(options: ExportOptions, job: ExportJob): Promise<void> {
  const { database, clock } = options;
  const at = clock.now().toISOString();
  const run = runOn(database.pool);
  const [contact] = await run<{ language: Language | null }>(
    'SELECT language FROM contact WHERE id = $1::uuid',
    [job.to.contactId],
  );
  if (contact === undefined) return;
  const language = contact.language ?? languages[0];
  const progress = progressOf(options, job, at);
  const known = await findSnapshot(run, job.id);
  const made =
    known === null && job.kind !== 'snapshot'
      ? await makeExport(
          { database, library: createLibrary(database) },
          { ...job, kind: job.kind, language, by: job.to.contactId, at },
          progress.told,
        )
      : ({ kind: 'made', snapshot: known } as const);
  if (made.kind === 'made' && made.snapshot !== null)
    return deliver(database, job, made.snapshot, progress.settles(), at);
  const key: SentenceKey = made.kind === 'made' ? 'exports:refused.unknown' : `exports:refused.${made.kind}`;
  await inTransaction(database.pool, (within) =>
    writeRows(within, { ...noWrites(), outbox: [replyTo(job.to, { lines: [{ key }] }, at)] }),
  );
}

/** Sends a kept file, or says how to get at one that is too large for a chat; in the audit log before it is handed out. */
async function deliver(
  database: Database,
  job: ExportJob,
  snapshot: Snapshot,
  settles: Pick<OutboxRow, 'settles' | 'sessionId'>,
  at: string,
): Promise<void> {
  const { id, name, mime, size, rows, sha256, kind } = snapshot;
  const params = {
    id: printedSnapshot(id),
    rows: rowsTold(snapshot),
    megabytes: Math.ceil(size / 1_048_576),
  };
  const isSendable = size <= sendableMax;
  const line: Line = { key: isSendable ? 'exports:done' : 'exports:done.large', params };
  await inTransaction(database.pool, async (run) => {
    const attachments = isSendable
      ? [await keepMade(run, { name, mime, bytes: await whole(run, snapshot) }, at)]
      : [];
    const say: Say = { lines: [line], ...(isSendable ? { attachments } : {}) };
    const row = { ...replyTo(job.to, say, at), ...settles, key: `export:${job.key}` };
    await writeRows(run, { ...noWrites(), outbox: [row] });
    const { contactId: by } = job.to;
    const data = { what: kind, snapshot: id, sha256, rows };
    const about = `campaign:${job.campaignId}`;
    await appendAudit(run, [{ at, by, kind: 'export.made', campaignId: job.campaignId, about, data }]);
  });
}

async function whole(run: Run, snapshot: Snapshot): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of snapshotBytes(run, snapshot)) parts.push(part);
  return Buffer.concat(parts);
}

/** One message with a bar, told anew as rows are written. It goes by the key of the job, as questions go by their sessions. */
function progressOf({ database, machine }: ExportOptions, job: ExportJob, at: string) {
  const { progressId: sessionId } = job;
  const begunMs = machine.now().getTime();
  let shownMs: number | null = null;
  const write = async (row: OutboxRow) => {
    await inTransaction(database.pool, (run) => writeRows(run, { ...noWrites(), outbox: [row] }));
    await callForWork(runOn(database.pool));
  };
  const told = async (done: number, total: number) => {
    const nowMs = machine.now().getTime();
    if (total < shownFrom || done >= total || (shownMs !== null && nowMs - shownMs < redrawEveryMs)) return;
    if (shownMs !== null && !redraws.has(channelOf(job.to.address))) return;
    const leftMs = ((nowMs - begunMs) * (total - done)) / done;
    const lines: Line[] = [
      { key: 'exports:progress', params: { ...barOf(done / total), ...leftOf(leftMs) } },
    ];
    const first = shownMs === null;
    shownMs = nowMs;
    const row = replyTo(job.to, { lines: first ? lines : [] }, at);
    await write(
      first
        ? { ...row, sessionId, question }
        : { ...row, sessionId, settles: [{ question, say: { lines } }] },
    );
  };
  const settles = (): Pick<OutboxRow, 'settles' | 'sessionId'> => {
    const full: Line = { key: 'exports:progress.done', params: barOf(1) };
    return shownMs === null ? {} : { sessionId, settles: [{ question, say: { lines: [full] } }] };
  };
  return { told, settles };
}

/** What a bar's message is found by, beside its job. */
const question = 'progress';
const barLength = 10;

export function barOf(share: number): { bar: string; percent: number } {
  const full = Math.floor(share * barLength);
  return { bar: '▓'.repeat(full) + '░'.repeat(barLength - full), percent: Math.floor(100 * share) };
}

function leftOf(ms: number): { left: { key: SentenceKey; params: { n: number } } } {
  const seconds = Math.max(5, Math.ceil(ms / 5_000) * 5);
  return seconds < 90
    ? { left: { key: 'exports:left.seconds', params: { n: seconds } } }
    : { left: { key: 'exports:left.minutes', params: { n: Math.ceil(seconds / 60) } } };
}
