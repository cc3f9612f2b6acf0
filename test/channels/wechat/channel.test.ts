import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { FileBox } from 'file-box';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Channel, Destination, Inbound, Post } from '../../../src/channels/channel.ts';
import { wechatAccount } from '../../../src/channels/wechat/address.ts';
import { type WechatOptions, wechatChannel } from '../../../src/channels/wechat/channel.ts';
import { type PuppetDriver, startPuppet } from './driver.ts';

// Real gRPC, the puppet in another process. Recovery must stay far below the ten seconds an operator is promised.
const room = 'inspection@chatroom';
const to = (address: string, only?: string): Destination => ({
  account: 'wechat',
  address: `wechat:${address}`,
  ...(only === undefined ? {} : { only: `wechat:${only}` }),
});
const post = (text: string, more: Partial<Post> = {}): Post => ({ text, files: [], ...more });
const patience = {
  dongMsMax: 1_500,
  silenceMsMax: 20_000,
  backoffMs: [100, 200, 400] as [number, ...number[]],
};

interface Session {
  channel: Channel;
  inbox: Inbound[];
  logged: string[];
  /** Waits, from one event to the next, until it holds. */
  until(holds: () => boolean): Promise<void>;
}

const sessions: Session[] = [];
function openSession(driver: PuppetDriver, options: Partial<WechatOptions> = {}): Session {
  const inbox: Inbound[] = [];
  const logged: string[] = [];
  let looks: (() => void)[] = [];
  const look = () => {
    for (const one of looks) one();
  };
  const sink = new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk));
      done();
      setImmediate(look);
    },
  });
  const receive = async (inbound: Inbound) => {
    inbox.push(inbound);
    setImmediate(look);
    return true;
  };
  const log = pino({ level: 'debug' }, sink);
  const channel = wechatChannel({ ...driver.choice, receive, log, patience, ...options });
  const session: Session = {
    channel,
    inbox,
    logged,
    until: (holds) =>
      new Promise((resolve) => {
        const one = () => {
          if (!holds()) return;
          looks = looks.filter((other) => other !== one);
          resolve();
        };
        looks.push(one);
        one();
      }),
  };
  sessions.push(session);
  return session;
}

async function connected(driver: PuppetDriver, options?: Partial<WechatOptions>): Promise<Session> {
  const session = openSession(driver, options);
  await session.channel.start();
  await session.until(() => session.channel.health().ready);
  return session;
}

let driver: PuppetDriver;
beforeAll(async () => {
  driver = await startPuppet();
});
afterEach(async () => {
  for (const { channel } of sessions.splice(0)) await channel.stop();
});
afterAll(() => driver.close());

