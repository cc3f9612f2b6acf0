import { setMaxListeners } from 'node:events';
import type { Log } from '../../log.ts';
import type { Inbound, Receive } from '../channel.ts';
import type { Directory } from './directory.ts';
import { explain } from './faults.ts';
import { isRestriction, kindOf } from './kind.ts';
import type { Location, Message, Puppet } from './puppet.ts';
import { openStamps, sentMs } from './stamps.ts';
import { type Timers, within } from './timers.ts';
import { toInbound } from './to-inbound.ts';

/** One login as the intake sees it. */
export interface Line {
  puppet: Puppet;
  directory: Directory;
}

export interface Intake {
  /** Takes a message that has arrived; never throws and never waits. */
  take(id: string): void;
  /** Waits for what has arrived to be stored, at most so long. */
  drain(msMax: number): Promise<void>;
  /** Gives up what is still unstored. */
  close(): void;
}

export interface IntakeOptions {
  account: string;
  receive: Receive;
  /** The line that is up now; undefined while there is none. */
  line: () => Line | undefined;
  /** Messages sent before this moment (ms since 1970) are history that a puppet replays. */
  since: number;
  /** WeChat told the account that it does something too often. */
  restricted: () => void;
  timers: Timers;
  log: Log;
}

/** How long a message's contents may take to come, in ms, and the waits between attempts. */
const loadMsMax = 10_000;
const loadWaitsMs = [1_000, 4_000];
/** Waits between attempts to store; the last one repeats: WeChat sends nothing twice, so nothing may be dropped. */
const storeWaitsMs = [250, 1_000, 5_000, 15_000];
/** So many messages may wait in memory while the database is away. */
const waitingMax = 20_000;

/**
 * Turns arriving messages into stored ones. They are translated in the order in which they arrived and stored in that
 * order for each sender; different senders don't wait for one another.
 */
export function openIntake(options: IntakeOptions): Intake {
  const { timers, log } = options;
  const stamp = openStamps();
  const giveUp = new AbortController();
  // Each sender whose message waits to be stored listens to it.
  setMaxListeners(0, giveUp.signal);
  const senders = new Map<string, Promise<void>>();
  let arrivals: Promise<void> = Promise.resolve();
  let waiting = 0;

  function take(id: string): void {
    if (waiting >= waitingMax) {
      log.error({ waiting }, 'wechat: too many messages wait to be stored; one was let go');
      return;
    }
    waiting += 1;
    const arrivedMs = timers.now();
    const loading = load(id);
    arrivals = arrivals.then(async () => {
      const inbound = await translate(await loading, arrivedMs).catch((fault) => {
        log.error({ message: id, reason: explain(fault) }, 'wechat: a message could not be read');
        return null;
      });
      if (inbound === null) waiting -= 1;
      else queue(inbound);
    });
  }

  /** Puts a message behind the sender's earlier ones. */
  function queue(inbound: Inbound): void {
    const turn = (senders.get(inbound.urn) ?? Promise.resolve()).then(() => store(inbound));
    const done = turn.then(() => {
      waiting -= 1;
      if (senders.get(inbound.urn) === done) senders.delete(inbound.urn);
    });
    senders.set(inbound.urn, done);
  }

  async function store(inbound: Inbound): Promise<void> {
    for (let tries = 0; !giveUp.signal.aborted; tries += 1) {
      try {
        await options.receive(inbound);
        return;
      } catch (fault) {
        const waitMs = storeWaitsMs[Math.min(tries, storeWaitsMs.length - 1)] ?? 0;
        log.error({ err: fault, tries, waiting }, 'wechat: a message could not be stored; trying again');
        await timers.sleep(waitMs, giveUp.signal);
      }
    }
  }

  /** The line may break just now: a message is asked for again, also through the next one. */
  async function load(id: string): Promise<Loaded | undefined> {
    for (let tries = 0; tries <= loadWaitsMs.length && !giveUp.signal.aborted; tries += 1) {
      const from = options.line();
      try {
        if (from !== undefined)
          return await within(timers, loadMsMax, 'loading a message', loadFrom(from, id));
      } catch (fault) {
        log.warn({ message: id, tries, reason: explain(fault) }, 'wechat: a message could not be loaded');
      }
      await timers.sleep(loadWaitsMs[tries] ?? 0, giveUp.signal);
    }
    return undefined;
  }

  async function translate(loaded: Loaded | undefined, arrivedMs: number): Promise<Inbound | null> {
    if (loaded === undefined) throw new Error('not loaded');
    const { message, selfId, names, official, location } = loaded;
    if (isRestriction(message)) options.restricted();
    const sent = sentMs(message.timestamp, arrivedMs);
    if (official || sent < options.since) return null;
    const sentAt = stamp(sent);
    const surroundings = { account: options.account, self: { id: selfId, names }, sentAt };
    return toInbound(message, location === undefined ? surroundings : { ...surroundings, location });
  }

  return {
    take,
    async drain(msMax) {
      const settled = arrivals.then(() => Promise.all(senders.values()));
      await within(timers, msMax, 'storing what has arrived', settled).catch(() => {});
    },
    close() {
      giveUp.abort();
      if (waiting > 0) log.error({ waiting }, 'wechat: stopped before these messages were stored');
    },
  };
}

interface Loaded {
  message: Message;
  selfId: string;
  names: string[];
  official: boolean;
  location?: Location;
}

/** A message and what its translation needs; the puppet is asked for no more than that. */
async function loadFrom({ puppet, directory }: Line, id: string): Promise<Loaded> {
  const message = await puppet.messagePayload(id);
  const selfId = puppet.currentUserId;
  const { talkerId, roomId, text = '' } = message;
  const room = roomId || undefined;
  const ours = talkerId === selfId;
  const [names, official, location] = await Promise.all([
    !ours && room !== undefined && /[@＠「<]/.test(text) ? directory.namesOfSelf(room) : [],
    ours || room !== undefined ? false : directory.isOfficial(talkerId),
    kindOf(message) === 'place' && !text.includes('<location')
      ? puppet.messageLocation(id).catch(() => undefined)
      : undefined,
  ]);
  if (!ours && !official) directory.noteSender(talkerId, room);
  return { message, selfId, names, official, ...(location === undefined ? {} : { location }) };
}
