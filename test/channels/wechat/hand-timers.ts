import type { Timers } from '../../../src/channels/wechat/timers.ts';

/** Time that passes only when it is told to. */
export interface HandTimers extends Timers {
  /** Lets `ms` pass, waking who sleeps in order, and everything happen that follows from it. */
  pass(ms: number): Promise<void>;
}

export function handTimers(start = Date.parse('2026-06-22T00:00:00Z')): HandTimers {
  let now = start;
  let sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const stop = () => {
          sleepers = sleepers.filter((one) => one !== sleeper);
          sleeper.wake();
        };
        const sleeper = {
          at: now + ms,
          wake: () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', stop);
      }),
    async pass(ms) {
      const end = now + ms;
      await settled();
      for (;;) {
        const next = sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        sleepers = sleepers.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.wake();
        await settled();
      }
      now = end;
    },
  };
}

/** Everything that only waited for promises has happened. */
export async function settled(): Promise<void> {
  for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