describe('messages in', () => {
  it('arrive with sender, room and account', async () => {
    const { inbox, until } = await connected(driver);
    const id = await driver.says('wxid_first', '收到');
    await until(() => inbox.length === 1);
    const account = wechatAccount(driver.choice);
    expect(inbox[0]).toMatchObject({
      account,
      externalId: `${account}/${id}`,
      urn: 'wechat:wxid_first',
      text: '收到',
    });
    expect(inbox[0]?.room).toBeUndefined();
  });

  it('are addressed in a room by mention, under the name the bot has there, by quote and by command', async () => {
    const { inbox, until } = await connected(driver);
    const dashes = '- - - - - - - - - - - - - - -';
    await driver.says('wxid_first', '今天去哪个窗口？', room);
    await driver.says('wxid_first', '@督办\u2005状态', room, ['wxid_bot']);
    await driver.says('wxid_first', `「督办：第1题」\n${dashes}\n是`, room);
    await driver.says('wxid_first', '/duban status', room);
    await until(() => inbox.length === 4);
    expect(inbox.map(({ text, addressed, slash }) => [text, addressed, slash])).toEqual([
      ['今天去哪个窗口？', false, false],
      ['状态', true, false],
      ['是', true, false],
      ['status', true, true],
    ]);
    expect(new Set(inbox.map((one) => one.room))).toEqual(new Set([`wechat:${room}`]));
  });

  it('of one second keep the order in which they came', async () => {
    const { inbox, until } = await connected(driver);
    const timestamp = Math.floor(Date.now() / 1000);
    const texts = Array.from({ length: 40 }, (_, index) => `第${index}句`);
    await driver.say(...texts.map((text) => ({ from: 'wxid_first', text, timestamp })));
    await until(() => inbox.length === 40);
    expect(inbox.map(({ text }) => text)).toEqual(texts);
    const bySendingTime = [...inbox].sort((a, b) => (a.sentAt < b.sentAt ? -1 : 1));
    expect(bySendingTime.map(({ text }) => text)).toEqual(texts);
  });

  it('bring their photo, byte for byte, and no more bytes than allowed', async () => {
    const { channel, inbox, until } = await connected(driver);
    const bytes = Buffer.alloc(300_000, 'photo');
    const file = { name: 'photo.jpg', base64: bytes.toString('base64') };
    await driver.say(
      { from: 'wxid_first', type: 'Image', file },
      { from: 'wxid_first', type: 'Video', file: { ...file, name: 'v.mp4' } },
    );
    await until(() => inbox.length === 2);
    expect(inbox.map(({ kind, files }) => [kind, files[0]?.mime])).toEqual([
      ['media', 'image/jpeg'],
      ['media', 'video/mp4'],
    ]);
    for (const { files } of inbox) {
      const source = files[0]?.source;
      const ref = source !== undefined && 'ref' in source ? source.ref : '';
      expect(Buffer.from((await channel.fetch?.(ref, 300_000)) ?? []).equals(bytes)).toBe(true);
      await expect(channel.fetch?.(ref, 299_999)).rejects.toMatchObject({ kind: 'refused' });
    }
    await expect(channel.fetch?.('file:nowhere', 10)).rejects.toMatchObject({ kind: 'passing' });
  });

  it('bring their place, over a protocol that loses it', async () => {
    const { inbox, until } = await connected(driver);
    const location = {
      accuracy: 1,
      address: 'Parliament Square',
      latitude: 51.5,
      longitude: -0.125,
      name: 'Abbey',
    };
    await driver.say({ from: 'wxid_first', type: 'Location', location });
    await until(() => inbox.length === 1);
    expect(inbox[0]).toMatchObject({
      kind: 'place',
      place: { label: 'Abbey Parliament Square', latitude: 51.5, longitude: -0.125 },
    });
  });

  it('of our own, of public accounts and of long ago are none', async () => {
    const { channel, inbox, until } = await connected(driver);
    await channel.send(to('wxid_first'), post('自己说的'));
    await driver.say({ from: 'wxid_news', text: '今日要闻' });
    await driver.say({ from: 'wxid_first', text: '昨天', timestamp: Date.now() - 24 * 3_600_000 });
    await driver.says('wxid_first', '今天');
    await until(() => inbox.length === 1);
    expect(inbox[0]?.text).toBe('今天');
  });

  it('of long ago count when we are known to have listened', async () => {
    const now = Date.now();
    const lastSeen = async () => new Date(now - 24 * 3_600_000).toISOString();
    const { inbox, until } = await connected(driver, { lastSeen });
    await driver.say({ from: 'wxid_first', text: '昨天', timestamp: now - 23 * 3_600_000 });
    await until(() => inbox.length === 1);
    expect(inbox[0]?.text).toBe('昨天');
  });
});

