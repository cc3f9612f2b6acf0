import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { wechatChannel } from '../../src/channels/wechat/channel.ts';
import { openChannels } from '../../src/connect.ts';
import { type SlackWorld, slackWorld } from '../channels/slack/driver.ts';
import { type PuppetDriver, type Spoken, startPuppet } from '../channels/wechat/driver.ts';
import { consoleVisitor, type Visitor } from './console-people.ts';
import { configOf, faults, freeBudgets, type House, openHouse, unhurried } from './house.ts';
import { photo } from './photo.ts';
import { type SlackPeople, slackPeople, type Talker } from './slack-people.ts';
import { type WechatPeople, wechatPeople } from './wechat-people.ts';

// What bad input gets, in every channel: an inspector in each of the three, in one house.
const phone = 'wxid_first';
const room = 'inspection@chatroom';
let world: SlackWorld;
let driver: PuppetDriver;
let house: House;
let slack: SlackPeople;
let wechat: WechatPeople;
let coordinator: Talker;
let desk: Talker;
let page: Visitor;

/** What the bot says when this is typed in private, one text a message. */
const says: Record<'Slack' | 'WeChat' | 'the console', (text: string) => Promise<string[]>> = {
  Slack: async (text) => (await desk.says(asSlackSends(text))).map((one) => one.text),
  WeChat: async (text) => (await wechat.says(phone, text)).map((one) => one.text),
  'the console': async (text) => (await page.says(text)).map((one) => one.text),
};
const named = { slack: 'Slack', wechat: 'WeChat', console: 'the console' } as const;
const channels = ['Slack', 'WeChat', 'the console'] as const;

