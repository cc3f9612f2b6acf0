/** An address of ours for something in a workspace: `slack:T1/U1` a person, `slack:T1/C1` a room, `slack:T1` the account. */
export function addressOf(team: string, id?: string): string {
  return id === undefined ? `slack:${team}` : `slack:${team}/${id}`;
}

/** Slack's own id in an address; the workspace may be left out (`slack:U1`, as operators type it). */
export function idOf(address: string): string {
  return address.slice(Math.max(address.indexOf(':'), address.indexOf('/')) + 1);
}

/** The workspace of an address, when it names one. */
export function teamOf(address: string): string | undefined {
  const slash = address.indexOf('/');
  return slash < 0 ? undefined : address.slice(address.indexOf(':') + 1, slash);
}

/** Users' ids start with U, in Enterprise Grid sometimes with W. */
export function isPerson(id: string): boolean {
  return /^[UW][A-Z0-9]+$/.test(id);
}

/** Conversations of the bot with one person start with D. */
export function isPrivateChat(channel: string): boolean {
  return channel.startsWith('D');
}

/**
 * Our id of a sent message: channel and timestamp together, as only both name a message in Slack. `kind` is part of it
 * because what only one person saw, and a bare file, can't be replaced later.
 */
export function messageId(kind: 'post' | 'only' | 'file', channel: string, ts: string): string {
  return kind === 'post' ? `${channel}/${ts}` : `${kind}:${channel}/${ts}`;
}

/** Where a message that can be replaced stands; undefined for one that can't. */
export function placeOf(id: string): { channel: string; ts: string } | undefined {
  const [channel, ts] = id.split('/');
  return channel === undefined || ts === undefined || channel.includes(':') ? undefined : { channel, ts };
}
