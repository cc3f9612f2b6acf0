/** Wakes a loop: a call that comes while the loop works is not lost, it makes the next wait end at once. */
export interface Signal {
  (): void;
  /** Resolves at the next call, or after `ms`. */
  wait(ms: number): Promise<void>;
}

export function createSignal(): Signal {
  let pending = false;
  let wake: (() => void) | null = null;
  const signal = (() => {
    pending = true;
    wake?.();
  }) as Signal;
  signal.wait = (ms) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        wake = null;
        pending = false;
        resolve();
      };
      const timer = setTimeout(done, ms);
      wake = done;
      if (pending) done();
    });
  return signal;
}
