/** A value that is found out after the start, and for which whoever needs it waits a moment. */
export interface OnceKnown<T> {
  set(value: T): void;
  now(): T | undefined;
  /** @throws when it is not known after `timeoutMs` */
  get(timeoutMs: number): Promise<T>;
}

export function onceKnown<T>(): OnceKnown<T> {
  let known: T | undefined;
  const waiting = new Set<(value: T) => void>();
  return {
    set: (value) => {
      known = value;
      for (const tell of waiting) tell(value);
    },
    now: () => known,
    get: (timeoutMs) => {
      if (known !== undefined) return Promise.resolve(known);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(tell);
          reject(new Error('not known yet who we are in the workspace'));
        }, timeoutMs);
        const tell = (value: T) => {
          waiting.delete(tell);
          clearTimeout(timer);
          resolve(value);
        };
        waiting.add(tell);
      });
    },
  };
}
