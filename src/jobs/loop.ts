import type { Log } from '../log.ts';
import { createSignal, type Signal } from './signal.ts';

export interface Loop {
  /** There may be work now. */
  signal: Signal;
  /** Whether it waits for a signal. */
  idle(): boolean;
  /** Ends after the work under way. */
  stop(): Promise<void>;
}

/** Longest pause after faults in a row, ms. */
const pauseMsMax = 10_000;

/**
 * Calls `work` until it says that there is nothing left, then waits for a signal or for `pollMs`: signals make it
 * quick, the poll makes it sure (work that another process left, wake-ups that have come due). A fault is logged and
 * met with a growing pause; it never ends the loop.
 */
export function startLoop(name: string, pollMs: number, log: Log, work: () => Promise<number>): Loop {
  const signal = createSignal();
  let running = true;
  let faults = 0;
  let idle = false;
  const rest = async (ms: number) => {
    idle = true;
    await signal.wait(ms);
    idle = false;
  };
  const ended = (async () => {
    while (running) {
      try {
        const count = await work();
        faults = 0;
        if (count === 0 && running) await rest(pollMs);
      } catch (fault) {
        faults += 1;
        log.error({ err: fault, loop: name, faults }, 'a background loop failed; it will go on');
        if (running) await rest(Math.min(pauseMsMax, 100 * 2 ** faults));
      }
    }
  })();
  return {
    signal,
    idle: () => idle,
    stop: async () => {
      running = false;
      signal();
      await ended;
    },
  };
}

/** Calls one loop of several that do the same work: one that waits, or all when all are busy. */
export function signalOne(loops: Loop[]): void {
  const waiting = loops.find((loop) => loop.idle());
  if (waiting !== undefined) waiting.signal();
  else for (const { signal } of loops) signal();
}
