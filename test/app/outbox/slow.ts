import type { Budget } from '../../../src/channels/channel.ts';

/** One message a second for the account, so that the order shows. */
export const slow: Budget = { everyMs: 1_000, burst: 1, jitterMs: 0 };