describe('messages out', () => {
  it('reach a person, and the id is the platform’s', async () => {
    const { channel } = await connected(driver);
    const sending = channel.send(to('wxid_first'), post('请于明日前完成。'));
    const sent = await driver.nextSent(({ text }) => text === '请于明日前完成。');
    expect(sent).toMatchObject({ to: 'wxid_first', mentions: [] });
    expect(await sending).toBe(sent.id);
  });

  it('mention a person of a room by the name used there, and call nobody else', async () => {
    const { channel } = await connected(driver);
    await channel.send(
      to(room),
      post('@所有人 请看：有人说“@检查员乙 好”', { mention: 'wechat:wxid_first' }),
    );
    expect(await driver.nextSent(({ mentions }) => mentions.length > 0)).toMatchObject({
      to: room,
      text: '@甲组\u2005＠所有人 请看：有人说“＠检查员乙 好”',
      mentions: ['wxid_first'],
    });
  });

  it('say without a mention what is for somebody whose name cannot be had', async () => {
    const { channel } = await connected(driver);
    await channel.send(to(room), post('给不在群里的人', { mention: 'wechat:wxid_gone' }));
    const sent = await driver.nextSent(({ text }) => text?.endsWith('给不在群里的人') === true);
    expect(sent).toMatchObject({ text: '给不在群里的人', mentions: [] });
  });

  it('for one person of a room go there in private', async () => {
    const { channel } = await connected(driver);
    await channel.send(to(room, 'wxid_first'), post('仅您可见', { mention: 'wechat:wxid_first' }));
    expect(await driver.nextSent(({ text }) => text === '仅您可见')).toMatchObject({
      to: 'wxid_first',
      mentions: [],
    });
  });

  it('carry files, small and large', async () => {
    const { channel } = await connected(driver);
    for (const size of [10, 500_000]) {
      const bytes = new Uint8Array(Buffer.alloc(size, 'x'));
      await channel.send(to(room), post('', { files: [{ name: '报告', mime: 'image/png', bytes }] }));
      const sent = await driver.nextSent(({ file }) => file !== undefined);
      expect(sent.file?.name).toBe('报告.png');
      expect(Buffer.from(sent.file?.base64 ?? '', 'base64').equals(Buffer.from(bytes))).toBe(true);
    }
  });

  it.each<[what: string, destination: Destination, words: Post, kind: string]>([
    ['a person who is no friend', to('wxid_stranger'), post('x'), 'unreachable'],
    ['the same, for one person of a room', to(room, 'wxid_stranger'), post('x'), 'unreachable'],
    ['nobody', to('wxid_nobody'), post('x'), 'unreachable'],
    ['a service of WeChat', to('gh_123'), post('x'), 'unreachable'],
    ['another channel', { account: 'a', address: 'slack:T1/U1' }, post('x'), 'refused'],
    ['nothing to say', to('wxid_first'), post(' '), 'refused'],
  ])('are not sent to %s', async (_, destination, words, kind) => {
    const { channel } = await connected(driver);
    const before = driver.sent().length;
    await expect(channel.send(destination, words)).rejects.toMatchObject({ name: 'SendFault', kind });
    expect(driver.sent()).toHaveLength(before);
  });

  it('reach a person who is no friend after that person wrote to us', async () => {
    const { channel, inbox, until } = await connected(driver);
    await driver.says('wxid_stranger', '评价');
    await until(() => inbox.length === 1);
    await channel.send(to('wxid_stranger'), post('谢谢'));
    expect(await driver.nextSent(({ text }) => text === '谢谢')).toMatchObject({ to: 'wxid_stranger' });
  });

  it('rest after WeChat said that it is too often', async () => {
    const { channel, logged, until } = await connected(driver);
    await driver.say({ from: 'wxid_bot', room, type: 'Unknown', text: '操作过于频繁，可稍后再试。' });
    await until(() => logged.some((line) => line.includes('restMs')));
    await expect(channel.send(to(room), post('x'))).rejects.toMatchObject({
      kind: 'rate',
      retryAfterMs: expect.any(Number),
    });
  });
});

