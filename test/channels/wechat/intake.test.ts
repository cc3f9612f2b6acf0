import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { types } from 'wechaty-puppet';
import type { Inbound } from '../../../src/channels/channel.ts';
import type { Directory } from '../../../src/channels/wechat/directory.ts';
import { type Line, openIntake } from '../../../src/channels/wechat/intake.ts';
import type { Message, Puppet } from '../../../src/channels/wechat/puppet.ts';
import { handTimers, settled } from './hand-timers.ts';

const directory = {
  isOfficial: async (id) => id === 'wxid_news',
  namesOfSelf: async () => ['督办'],
  noteSender: () => {},
} as Partial<Directory> as Directory;

function world(settings: { receive?: (inbound: Inbound) => Promise<boolean> } = {}) {
  const timers = handTimers();
  const messages = new Map<string, Message>();
  const loading = new Map<string, () => void>();
  const stored: string[] = [];
  const logged: Record<string, unknown>[] = [];
  let restricted = 0;
  let held = false;
  const puppet = {
    currentUserId: 'wxid_bot',
    messagePayload: async (id: string) => {
      if (held) await new Promise<void>((done) => loading.set(id, done));
      const message = messages.get(id);
      if (message === undefined)
        throw Object.assign(new Error(`no payload for ${id} of wxid_first`), { code: 2 });
      return message;
    },
  } as Partial<Puppet> as Puppet;
  let line: Line | undefined = { puppet, directory };
  const intake = openIntake({
    account: 'wechat:a',
    receive: async (inbound) => {
      const fresh = await (settings.receive?.(inbound) ?? true);
      stored.push(inbound.text);
      return fresh;
    },
    line: () => line,
    since: timers.now() - 600_000,
    restricted: () => {
      restricted += 1;
    },
    timers,
    log: pino(
      { level: 'debug' },
      new Writable({
        write(chunk, _, done) {
          logged.push(JSON.parse(String(chunk)));
          done();
        },
      }),
    ),
  });
  const say = (id: string, parts: Partial<Message> = {}) => {
    const from = { id, talkerId: 'wxid_first', listenerId: 'wxid_bot', text: id, type: types.Message.Text };
    messages.set(id, { ...from, timestamp: timers.now() / 1000, ...parts } as Message);
    intake.take(id);
  };
  return {
    intake,
    timers,
    messages,
    stored,
    logged,
    say,
    restricted: () => restricted,
    hold: () => {
      held = true;
    },
    release: (id: string) => loading.get(id)?.(),
    connect: (up: boolean) => {
      line = up ? { puppet, directory } : undefined;
    },
  };
}

it('stores in the order of arrival, whatever is loaded first', async () => {
  const { say, hold, release, stored } = world();
  hold();
  for (const id of ['one', 'two', 'three']) say(id);
  for (const id of ['three', 'two']) release(id);
  await settled();
  expect(stored).toEqual([]);
  release('one');
  await settled();
  expect(stored).toEqual(['one', 'two', 'three']);
});

it('stores one sender in order, and lets nobody else wait', async () => {
  const waiting: (() => void)[] = [];
  const seen: string[] = [];
  const { say } = world({
    receive: async (inbound) => {
      seen.push(inbound.text);
      if (inbound.text === 'slow') await new Promise<void>((done) => waiting.push(done));
      return true;
    },
  });
  say('slow');
  say('after');
  say('other', { talkerId: 'wxid_second' });
  await settled();
  expect(seen).toEqual(['slow', 'other']);
  waiting[0]?.();
  await settled();
  expect(seen).toEqual(['slow', 'other', 'after']);
});

it('tries for as long as the database is away: WeChat sends nothing twice', async () => {
  let away = true;
  const { say, timers, stored, logged } = world({
    receive: async () => {
      if (away) throw new Error('connection refused');
      return true;
    },
  });
  say('kept');
  await timers.pass(60 * 60_000);
  expect(stored).toEqual([]);
  away = false;
  await timers.pass(15_000);
  expect(stored).toEqual(['kept']);
  expect(logged.every(({ text }) => text === undefined)).toBe(true);
});

it('asks again for a message whose line broke, through the next one', async () => {
  const { say, timers, connect, stored } = world();
  connect(false);
  say('kept');
  await timers.pass(500);
  connect(true);
  await timers.pass(500);
  expect(stored).toEqual(['kept']);
});

it('gives up a message that cannot be had, says so without quoting anything, and goes on', async () => {
  const { say, intake, timers, stored, logged } = world();
  intake.take('lost');
  say('next');
  await timers.pass(30_000);
  expect(stored).toEqual(['next']);
  expect(logged.at(-1)).toMatchObject({ level: 50, message: 'lost' });
  expect(JSON.stringify(logged)).not.toContain('wxid');
});

it('takes what was sent while we were away, but not what a puppet replays from before', async () => {
  const { say, timers, stored } = world();
  say('old', { timestamp: timers.now() / 1000 - 601 });
  say('recent', { timestamp: timers.now() / 1000 - 599 });
  await settled();
  expect(stored).toEqual(['recent']);
});

it('leaves public accounts alone', async () => {
  const { say, stored } = world();
  say('news', { talkerId: 'wxid_news' });
  say('news in a room', { talkerId: 'wxid_news', roomId: '1@chatroom' });
  await settled();
  expect(stored).toEqual(['news in a room']);
});

it("hears WeChat's own warning, and not a person who quotes it", async () => {
  const { say, stored, restricted } = world();
  say('quoted', { text: '操作过于频繁，可稍后再试。' });
  await settled();
  expect([restricted(), stored.length]).toEqual([0, 1]);
  say('warning', { talkerId: 'wxid_bot', type: types.Message.Unknown, text: '操作过于频繁，可稍后再试。' });
  await settled();
  expect([restricted(), stored.length]).toEqual([1, 1]);
});

it('drains what has arrived, and says how much is given up at the end', async () => {
  const done: (() => void)[] = [];
  const { say, intake, timers, stored, logged } = world({
    receive: () => new Promise((resolve) => done.push(() => resolve(true))),
  });
  say('one');
  await settled();
  const draining = intake.drain(5_000);
  done[0]?.();
  await draining;
  expect(stored).toEqual(['one']);
  say('two');
  await settled();
  const again = intake.drain(5_000);
  await timers.pass(5_000);
  await again;
  intake.close();
  expect(logged.at(-1)).toMatchObject({ level: 50, waiting: 1 });
});
