import { types } from 'wechaty-puppet';
import { isService, looksLikeRoom } from './address.ts';
import { isLineFault } from './faults.ts';
import type { Puppet } from './puppet.ts';
import { type Timers, within } from './timers.ts';

/** What the address book of one login says. A new login gets a new one: ids may have changed. */
export interface Directory {
  /** @throws faults of the line */
  isRoom(id: string): Promise<boolean>;
  /** Whether WeChat would deliver a private message. @throws faults of the line */
  isReachable(id: string): Promise<boolean>;
  isOfficial(id: string): Promise<boolean>;
  /** What a person is called in a room; undefined where the puppet doesn't know. */
  nameIn(room: string, id: string): Promise<string | undefined>;
  /** All names the bot goes by in a room (or in private). */
  namesOfSelf(room: string | undefined): Promise<string[]>;
  /** Remembers who wrote: such a person can be written to, such a room exists. */
  noteSender(id: string, room: string | undefined): void;
}

/** How long one question to the puppet may take, in ms. */
const callMsMax = 8_000;
/** So many contacts are looked at to find out whether the puppet knows who is a friend. */
const sampleMax = 20;
/** So many senders are remembered. */
const sendersMax = 10_000;

export function openDirectory(puppet: Puppet, timers: Timers): Directory {
  const rooms = new Set<string>();
  const friends = new Set<string>();
  let trusted: Promise<boolean> | undefined;
  const ask = <T>(work: Promise<T>) => within(timers, callMsMax, 'a question to the puppet', work);

  const contactOf = (id: string) => ask(puppet.contactPayload(id));

  /** Whether the puppet calls somebody a friend; undefined when it doesn't say, null when there is no such contact. */
  async function friendship(id: string): Promise<boolean | undefined | null> {
    try {
      return (await contactOf(id)).friend;
    } catch (fault) {
      if (isLineFault(fault)) throw fault;
      return (await ask(puppet.contactList())).includes(id) ? undefined : null;
    }
  }

  /**
   * A puppet service says "no friend" also where its puppet doesn't know, and a message to a stranger vanishes without
   * an error. So a "no" is believed only from puppets that have said "yes" to anybody.
   */
  async function knowsFriends(): Promise<boolean> {
    const ids = (await ask(puppet.contactList())).slice(0, sampleMax);
    const contacts = await Promise.all(ids.map((id) => contactOf(id).catch(() => undefined)));
    return contacts.some((contact) => contact?.friend === true);
  }

  async function isReachable(id: string): Promise<boolean> {
    if (friends.has(id)) return true;
    if (isService(id)) return false;
    const friend = await friendship(id);
    if (friend !== false) return friend !== null;
    trusted ??= knowsFriends().catch((fault) => {
      trusted = undefined;
      throw fault;
    });
    if (!(await trusted)) return true;
    // They may have become friends since this was remembered.
    await ask(puppet.contactPayloadDirty(id)).catch(() => {});
    const now = await friendship(id);
    return now !== false && now !== null;
  }

  return {
    isReachable,
    async isRoom(id) {
      if (looksLikeRoom(id) || rooms.has(id)) return true;
      if (friends.has(id)) return false;
      for (const room of await ask(puppet.roomList())) rooms.add(room);
      return rooms.has(id);
    },
    async isOfficial(id) {
      if (isService(id)) return true;
      const contact = await contactOf(id).catch(() => undefined);
      return contact?.type === types.Contact.Official;
    },
    async nameIn(room, id) {
      const member = await ask(puppet.roomMemberPayload(room, id)).catch(() => undefined);
      if (member?.roomAlias) return member.roomAlias;
      return member?.name || (await contactOf(id).catch(() => undefined))?.name || undefined;
    },
    async namesOfSelf(room) {
      const self = puppet.currentUserId;
      const [contact, member] = await Promise.all([
        contactOf(self).catch(() => undefined),
        room === undefined ? undefined : ask(puppet.roomMemberPayload(room, self)).catch(() => undefined),
      ]);
      const names = [contact?.name, member?.name, member?.roomAlias].filter(
        (name) => name !== undefined && name !== '',
      );
      return [...new Set(names)] as string[];
    },
    noteSender(id, room) {
      if (room !== undefined) rooms.add(room);
      else if (friends.size < sendersMax) friends.add(id);
    },
  };
}
