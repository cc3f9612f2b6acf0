import { randomUUID } from 'node:crypto';
import type { Inbound } from '../channels/channel.ts';
import type { Database } from './database.ts';
import { inTransaction, runOn } from './database.ts';
import receive from './sql/receive.sql';
import type { InboxBody } from './turns.ts';
import type { Run } from './writes.ts';

/** A file as it is to be stored: its bytes, or where the channel will fetch them. */
export interface IncomingFile {
  name: string | null;
  mime: string;
  size: number;
  /** `roster`: a table, which is no answer to anything; its bytes are kept until it is read. */
  status: 'stored' | 'refused' | 'waiting' | 'roster';
  sha256: string | null;
  bytes: Uint8Array | null;
  ref: string | null;
}

export interface IncomingMessage {
  inbound: Inbound;
  body: InboxBody;
  files: IncomingFile[];
  receivedAt: string;
}

/** Stores messages without files, all in one statement. @returns the external ids that were new */
export async function storeMessages(database: Database, messages: IncomingMessage[]): Promise<Set<string>> {
  const rows = await insert(runOn(database.pool), messages);
  return new Set(rows.map((row) => row.externalId));
}

/**
 * Stores one message with its files. `afterwards` runs in the same transaction when files must still be fetched.
 * @returns false when the message was stored before
 */
export async function storeMessageWithFiles(
  database: Database,
  message: IncomingMessage,
  afterwards: (run: Run, seq: string) => Promise<void>,
): Promise<boolean> {
  return inTransaction(database.pool, async (run) => {
    const [row] = await insert(run, [message]);
    if (row === undefined) return false;
    for (const file of message.files) await insertFile(run, row.seq, message, file);
    if (message.files.some((file) => file.status === 'waiting')) await afterwards(run, row.seq);
    return true;
  });
}

function insert(run: Run, messages: IncomingMessage[]): Promise<{ externalId: string; seq: string }[]> {
  const given = messages.map(({ inbound, body, files, receivedAt }) => ({
    externalId: inbound.externalId,
    channel: inbound.channel,
    urn: inbound.urn,
    room: inbound.room ?? null,
    body,
    sentAt: inbound.sentAt,
    receivedAt,
    status: files.some((file) => file.status === 'waiting') ? 'fetching' : 'waiting',
    newContact: randomUUID(),
  }));
  return run(receive, [JSON.stringify(given)]);
}

async function insertFile(
  run: Run,
  seq: string,
  message: IncomingMessage,
  file: IncomingFile,
): Promise<void> {
  if (file.bytes !== null && file.sha256 !== null) await storeBytes(run, file.sha256, file.bytes);
  await run(
    `INSERT INTO attachment (message_seq, external_id, urn, name, mime, size, sha256, status, ref, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      seq,
      message.inbound.externalId,
      message.inbound.urn,
      file.name,
      file.mime,
      file.size,
      file.sha256,
      file.status,
      file.ref,
      message.receivedAt,
    ],
  );
}

/** Keeps the bytes once, whoever sends them again. */
export async function storeBytes(run: Run, sha256: string, bytes: Uint8Array): Promise<void> {
  await run('INSERT INTO attachment_content (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    sha256,
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ]);
}
