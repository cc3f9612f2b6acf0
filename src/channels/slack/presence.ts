import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../log.ts';
import type { Channel } from '../channel.ts';
import type { Self } from './envelope.ts';
import { type OnceKnown, onceKnown } from './once-known.ts';
import type { Ending, Line } from './socket.ts';

/** Keeps us signed in, whatever happens to Slack or to the network. */
export interface Presence {
  health: Channel['health'];
  /** Resolves when the first attempt has succeeded or failed; goes on trying by itself. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Who we are, once Slack has told us. */
  self: OnceKnown<Self>;
  /** Slack no longer takes the token, or can't be reached: find out whether it does again. */
  lost(reason: string): void;
}

export interface PresenceOptions {
  identify: () => Promise<Self>;
  /** Socket Mode only. */
  open?: () => Promise<Line>;
  log: Log;
  /** Milliseconds between attempts that fail: none after the first, then `first`, doubled each time up to `max`. */
  retry: { first: number; max: number };
  /** What lasted less than so many milliseconds counts as a failed attempt. */
  steadyMs?: number;
}

const stopTimeoutMs = 2_000;

export function presence({ identify, open, log, retry, steadyMs = 10_000 }: PresenceOptions): Presence {
  const self = onceKnown<Self>();
  const stopping = new AbortController();
  let state: ReturnType<Channel['health']> = { ready: false, reason: 'not started' };
  let interrupt: (ending: Ending) => void = () => {};
  let loop: Promise<void> = Promise.resolve();

  /** Signs in and stays until something ends it. @returns whether that was a good while */
  async function stay(signedIn: () => void): Promise<boolean> {
    self.set(await identify());
    const line = await open?.();
    const interrupted = new Promise<Ending>((resolve) => {
      interrupt = resolve;
    });
    if (stopping.signal.aborted) interrupt(stopped);
    state = { ready: true };
    signedIn();
    const since = performance.now();
    const end = await Promise.race(line === undefined ? [interrupted] : [line.ended, interrupted]);
    const steady = performance.now() - since >= steadyMs;
    // After a planned end the next connection is up in a moment: not worth an alarm.
    if (!end.planned || !steady) state = { ready: false, reason: end.reason };
    if (!stopping.signal.aborted) log.info({ reason: end.reason }, 'Slack: signing in anew');
    if (!end.planned) await line?.close();
    return steady;
  }

  async function keepUp(settled: () => void): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      try {
        failures = (await stay(settled)) ? 0 : failures + 1;
      } catch (error) {
        failures += 1;
        state = { ready: false, reason: error instanceof Error ? error.message : String(error) };
        log.warn({ reason: state.reason, failures }, 'Slack can not be reached; trying again');
        settled();
      }
      const wait = failures < 2 ? 0 : Math.min(retry.max, retry.first * 2 ** Math.min(failures - 2, 20));
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  return {
    self,
    health: () => state,
    lost: (reason) => interrupt({ reason, planned: false }),
    start: () =>
      new Promise((resolve) => {
        loop = keepUp(resolve);
      }),
    stop: async () => {
      stopping.abort();
      interrupt(stopped);
      await Promise.race([loop, pause(stopTimeoutMs)]);
      state = { ready: false, reason: stopped.reason };
    },
  };
}

const stopped: Ending = { reason: 'stopped', planned: false };
