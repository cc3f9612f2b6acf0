import type { Inbound } from '../channel.ts';
import { addressOf, isPrivateChat } from './address.ts';

/** Who we are in the workspace: its id, and the user id of the bot. */
export interface Self {
  team: string;
  user: string;
}

/** What messages, presses and commands have in common. */
export function envelope(
  self: Self,
  user: string,
  channel: string,
): Omit<Inbound, 'externalId' | 'text' | 'addressed' | 'slash' | 'sentAt'> {
  return {
    channel: 'slack',
    account: addressOf(self.team),
    urn: addressOf(self.team, user),
    ...(isPrivateChat(channel) ? {} : { room: addressOf(self.team, channel) }),
    kind: 'text',
    files: [],
  };
}
