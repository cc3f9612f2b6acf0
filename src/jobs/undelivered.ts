import { channelOf } from '../channels/address.ts';
import type { SendFault } from '../channels/channel.ts';
import { runOn } from '../store/database.ts';
import { lastRoomOf, type OutgoingMessage, otherAddress, type Receipt } from '../store/outbox.ts';
import { commitWrites, noWrites, priority } from '../store/writes.ts';
import type { DispatcherOptions } from './dispatcher.ts';

/** Tries of one message before it becomes a dead letter. */
const attemptsMax = 8;
/** Wait before the next try, ms: doubles each time. */
const backOffMs = { first: 1_000, max: 300_000 } as const;

/** What becomes of a message that could not be sent. */
export async function afterFault(
  options: DispatcherOptions,
  message: OutgoingMessage,
  fault: SendFault,
  at: string,
): Promise<Receipt> {
  const { seq, attempts } = message;
  const told = `${fault.kind}: ${fault.message}`.slice(0, 300);
  const waitUntil = (ms: number) => new Date(options.machine.now().getTime() + ms).toISOString();
  switch (fault.kind) {
    case 'rate':
      return {
        seq,
        status: 'waiting',
        at,
        fault: told,
        leaseUntil: waitUntil(fault.retryAfterMs ?? backOffMs.first),
      };
    case 'refused':
      noteFault(options, message, { kind: fault.kind }, 'a message was refused and is set aside');
      return { seq, status: 'dead', at, attempts: attempts + 1, fault: told };
    case 'passing': {
      const tried = attempts + 1;
      if (tried >= attemptsMax) {
        noteFault(options, message, { attempts: tried }, 'a message could not be sent and is set aside');
        return { seq, status: 'dead', at, attempts: tried, fault: told };
      }
      const pause = Math.min(backOffMs.max, backOffMs.first * 2 ** attempts) * (1 + options.random() / 4);
      return { seq, status: 'waiting', at, attempts: tried, fault: told, leaseUntil: waitUntil(pause) };
    }
    case 'unreachable':
      return elsewhere(options, message, told, at);
  }
}

/** A line in the log, unless it would show that there is something secret: `duban queue` lists that one too. */
export function noteFault(
  { log }: Pick<DispatcherOptions, 'log'>,
  { shown, secret }: OutgoingMessage,
  about: object,
  words: string,
): void {
  if (secret === null) log.error({ ...about, message: `out${shown}` }, words);
}

/**
 * A message to one person that can't be delivered goes to another address of theirs; when there is none, it is kept until
 * they write to us, and the room they were last seen in is asked to tell them, without a word of its content.
 */
async function elsewhere(
  options: DispatcherOptions,
  message: OutgoingMessage,
  fault: string,
  at: string,
): Promise<Receipt> {
  const { seq, contactId, attempts } = message;
  if (contactId === null || message.mention !== null)
    return { seq, status: 'dead', at, attempts: attempts + 1, fault };
  const person = message.only ?? message.address;
  const connected = options.connected();
  const other = attempts === 0 ? await otherAddress(options.database, contactId, person, connected) : null;
  if (other !== null) return { seq, status: 'waiting', at, attempts: 1, fault, address: other };
  // A room that asks somebody to write in private would show that there is something.
  const heard = message.secret === null ? await lastRoomOf(options.database, contactId, connected) : null;
  if (heard !== null) await askToWrite(options, { ...heard, contactId }, at);
  return { seq, status: 'held', at, attempts: attempts + 1, fault };
}

async function askToWrite(
  options: DispatcherOptions,
  { room, urn, contactId }: { room: string; urn: string; contactId: string },
  at: string,
): Promise<void> {
  const writes = noWrites();
  writes.outbox.push({
    key: `private:${contactId}:${at.slice(0, 10)}`,
    channel: channelOf(room),
    address: room,
    mention: urn,
    priority: priority.deadline,
    kind: 'post',
    say: { lines: [{ key: 'conversation:private.waiting' }] },
    at,
    dueAt: at,
  });
  await commitWrites(runOn(options.database.pool), writes);
}
