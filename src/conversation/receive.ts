import type { Inbound, Receive } from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import { codeOf } from '../store/embedded/fault.ts';
import { type IncomingMessage, storeMessages, storeMessageWithFiles } from '../store/inbox.ts';
import type { InboxBody } from '../store/turns.ts';
import type { Run } from '../store/writes.ts';
import { inspectFile } from './files.ts';

/** Longest text kept, in UTF-16 units; what is beyond it is not something that a person typed. */
const textMax = 100_000;
/** Messages stored by one statement. */
const batchMax = 500;
/**
 * What a second try puts right (SQLSTATE): two processes that were delivered the same messages can deadlock, and Postgres
 * undoes one; a stranger can be forgotten in the very moment in which they write again (forget-strangers.sql).
 */
const passing: ReadonlySet<string> = new Set(['40P01', '23503']);
const triesMax = 5;

export interface ReceiveOptions {
  database: Database;
  clock: Clock;
  /** Called after messages were committed: there is work for the turn, or first files to be fetched. */
  stored: (files: boolean) => void;
  /** Has, in the same transaction, a message's files fetched. */
  fetchLater: (run: Run, channel: Inbound['channel'], seq: string) => Promise<void>;
}

interface Waiting {
  message: IncomingMessage;
  resolve: (fresh: boolean) => void;
  reject: (fault: unknown) => void;
}

/**
 * The way in. Messages that arrive while a commit is under way share the next one: idle, a message is committed at
 * once; under load the batches grow by themselves.
 */
export function createReceive({ database, clock, stored, fetchLater }: ReceiveOptions): Receive {
  let waiting: Waiting[] = [];
  let writing = false;

  async function write(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchMax);
      waiting = waiting.slice(batchMax);
      await settle(batch);
      stored(false);
    }
    writing = false;
  }

  async function settle(batch: Waiting[], tries = triesMax): Promise<void> {
    try {
      const fresh = await storeMessages(
        database,
        batch.map((one) => one.message),
      );
      // Of a message and its redelivery in one batch, one is new.
      for (const { message, resolve } of batch) resolve(fresh.delete(message.inbound.externalId));
    } catch (fault) {
      if (tries > 1 && passing.has(codeOf(fault) ?? '')) await settle(batch, tries - 1);
      else if (batch.length > 1 && isOfData(fault)) for (const one of batch) await settle([one]);
      else for (const { reject } of batch) reject(fault);
    }
  }

  return async (inbound) => {
    const receivedAt = clock.now().toISOString();
    const files = await Promise.all(inbound.files.map(inspectFile));
    const message: IncomingMessage = { inbound: clean(inbound), body: bodyOf(inbound), files, receivedAt };
    if (files.length > 0) {
      const fresh = await storeMessageWithFiles(database, message, (run, seq) =>
        fetchLater(run, inbound.channel, seq),
      );
      stored(true);
      return fresh;
    }
    return new Promise((resolve, reject) => {
      waiting.push({ message, resolve, reject });
      // A turn of the event loop lets requests of the same instant share a commit and be put in the order sent.
      if (!writing) setImmediate(() => void (writing || write()));
    });
  };
}

function clean(inbound: Inbound): Inbound {
  const { room } = inbound;
  const addresses = { externalId: storable(inbound.externalId), urn: storable(inbound.urn) };
  return room === undefined
    ? { ...inbound, ...addresses }
    : { ...inbound, ...addresses, room: storable(room) };
}

function bodyOf(inbound: Inbound): InboxBody {
  const body: InboxBody = {
    kind: inbound.kind,
    text: storable(inbound.text.slice(0, textMax)),
    addressed: inbound.addressed || inbound.room === undefined,
    slash: inbound.slash,
  };
  if (inbound.press !== undefined) body.press = storableIn(inbound.press);
  if (inbound.place !== undefined) body.place = storableIn(inbound.place);
  if (inbound.files.length > 0) body.files = inbound.files.length;
  return body;
}

/** Postgres can hold neither NUL nor half a surrogate pair: both become U+FFFD, everything else stays as typed. */
function storable(text: string): string {
  return text
    .replaceAll('\u0000', '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** The same for every text in a value of JSON. */
function storableIn<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, inner) =>
    typeof inner === 'string' ? storable(inner) : inner,
  );
}

/** Whether Postgres refused what it was given (SQLSTATE 22, 23, 54), so that others' messages may do better alone. */
function isOfData(fault: unknown): boolean {
  return /^(22|23|54)/.test(codeOf(fault) ?? '');
}
