/** Tells the listening pages of this process that there is something new to read at an address. */
export interface Doorbell {
  ring(address: string): void;
  /** Hangs up on every page: the process is stopping. */
  close(): void;
  readonly closed: boolean;
  /** @returns a function that stops listening */
  listen(listener: DoorbellListener): () => void;
}

/** `ring` and `close` must not throw. */
export interface DoorbellListener {
  ring(address: string): void;
  close(): void;
}

export function openDoorbell(): Doorbell {
  const listeners = new Set<DoorbellListener>();
  let closed = false;
  return {
    ring: (address) => {
      for (const listener of listeners) listener.ring(address);
    },
    close: () => {
      closed = true;
      for (const listener of [...listeners]) listener.close();
      listeners.clear();
    },
    get closed() {
      return closed;
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