describe('the connection', () => {
  it('is not ready without a login, shows the code, and becomes ready with it', async () => {
    const waiting = await startPuppet({ loggedIn: false });
    const folder = mkdtempSync(join(tmpdir(), 'duban-code-'));
    const codeFile = join(folder, 'wechat-login.png');
    const codes: (string | undefined)[] = [];
    const session = openSession(waiting, { codeFile, onScan: ({ qrcode }) => codes.push(qrcode) });
    await session.channel.start();
    await session.until(
      () => codes.length > 0 && session.channel.health().reason?.includes('logged in') === true,
    );
    await expect(session.channel.send(to(room), post('x'))).rejects.toMatchObject({ kind: 'passing' });
    await session.until(() => session.logged.some((line) => line.includes('lies at')));
    expect(await FileBox.fromFile(codeFile).toQRCode()).toBe(codes[0]);
    waiting.login();
    await session.until(() => session.channel.health().ready);
    await session.until(() => session.logged.some((line) => line.includes('was taken away')));
    expect(existsSync(codeFile)).toBe(false);
    waiting.logout();
    await session.until(() => !session.channel.health().ready);
    waiting.login();
    await session.until(() => session.channel.health().ready);
    expect(session.logged.join('')).not.toContain(codes[0] ?? 'no code');
    await session.channel.stop();
    rmSync(folder, { recursive: true });
    await waiting.close();
  });

  it('survives a puppet that is killed and started again in the middle, and one that is not there at first', async () => {
    const mortal = await startPuppet({ started: false });
    const session = openSession(mortal);
    const { channel, inbox, until } = session;
    await channel.start();
    await until(() => channel.health().reason === 'puppet service: UNAVAILABLE');
    await mortal.start();
    await until(() => channel.health().ready);

    for (const round of [1, 2]) {
      await mortal.says('wxid_first', `之前${round}`);
      await until(() => inbox.some(({ text }) => text === `之前${round}`));
      await mortal.kill();
      await until(() => !channel.health().ready);
      await expect(channel.send(to('wxid_first'), post('x'))).rejects.toMatchObject({ kind: 'passing' });
      await expect(channel.fetch?.('file:x', 10)).rejects.toMatchObject({ kind: 'passing' });
      await mortal.start();
      await until(() => channel.health().ready);
      await mortal.says('wxid_first', `之后${round}`);
      await until(() => inbox.some(({ text }) => text === `之后${round}`));
      await channel.send(to(room), post(`又能发了${round}`));
      expect(await mortal.nextSent(({ text }) => text === `又能发了${round}`)).toMatchObject({ to: room });
    }
    expect(inbox.map(({ text }) => text)).toEqual(['之前1', '之后1', '之前2', '之后2']);
    await channel.stop();
    await mortal.close();
  });

  it('fails a message and a file under way when the puppet is killed, and harms nothing else', async () => {
    const mortal = await startPuppet();
    const { channel, until } = await connected(mortal);
    const bytes = new Uint8Array(3_000_000);
    const sending = Promise.allSettled([
      channel.send(to('wxid_first'), post('', { files: [{ name: 'a.png', mime: 'image/png', bytes }] })),
      channel.fetch?.('file:x', 10),
    ]);
    await mortal.kill();
    for (const one of await sending)
      expect(one).toMatchObject({ status: 'rejected', reason: { kind: 'passing' } });
    await mortal.start();
    await until(() => channel.health().ready);
    await channel.stop();
    await mortal.close();
  });

  it('comes back after a server that left in good order, and after one that fell silent', async () => {
    const mortal = await startPuppet();
    const session = await connected(mortal);
    await mortal.leave();
    await session.until(() => !session.channel.health().ready);
    await mortal.start();
    await session.until(() => session.channel.health().ready);
    const connections = () => session.logged.filter((line) => line.includes('wechat: connected')).length;
    expect(connections()).toBe(2);
    // It goes on carrying calls, but an error makes us ask for a sign of life and none comes.
    mortal.deafen();
    mortal.err();
    await session.until(() => connections() === 3 && session.channel.health().ready);
    await session.channel.stop();
    await mortal.close();
  });

  it('is left as it is by an error that means nothing', async () => {
    const { channel, inbox, logged, until } = await connected(driver);
    driver.err();
    await driver.says('wxid_first', '还在');
    await until(() => inbox.length === 1);
    expect(channel.health()).toEqual({ ready: true });
    expect(logged.filter((line) => line.includes('wechat: connected'))).toHaveLength(1);
  });

  it('works with TLS as a puppet service has it by default', async () => {
    const secure = await startPuppet({ tls: true });
    const { channel, inbox, until } = await connected(secure);
    await secure.says('wxid_first', '加密的');
    await until(() => inbox.length === 1);
    await channel.stop();
    await secure.close();
  });

  it('is made with any puppet by its npm name', async () => {
    const { channel, until } = openSession(driver, { puppet: 'wechaty-puppet-mock' });
    await channel.start();
    await until(() => channel.health().reason === 'connected, but nobody is logged in to WeChat');
  });

  it('explains a wrong token and a missing puppet, and throws nothing', async () => {
    const wrong = openSession(driver, { token: 'insecure_00000000-0000-4000-8000-000000000000' });
    await wrong.channel.start();
    await wrong.until(() => wrong.channel.health().reason === 'puppet service: UNAUTHENTICATED');
    const bare = openSession(driver, { token: '00000000-0000-4000-8000-000000000000' });
    await bare.channel.start();
    await bare.until(() => bare.channel.health().reason === 'the token needs a prefix, such as insecure_');
    const missing = openSession(driver, { puppet: 'wechaty-puppet-nowhere' });
    await missing.channel.start();
    await missing.until(() => missing.channel.health().reason?.includes('npm install') === true);
    expect(missing.channel.health().ready).toBe(false);
  });

  it('can be stopped and started again, and is free for another process meanwhile', async () => {
    const first = await connected(driver);
    await first.channel.stop();
    expect(first.channel.health()).toEqual({ ready: false, reason: 'stopped' });
    const second = await connected(driver);
    await second.channel.stop();
    await first.channel.start();
    await first.until(() => first.channel.health().ready);
    await driver.says('wxid_first', '又见面了');
    await first.until(() => first.inbox.length === 1);
    expect(second.inbox).toHaveLength(0);
  });

  it('keeps nobody’s profile on the disk and no words in the log', async () => {
    const { channel, inbox, logged, until } = await connected(driver);
    await driver.says('wxid_first', '我的秘密');
    await until(() => inbox.length === 1);
    await channel.send(to('wxid_first'), post('你的秘密'));
    expect(logged.join('')).not.toMatch(/秘密|wxid_/);
    expect(existsSync(`${homedir()}/.wechaty/wechaty-puppet-service/${driver.choice.token}`)).toBe(false);
  });
});
