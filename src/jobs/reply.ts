import { channelOf } from '../channels/address.ts';
import type { Say } from '../flow/say.ts';
import { type OutboxRow, priority } from '../store/writes.ts';

/** Who asked for something that takes a while, and where; `only`: in a room, for the eyes of this address alone. */
export interface AskedBy {
  contactId: string;
  address: string;
  only?: string | null;
}

/** What a job says to whoever asked for it, where they asked. */
export function replyTo({ address, contactId, only = null }: AskedBy, say: Say, at: string): OutboxRow {
  return {
    channel: channelOf(address),
    address,
    contactId,
    ...(only === null ? {} : { only }),
    priority: priority.reply,
    say,
    at,
    dueAt: at,
  };
}
