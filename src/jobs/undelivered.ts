import { channelOf } from '../channels/address.ts';
import type { SendFault } from '../channels/channel.ts';
import { runOn } from '../store/database.ts';
import { lastRoomOf, type OutgoingMessage, otherAddress, type Receipt } from '../store/outbox.ts';
import { commitWrites, noWrites, priority } from '../store/writes.ts';
import type { DispatcherOptions } from './dispatcher.ts';

/** How long a message is tried before it becomes a dead letter, ms: an outage of a day loses nothing. */
const failingMsMax = 24 * 3_600_000;
/** Tries of a message that may itself be the reason: what is behind it must not wait for a day. */
const doubtfulTriesMax = 8;
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
  const nowMs = options.machine.now().getTime();
  const failingSince = message.failingSince ?? new Date(nowMs).toISOString();
  const told = `${fault.kind}: ${fault.message}`.slice(0, 300);
  const waitUntil = (ms: number) => new Date(nowMs + ms).toISOString();
  switch (fault.kind) {
    case 'rate':
      return {
        seq,
        status: 'waiting',
        at,
        ...(message.failingSince === null ? {} : { failingSince }),
        fault: told,
        leaseUntil: waitUntil(fault.retryAfterMs ?? backOffMs.first),
      };
    case 'refused':
      noteFault(options, message, { kind: fault.kind }, 'a message was refused and is set aside');
      return { seq, status: 'dead', at, attempts: attempts + 1, fault: told };
    case 'passing': {
      const tried = attempts + 1;
      const old = nowMs - Date.parse(failingSince) >= failingMsMax;
      if (old || (fault.doubtful && tried >= doubtfulTriesMax)) {
        noteFault(options, message, { attempts: tried }, 'a message could not be sent and is set aside');
        return { seq, status: 'dead', at, attempts: tried, fault: told };
      }
      const pause = Math.min(backOffMs.max, backOffMs.first * 2 ** attempts) * (1 + options.random() / 4);
      const again = { attempts: tried, failingSince, leaseUntil: waitUntil(pause) };
      return { seq, status: 'waiting', at, fault: told, ...again };
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
  if (message.forget) return { seq, status: 'dead', at, attempts: attempts + 1, fault };
  // A room that asks somebody to write in private would show that there is something.
  const heard = message.secret === null ? await lastRoomOf(options.database, contactId, connected) : null;
  if (heard !== null) await askToWrite(options, { ...heard, contactId, quiet: message.quiet }, at);
  return { seq, status: 'held', at, attempts: attempts + 1, fault };
}

async function askToWrite(
  options: DispatcherOptions,
  {
    room,
    urn,
    contactId,
    quiet,
  }: { room: string; urn: string; contactId: string } & Pick<OutgoingMessage, 'quiet'>,
  at: string,
): Promise<void> {
  const writes = noWrites();
  writes.outbox.push({
    key: `private:${contactId}:${at.slice(0, 10)}`,
    channel: channelOf(room),
    address: room,
    mention: urn,
    priority: priority.deadline,
    say: { lines: [{ key: 'conversation:private.waiting' }] },
    at,
    dueAt: at,
    // The room is no more awake for it than the person was.
    ...(quiet === null ? {} : { quiet }),
  });
  await commitWrites(runOn(options.database.pool), writes);
}
