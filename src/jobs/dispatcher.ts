import { outOfQuiet } from '../campaign/instant.ts';
import {
  type Channel,
  type ChannelName,
  type Destination,
  type Post,
  SendFault,
} from '../channels/channel.ts';
import type { Clock } from '../clock.ts';
import { post, sentence } from '../conversation/wording.ts';
import { faultLine } from '../errors.ts';
import type { Say } from '../flow/say.ts';
import type { Log } from '../log.ts';
import { loadFiles } from '../store/attachments.ts';
import type { Database } from '../store/database.ts';
import {
  type Candidate,
  type Choice,
  exchange,
  isPosted,
  type Lane,
  type OutgoingMessage,
  type Receipt,
  reclaimLapsed,
  renewLeases,
} from '../store/outbox.ts';
import { chooseWithinBudgets } from './budget.ts';
import { type Loop, startLoop } from './loop.ts';
import { afterFault, noteFault } from './undelivered.ts';

export interface DispatcherOptions {
  database: Database;
  /** The campaigns' clock; leases and budgets run on the machine's. */
  clock: Clock;
  machine: Clock;
  random: () => number;
  log: Log;
  /** Marks every message as part of a rehearsal. */
  rehearsal: boolean;
  /** Channels that are connected in this process. */
  connected: () => ChannelName[];
  /** Ms between two looks at the outbox without a signal. */
  pollMs?: number;
}

/** Messages of one channel on their way at once. */
const onTheWayMax = 256;
/** How long a claimed message is left to its sender unless that one says that it is still at it, ms. */
const leaseMs = 120_000;

/** Sends what waits in the outbox through one channel: in order per address, within the budgets, at least once. */
export function startDispatcher(channel: Channel, options: DispatcherOptions): Loop {
  const { database, machine, log } = options;
  const receipts: Receipt[] = [];
  const onTheWay = new Set<number>();
  let lastSweepMs = 0;
  const loop = startLoop(`outbox ${channel.name}`, options.pollMs ?? 500, log, async () => {
    await sweep();
    const settled = receipts.splice(0);
    const room = channel.health().ready ? onTheWayMax - onTheWay.size : 0;
    if (settled.length === 0 && room === 0) return 0;
    const claimed = await trade(channel, options, settled, room).catch((fault) =>
      giveBack(receipts, settled, fault),
    );
    for (const { seq } of claimed) onTheWay.add(seq);
    for (const message of claimed)
      void deliver(channel, options, message).then((receipt) => {
        onTheWay.delete(message.seq);
        receipts.push(receipt);
        loop.signal();
      });
    return claimed.length;
  });

  async function sweep(): Promise<void> {
    const nowMs = machine.now().getTime();
    if (nowMs - lastSweepMs < leaseMs / 4) return;
    lastSweepMs = nowMs;
    if (onTheWay.size > 0) await renewLeases(database, [...onTheWay], leaseUntil(machine.now()));
    await reclaimLapsed(database, machine.now().toISOString());
  }

  return {
    signal: loop.signal,
    idle: loop.idle,
    stop: async () => {
      await loop.stop();
      await drained(() => onTheWay.size === 0, loop);
      if (receipts.length > 0) await trade(channel, options, receipts.splice(0), 0);
    },
  };
}

/** A receipt that could not be written is kept for the next round: the message was sent and must not go out again. */
function giveBack(receipts: Receipt[], settled: Receipt[], fault: unknown): never {
  receipts.unshift(...settled);
  throw fault;
}

async function drained(done: () => boolean, loop: Loop): Promise<void> {
  while (!done()) await loop.signal.wait(1_000);
}

function trade(
  channel: Channel,
  options: DispatcherOptions,
  receipts: Receipt[],
  limit: number,
): Promise<OutgoingMessage[]> {
  const machineNow = options.machine.now();
  const now = options.clock.now().toISOString();
  return exchange(options.database, {
    channel: channel.name,
    receipts,
    now,
    machineNow: machineNow.toISOString(),
    leaseUntil: leaseUntil(machineNow),
    limit,
    budgeted: channel.budgets.account.everyMs > 0,
    choose: (candidates, accounts) =>
      choose(channel, options, { candidates, accounts, now, nowMs: machineNow.getTime() }),
  });
}

