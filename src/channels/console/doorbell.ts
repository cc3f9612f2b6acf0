/** Tells the listening pages of this process that there is something new to read at an address. */
export interface Doorbell {
  ring(address: string): void;
  /** @param hear must not throw @returns a function that stops listening */
  listen(hear: (address: string) => void): () => void;
}

export function openDoorbell(): Doorbell {
  const listeners = new Set<{ hear: (address: string) => void }>();
  return {
    ring: (address) => {
      for (const { hear } of listeners) hear(address);
    },
    listen: (hear) => {
      const listener = { hear };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