/** Slack escapes what people type. */
function asSlackSends(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

beforeAll(async () => {
  [world, driver] = await Promise.all([slackWorld(), startPuppet()]);
  let connected: Channel | undefined;
  house = await openHouse({
    now: '2026-06-22T09:00:00+08:00',
    coordinators: `slack:${world.person('coordinator')},wechat:wxid_coord`,
    console: true,
    channels: async (sockets) => {
      const config = configOf({
        SLACK_BOT_TOKEN: world.botToken,
        SLACK_SIGNING_SECRET: world.signingSecret,
        SLACK_API_URL: world.apiUrl,
        CONSOLE: 'on',
      });
      const { receive, log } = sockets;
      connected = wechatChannel({ ...driver.choice, receive, log, budgets: freeBudgets });
      return [...(await openChannels(config, sockets)), connected].map(unhurried);
    },
  });
  slack = slackPeople(world, world.requests(house.url), house.settled);
  wechat = wechatPeople(driver, house);
  [coordinator, desk] = await Promise.all([slack.person('coordinator'), slack.person('inspector')]);
  page = consoleVisitor(house, 'console:inspector-1');
  await vi.waitUntil(() => connected?.health().ready, { interval: 5, timeout: 20_000 });
  await desk.says(`绑定 ${await code('海宁')}`);
  await wechat.says(phone, `绑定 ${await code('嘉善')}`);
  await page.says('你好');
  await coordinator.slash('发布');
  // Everybody has read the task.
  for (const channel of channels) await says[channel]('你好');
});

beforeEach(async () => {
  const open = await house.query<{ channel: string }>(
    `SELECT split_part(address, ':', 1) AS channel FROM session WHERE ended_at IS NULL`,
  );
  for (const { channel } of open) await says[named[channel as keyof typeof named]]('退出');
});

afterAll(async () => {
  expect(faults(house)).toEqual([]);
  expect(await house.count('inbox', `status = 'dead'`)).toBe(0);
  await house.close();
  await Promise.all([world.close(), driver.close()]);
});

async function code(unit: string): Promise<string> {
  const [invited] = await coordinator.slash(`邀请 检查员 ${unit}`);
  return /[34679ACFHJKMNPRTVWXY]{6}/.exec(invited?.text ?? '')?.[0] ?? '';
}

describe('words', () => {
  test('an unknown command gets the nearest ones', async () => {
    const unknown = '没有“状泰”这个指令。您是不是想说：状态？回复“帮助”可查看全部指令。';
    expect((await desk.slash('状泰')).map(({ text }) => text)).toEqual([unknown]);
    expect(await says.WeChat('/duban 状泰')).toEqual([unknown]);
    expect(await says['the console']('/duban 状泰')).toEqual([unknown]);
  });

  test.each(channels)(
    'what is nearly a command gets that one, and courtesy gets courtesy, in %s',
    async (channel) => {
      const answers = {
        签到吧: '没有看懂这条消息。您是不是想说：签到？回复“帮助”可查看全部。',
        '绑定 12': '后面的内容没有看懂。用法：绑定 邀请码 —— 使用邀请码。',
        今天天气不错: '没有看懂这条消息。回复“帮助”查看可以说的话，回复“我的任务”查看任务。',
        '谢谢！': '好的，有需要随时找我。',
        继续: '目前没有正在填写的内容，已经上报的不能再改。回复“帮助”查看可以说的话。',
        '在吗？': '您好，我在。回复“帮助”查看可以说的话，回复“我的任务”查看任务。',
      };
      for (const [text, answer] of Object.entries(answers))
        expect(await says[channel](text)).toEqual([answer]);
    },
  );

  test.each(channels)('too much or nothing at all gets one polite hint in %s', async (channel) => {
    for (const text of ['评'.repeat(10_000), ' \n ']) {
      const [hint, ...more] = await says[channel](text);
      expect(more).toEqual([]);
      expect(hint).toContain('回复“帮助”');
    }
  });

  test.each(channels)(
    'too much or nothing as an answer gets one, and the question again, in %s',
    async (channel) => {
      await says[channel]('签到');
      const [long, ...more] = await says[channel]('评'.repeat(10_000));
      expect(long).toMatch(/^最多 100 个字，请精简后再发。\n1\/10 /);
      const [empty, ...evenMore] = await says[channel](' \u200b ');
      expect(empty).toMatch(/^请用文字回复。\n1\/10 /);
      expect([...more, ...evenMore]).toEqual([]);
      expect(await house.count('answer', `question = 'name'`)).toBe(0);
    },
  );

  test('what is too long for the console is refused with its reason', async () => {
    const refused = await page.posts({ text: '评'.repeat(20_001) });
    expect(refused.status).toBe(413);
    expect(await refused.json()).toEqual({ fault: 'text-long' });
  });
});

const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');
const kinds: [string, Omit<Spoken, 'from'>][] = [
  ['sticker', { type: 'Emoticon', text: '<msg><emoji fromusername="x"/></msg>' }],
  ['voice', { type: 'Audio' }],
  ['forwarded', { type: 'ChatHistory', text: '<msg><appmsg><type>19</type></appmsg></msg>' }],
  ['red packet', { type: 'RedEnvelope' }],
  ['card', { type: 'Contact' }],
  ['binary', { type: 'Attachment', file: { name: '台账.pdf', base64: pdf.toString('base64') } }],
];

describe('what is neither words nor photos', () => {
  test.each(kinds)(
    'a %s in WeChat gets one polite hint; in a room it is left alone',
    async (_kind, spoken) => {
      const [hint, ...more] = await wechat.say({ ...spoken, from: phone });
      expect(more).toEqual([]);
      expect(hint?.to).toBe(phone);
      expect(hint?.text).toMatch(/照片/);
      expect(await wechat.say({ ...spoken, from: phone, room })).toEqual([]);
    },
  );

  test.each(kinds)('a %s in WeChat is no answer', async (_kind, spoken) => {
    await says.WeChat('签到');
    const [hint, ...more] = await wechat.say({ ...spoken, from: phone });
    expect(more).toEqual([]);
    expect(hint?.text).toMatch(/\n1\/10 检查的是哪个窗口？/);
  });

  test('nor in Slack', async () => {
    const voice = { name: 'a.m4a', mime: 'audio/mp4', bytes: Buffer.from('no sound') };
    const file = { name: '台账.pdf', mime: 'application/pdf', bytes: pdf };
    const hints = [await desk.says('', { files: [file] }), await desk.says('', { files: [voice] })];
    expect(hints.map((heard) => heard.length)).toEqual([1, 1]);
    expect(hints[0]?.[0]?.text).toContain('20 MB');
    await desk.says('签到');
    const [answer, ...more] = await desk.says('', { files: [file] });
    expect(more).toEqual([]);
    expect(answer?.text).toMatch(/\n1\/10 检查的是哪个窗口？/);
  });
});

describe('a photo', () => {
  const limits = '请发送照片（JPG、PNG、HEIC、WebP）或短视频（MP4、MOV），单个不超过20 MB。';
  const toPhotos = [
    '签到',
    '1号窗口',
    '跳过',
    '已落实',
    '80',
    '95',
    '都落实了',
    '在岗并执行',
    '不符合',
    '没有挂牌',
    '满意',
  ];

  test('that is too large or none gets the limit and the types in Slack; the next one is taken', async () => {
    for (const text of toPhotos) await desk.says(text);
    const wrong = [
      { name: 'a.png', mime: 'image/png', bytes: photo(10), size: 20 * 1024 * 1024 + 1 },
      { name: 'a.png', mime: 'image/png', bytes: Buffer.from('MZ: a program that calls itself a picture') },
      { name: '台账.pdf', mime: 'application/pdf', bytes: pdf },
    ];
    for (const file of wrong) {
      const [hint, ...more] = await desk.says('', { files: [file] });
      expect(more).toEqual([]);
      expect(hint?.text).toContain(limits);
    }
    const [next] = await desk.says('', { files: [{ name: 'b.png', mime: 'image/png', bytes: photo(10) }] });
    expect(next?.text).toContain('还有什么要说明的');
  });

  test('likewise in WeChat', async () => {
    for (const text of toPhotos) await wechat.says(phone, text);
    const base64 = Buffer.from('no picture').toString('base64');
    for (const spoken of [{ type: 'Image', file: { name: 'a.jpg', base64 } }, kinds[5]?.[1] ?? {}] as const) {
      const [hint, ...more] = await wechat.say({ ...spoken, from: phone });
      expect(more).toEqual([]);
      expect(hint?.text).toContain(limits);
    }
    const file = { name: 'b.png', base64: photo(10).toString('base64') };
    const [next] = await wechat.say({ from: phone, type: 'Image', file });
    expect(next?.text).toContain('还有什么要说明的');
  });

  test('likewise on the console', async () => {
    for (const text of toPhotos) await page.says(text);
    const [hint, ...more] = await page.sends(Buffer.from('no picture'), 'image/png');
    expect(more).toEqual([]);
    expect(hint?.text).toContain(limits);
    await expect(page.sends(pdf, 'application/pdf')).rejects.toThrow('photo-type');
    await expect(page.sends(photo(10 * 1024 * 1024), 'image/png')).rejects.toThrow('photo-large');
    const [next] = await page.sends(photo(10), 'image/png');
    expect(next?.text).toContain('还有什么要说明的');
  });
});

describe('an answer is stored as typed and shown harmless', () => {
  const nasty = [
    `'; DROP TABLE answer; --`,
    '=cmd()|" /C calc"!A0',
    '<!channel> <@U0COORD> <https://x.example|点这里>',
    '@所有人 @all @甲组 请看',
    '👨‍👩‍👧‍👦🏳️‍🌈 é 𠮷',
    'مرحبا بالعالم',
    'a\u202etxt.exe\u202c b',
    'bell\u0007 back\u0008 esc\u001b[31m',
    '<script>alert(1)</script> &lt;b&gt; &amp;',
    '{{label}} $t(commands:help.title) $& $1 %s \\n',
    '*粗* _斜_ ~删~ `码` > 引用 :tada:',
  ];
  // Control characters, and marks that turn the writing direction of all that follows.
  const unseen = /[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;
  const shownAs: Record<(typeof channels)[number], (text: string) => string> = {
    Slack: (text) => text.replace(unseen, ''),
    WeChat: (text) => text.replace(unseen, '').replaceAll('@', '＠').replace(/ {2,}/g, ' '),
    'the console': (text) => text.replace(unseen, ''),
  };

  test.each(channels)('in %s', async (channel) => {
    await says[channel]('签到');
    const [last] = await house.query<{ id: string }>('SELECT coalesce(max(id), 0)::text AS id FROM answer');
    for (const text of nasty) {
      await says[channel](text);
      const [back, ...more] = await says[channel]('上一题');
      expect(more).toEqual([]);
      expect(back).toContain(shownAs[channel](text));
      expect(back).not.toMatch(unseen);
    }
    const stored = await house.query(
      `SELECT value #>> '{}' AS value, said FROM answer WHERE id > $1 AND question = 'name' ORDER BY id`,
      [last?.id],
    );
    expect(stored).toEqual(nasty.map((text) => ({ value: text, said: text })));
  });

  test('nobody is called by it: not in Slack’s notice, not in WeChat', async () => {
    for (const text of nasty) {
      const [done] = await desk.says(asSlackSends(`发现问题 ${text}`));
      expect(done?.message.text).not.toMatch(/<[!@#h]/);
      const [told] = await wechat.says(phone, `发现问题 ${text}`);
      expect(told).not.toHaveProperty('mention');
      expect(told?.text).not.toMatch(/@/);
    }
    const problems = await house.query<{ problem: string }>(
      `SELECT problem #>> '{}' AS problem FROM finding WHERE session_id IS NULL ORDER BY number`,
    );
    expect(problems.map(({ problem }) => problem)).toEqual(nasty.flatMap((text) => [text, text]));
  });
});

describe('an invitation code', () => {
  test('that is unknown, used or over says so; and guessing ends', async () => {
    const good = await code('平湖');
    await wechat.says('wxid_second', `绑定 ${good}`);
    const over = await code('桐乡');
    house.clock.advance(14 * 86_400_000 + 1);
    const guess = async (text: string) => (await wechat.says('wxid_stranger', `绑定 ${text}`))[0]?.text;
    expect(await guess('ACF347')).toBe('没有“ACF347”这个邀请码。邀请码共6位，请核对后重发，或联系协调员。');
    expect(await guess(good)).toBe(`邀请码“${good}”已经用过。请联系协调员重新邀请。`);
    expect(await guess(over)).toBe(`邀请码“${over}”已过期。请联系协调员重新邀请。`);
    await guess('AAAAAA');
    await guess('CCCCCC');
    expect(await guess(await code('桐乡'))).toBe('输错次数较多，请一小时后再试，或联系协调员重新邀请。');
    expect(await house.count('urn', `urn = 'wechat:wxid_stranger'`)).toBe(1);
  });
});