interface Offer {
  candidates: Candidate[];
  accounts: Lane[];
  now: string;
  nowMs: number;
}

/** What may go now; a message that is late must not go out in the hours that it was kept out of when it was written. */
function choose(
  channel: Channel,
  options: DispatcherOptions,
  { candidates, accounts, now, nowMs }: Offer,
): Choice {
  const awake: Candidate[] = [];
  const putOff: Choice['putOff'] = [];
  for (const message of candidates) {
    const { seq, quiet } = message;
    const dueAt = quiet === null ? now : outOfQuiet(now, quiet, quiet.zone);
    if (dueAt > now) putOff.push({ seq, dueAt });
    else awake.push(message);
  }
  const parts = (message: Candidate) =>
    channel.parts?.(wordsOf(options, message, message.say), message.say.attachments?.length ?? 0) ?? 1;
  const limits = { ...channel.budgets, parts };
  return { ...chooseWithinBudgets(awake, accounts, limits, nowMs, options.random), putOff };
}

function leaseUntil(machineNow: Date): string {
  return new Date(machineNow.getTime() + leaseMs).toISOString();
}

/** Never rejects: what went wrong is part of the receipt. */
async function deliver(
  channel: Channel,
  options: DispatcherOptions,
  message: OutgoingMessage,
): Promise<Receipt> {
  const at = options.clock.now().toISOString();
  try {
    const externalId = await carry(channel, options, message);
    return { seq: message.seq, status: 'sent', at, externalId };
  } catch (fault) {
    const known =
      fault instanceof SendFault ? fault : new SendFault('passing', faultLine(fault), undefined, true);
    if (!(fault instanceof SendFault)) noteFault(options, message, { err: fault }, 'sending failed');
    return afterFault(options, message, known, at).catch((worse) => {
      noteFault(options, message, { err: worse }, 'a fault of sending could not be dealt with');
      const { seq, attempts, failingSince } = message;
      const since = failingSince ?? options.machine.now().toISOString();
      return { seq, status: 'waiting', at, attempts: attempts + 1, failingSince: since, fault: known.kind };
    });
  }
}

/** Redraws first: it can be done twice, when what comes after fails. @returns the platform's id of what was posted, or '' */
async function carry(
  channel: Channel,
  options: DispatcherOptions,
  message: OutgoingMessage,
): Promise<string> {
  const { address, only, say, settles } = message;
  const account = channel.name;
  const to = only === null ? { account, address } : { account, address, only };
  for (const settled of settles ?? [])
    for (const asked of settled.asked)
      await redraw(channel, to, asked, { ...wordsOf(options, message, settled.say), files: [] });
  if (!isPosted(message)) return '';
  const files = await loadFiles(options.database, say.attachments ?? []);
  return channel.send(to, { ...wordsOf(options, message, say), files });
}

/** A question that was asked more than once is answered wherever it stands. What is gone needs no redrawing. */
async function redraw(channel: Channel, to: Destination, asked: string, ready: Post): Promise<void> {
  try {
    await channel.update?.(to, asked, ready);
  } catch (fault) {
    const gone = fault instanceof SendFault && (fault.kind === 'refused' || fault.kind === 'unreachable');
    if (!gone) throw fault;
  }
}

function wordsOf(
  { rehearsal }: DispatcherOptions,
  { language, mention }: Pick<OutgoingMessage, 'language' | 'mention'>,
  say: Say,
): Omit<Post, 'files'> {
  const heardIn = language ?? 'zh-CN';
  const said = post(say, heardIn);
  const text = rehearsal ? `${sentence(heardIn, 'conversation:rehearsal')}${said.text}` : said.text;
  return mention === null ? { ...said, text } : { ...said, text, mention };
}
