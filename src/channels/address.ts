import type { ChannelName } from './channel.ts';

const channels: readonly ChannelName[] = ['slack', 'wechat', 'console'];

/** The channel of an address: `slack:T1/U2` → slack. @throws for an address no channel of ours made */
export function channelOf(address: string): ChannelName {
  const scheme = address.slice(0, address.indexOf(':'));
  const channel = channels.find((name) => name === scheme);
  if (channel === undefined) throw new Error(`no channel for an address that starts with "${scheme}:"`);
  return channel;
}

/** The login an address is written to through, which budgets are counted by: one Slack workspace, else the channel. */
export function accountOf(address: string): string {
  const slash = address.indexOf('/');
  return address.startsWith('slack:') && slash > 0 ? address.slice(0, slash) : channelOf(address);
}
