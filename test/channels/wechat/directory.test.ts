import { expect, it } from 'vitest';
import { openDirectory } from '../../../src/channels/wechat/directory.ts';
import type { Puppet } from '../../../src/channels/wechat/puppet.ts';
import { handTimers } from './hand-timers.ts';

const missing = () => Object.assign(new Error('no payload'), { code: 2 });
const away = () => Object.assign(new Error('no connection'), { code: 14 });

/** A puppet that knows these people, and whom it calls a friend. */
function puppetOf(people: Record<string, boolean | undefined>, listed = Object.keys(people)) {
  const asked: string[] = [];
  const puppet = {
    currentUserId: 'wxid_bot',
    contactPayload: async (id: string) => {
      asked.push(id);
      if (!(id in people)) throw missing();
      return { id, name: `name of ${id}`, friend: people[id], type: 1 };
    },
    contactList: async () => listed,
    contactPayloadDirty: async () => {},
    roomList: async () => ['strange-room-id'],
    roomMemberPayload: async (room: string, id: string) => {
      if (room !== '1@chatroom') throw missing();
      return { id, name: 'member name', avatar: '', ...(id === 'wxid_first' ? { roomAlias: '甲组' } : {}) };
    },
  } as unknown as Puppet;
  return { puppet, asked };
}

const reachable = (people: Record<string, boolean | undefined>, id: string, listed?: string[]) =>
  openDirectory(puppetOf(people, listed).puppet, handTimers()).isReachable(id);

it.each<[what: string, people: Record<string, boolean | undefined>, id: string, expected: boolean]>([
  ['a friend', { a: true }, 'a', true],
  ['a stranger, says a puppet that knows friends', { a: true, b: false }, 'b', false],
  ['"no friend", says a puppet that calls nobody one', { a: false, b: false }, 'b', true],
  ['somebody of whom the puppet says neither', { a: undefined }, 'a', true],
  ['nobody', { a: true }, 'nobody', false],
  ['a public account', { gh_1: true }, 'gh_1', false],
])('%s', async (_, people, id, expected) => {
  expect(await reachable(people, id)).toBe(expected);
});

it('a contact that is listed but cannot be looked at just now is tried', async () => {
  expect(await reachable({ a: true }, 'b', ['a', 'b'])).toBe(true);
});

it('who wrote to us can be written to, though the puppet says no friend; who spoke in a room cannot', async () => {
  const directory = openDirectory(puppetOf({ a: true, b: false, c: false }).puppet, handTimers());
  directory.noteSender('b', undefined);
  directory.noteSender('c', '1@chatroom');
  expect([await directory.isReachable('b'), await directory.isReachable('c')]).toEqual([true, false]);
});

it('who has become a friend meanwhile is asked about once more', async () => {
  const people: Record<string, boolean> = { a: true, b: false };
  const { puppet } = puppetOf(people);
  puppet.contactPayloadDirty = async (id) => {
    people[id] = true;
  };
  expect(await openDirectory(puppet, handTimers()).isReachable('b')).toBe(true);
});

it('a line that is away is no answer', async () => {
  const { puppet } = puppetOf({});
  puppet.contactPayload = () => Promise.reject(away());
  await expect(openDirectory(puppet, handTimers()).isReachable('a')).rejects.toMatchObject({ code: 14 });
});

it('a puppet that never answers is not waited for', async () => {
  const timers = handTimers();
  const { puppet } = puppetOf({});
  puppet.contactPayload = () => new Promise(() => {});
  const asking = openDirectory(puppet, timers).isReachable('a');
  const failed = expect(asking).rejects.toMatchObject({ name: 'TooLate' });
  await timers.pass(8_000);
  await failed;
});

it.each([
  ['1@chatroom', true],
  ['@@abc', true],
  ['R:123', true],
  ['strange-room-id', true],
  ['wxid_first', false],
  ['@abc', false],
])('%s is a room: %s', async (id, expected) => {
  expect(await openDirectory(puppetOf({}).puppet, handTimers()).isRoom(id)).toBe(expected);
});

it('calls people as their room does, else by their own name', async () => {
  const directory = openDirectory(puppetOf({ wxid_first: true, wxid_second: true }).puppet, handTimers());
  expect(await directory.nameIn('1@chatroom', 'wxid_first')).toBe('甲组');
  expect(await directory.nameIn('1@chatroom', 'wxid_second')).toBe('member name');
  expect(await directory.nameIn('2@chatroom', 'wxid_second')).toBe('name of wxid_second');
  expect(await directory.nameIn('2@chatroom', 'nobody')).toBeUndefined();
});
