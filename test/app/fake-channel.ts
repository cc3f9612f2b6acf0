import type { Budget, Channel, ChannelName, Destination, Post } from '../../src/channels/channel.ts';

/** A channel that delivers at once, and remembers. */
export interface FakeChannel extends Channel {
  delivered: { to: Destination; post: Post }[];
  /** Messages redrawn: which (by the id that sending gave), and to what. */
  redrawn: { id: string; text: string }[];
  /** Messages that it was given to send, delivered or not. */
  readonly tries: number;
  /** Texts delivered to this address, in that order; to all without. */
  texts(address?: string): string[];
  /** Resolves once this address has been sent so many messages in all. */
  heard(address: string, count: number): Promise<void>;
  /** Calls the dispatcher, and resolves when it looks. */
  looked(call: () => void): Promise<void>;
}

/** What sending meets: a SendFault thrown, a wait, or nothing. */
export type Meets = (to: Destination, post: Post) => Promise<void> | void;

const free: Budget = { everyMs: 0, burst: 1, jitterMs: 0 };

export function fakeChannel(
  name: ChannelName,
  options: Partial<Channel['budgets']> & { meets?: Meets; redrawMeets?: () => void } = {},
): FakeChannel {
  const { account = free, room = free, meets, redrawMeets } = options;
  const delivered: FakeChannel['delivered'] = [];
  const redrawn: FakeChannel['redrawn'] = [];
  const listeners = new Set<() => void>();
  let tries = 0;
  const looks: (() => void)[] = [];
  const to = (address: string | undefined) =>
    delivered.filter((one) => address === undefined || one.to.address === address);
  return {
    name,
    budgets: { account, room },
    delivered,
    redrawn,
    get tries() {
      return tries;
    },
    texts: (address) => to(address).map(({ post }) => post.text),
    heard: (address, count) =>
      new Promise((resolve) => {
        const look = () => {
          if (to(address).length < count) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    looked: (call) =>
      new Promise((resolve) => {
        looks.push(resolve);
        call();
      }),
    // The dispatcher asks at the beginning of each look.
    health: () => {
      for (const look of looks.splice(0)) look();
      return { ready: true };
    },
    start: async () => {},
    stop: async () => {},
    update: async (_, id, { text }) => {
      redrawMeets?.();
      redrawn.push({ id, text });
    },
    send: async (destination, post) => {
      tries += 1;
      await meets?.(destination, post);
      delivered.push({ to: destination, post });
      for (const listener of [...listeners]) listener();
      return `${name}-${delivered.length}`;
    },
  };
}
