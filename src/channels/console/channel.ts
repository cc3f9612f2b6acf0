import { randomUUID } from 'node:crypto';
import type { Channel } from '../channel.ts';
import type { Doorbell } from './doorbell.ts';

/**
 * The console page as a channel. Nothing is carried here: a message to the page stands in the database before it is
 * sent, and the page reads it there, so sending is no more than a ring and nothing is lost when no page is open.
 */
export function consoleChannel(doorbell: Doorbell): Channel {
  let started = false;
  return {
    name: 'console',
    // Nobody's account can be restricted here: pages are read, not written to.
    budgets: {
      account: { everyMs: 0, burst: 1, jitterMs: 0 },
      room: { everyMs: 0, burst: 1, jitterMs: 0 },
    },
    health: () => (started ? { ready: true } : { ready: false, reason: 'not started' }),
    start: async () => {
      started = true;
    },
    stop: async () => {
      started = false;
    },
    send: async (to) => {
      doorbell.ring(to.address);
      return `console:${randomUUID()}`;
    },
    update: async (to) => doorbell.ring(to.address),
  };
}
