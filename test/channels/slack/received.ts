import type { Inbound, Receive } from '../../../src/channels/channel.ts';

/** A `receive` that stores in memory, once for each id, and can be told to fail or to wait. */
export interface Received {
  receive: Receive;
  /** Stored, in order of arrival. */
  stored: Inbound[];
  /** Every call, redeliveries too. */
  calls: Inbound[];
  /** The next call fails. */
  failNext(): void;
  /** The next call waits until the returned function is called; `reached` resolves once it does wait. */
  holdNext(): { reached: Promise<void>; release: () => void };
}

export function received(): Received {
  const stored: Inbound[] = [];
  const calls: Inbound[] = [];
  let fail = false;
  let hold: { arrive: () => void; released: Promise<void> } | undefined;
  return {
    stored,
    calls,
    failNext: () => {
      fail = true;
    },
    holdNext: () => {
      let arrive = () => {};
      let release = () => {};
      const reached = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      hold = { arrive, released };
      return { reached, release };
    },
    receive: async (inbound) => {
      calls.push(inbound);
      if (fail) {
        fail = false;
        throw new Error('the database is away');
      }
      const held = hold;
      hold = undefined;
      held?.arrive();
      await held?.released;
      if (stored.some((one) => one.externalId === inbound.externalId)) return false;
      stored.push(inbound);
      return true;
    },
  };
}
