/**
 * The machine's own time: connections and WeChat's patience run by it, also in a rehearsal whose campaign runs faster.
 */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const machineTimers: Timers = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const timer = setTimeout(wake, ms);
      function wake() {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      }
      signal?.addEventListener('abort', wake);
    }),
};

/** No puppet's call has a deadline of its own: a dead line would hang for ever. */
export class TooLate extends Error {
  constructor(what: string, ms: number) {
    super(`${what} took longer than ${ms} ms`);
    this.name = 'TooLate';
  }
}

/** What `work` gives, if it gives it in time. @throws TooLate */
export async function within<T>(timers: Timers, ms: number, what: string, work: Promise<T>): Promise<T> {
  const settled = new AbortController();
  const late = timers.sleep(ms, settled.signal).then((): never => {
    throw new TooLate(what, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    settled.abort();
  }
}
