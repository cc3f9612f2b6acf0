import type { webApi } from '@slack/bolt';
import { SendFault } from '../channel.ts';
import type { Caller } from './caller.ts';

/** Which conversation is the private one with a person; asked of Slack once each. */
export interface PrivateChats {
  with(user: string): Promise<string>;
  forget(user: string): void;
}

/** Remembered at most; beyond that all are asked for anew. */
const knownMax = 10_000;

export function privateChats(client: webApi.WebClient, caller: Caller): PrivateChats {
  const known = new Map<string, string>();
  return {
    with: async (user) => {
      const found = known.get(user);
      if (found !== undefined) return found;
      const opened = await caller.run('conversations.open', () => client.conversations.open({ users: user }));
      const channel = opened.channel?.id;
      if (channel === undefined) throw new SendFault('passing', 'conversations.open: no channel');
      if (known.size >= knownMax) known.clear();
      known.set(user, channel);
      return channel;
    },
    forget: (user) => void known.delete(user),
  };
}
