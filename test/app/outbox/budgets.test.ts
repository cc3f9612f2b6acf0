import { expect, test } from 'vitest';
import { wechatBudgets } from '../../../src/channels/wechat/channel.ts';
import { priority } from '../../../src/store/writes.ts';
import { openDispatch, type Put } from '../dispatch.ts';
import { fakeChannel } from '../fake-channel.ts';
import { seeded } from '../seeded.ts';
import { slow } from './slow.ts';

const { reply, deadline, broadcast } = priority;

test("WeChat's own budgets: three seconds and more between any two, in a room three in any minute", async () => {
  const dispatch = await openDispatch();
  const sent: { to: string; ms: number }[] = [];
  const channel = fakeChannel('wechat', {
    ...wechatBudgets,
    meets: ({ address }) => void sent.push({ to: address, ms: dispatch.machine.now().getTime() }),
  });
  const room = 'wechat:room@1';
  await dispatch.put(
    ...Array.from({ length: 8 }, (_, index) => ({ to: room, text: `群 ${index}`, priority: reply })),
    ...Array.from({ length: 12 }, (_, index) => ({
      to: `wechat:p${index}`,
      text: '私信',
      priority: broadcast,
    })),
  );
  dispatch.start(channel, { random: seeded(3) });
  const begun = dispatch.machine.now().getTime();
  await dispatch.rest();
  for (let second = 0; second < 140 && sent.length < 20; second += 1) await dispatch.after(1_000);
  const all = sent.map(({ ms }) => ms - begun);
  const gaps = all.slice(1).map((ms, index) => ms - (all[index] ?? 0));
  expect(sent).toHaveLength(20);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3_000);
  // Irregular, as people are, and no slower than it must be while there is somebody to write to.
  expect(new Set(gaps).size).toBeGreaterThan(1);
  expect(Math.max(...gaps.slice(0, 12))).toBeLessThanOrEqual(6_000);
  const inRoom = sent.filter(({ to }) => to === room).map(({ ms }) => ms - begun);
  expect(inRoom.at(-1)).toBeLessThanOrEqual(135_000);
  for (const [index, ms] of inRoom.entries())
    expect(
      inRoom.filter((other) => other >= ms && other < ms + 60_000).length,
      `${index}`,
    ).toBeLessThanOrEqual(3);
});

test('a post of several parts is booked as so many messages, for its account and for its room', async () => {
  const dispatch = await openDispatch();
  const sent: { text: string; second: number }[] = [];
  const begun = dispatch.machine.now().getTime();
  const room = 'wechat:room@1';
  const channel = {
    ...fakeChannel('wechat', {
      ...wechatBudgets,
      meets: (_, { text }) =>
        void sent.push({ text, second: (dispatch.machine.now().getTime() - begun) / 1_000 }),
    }),
    parts: ({ text }: { text: string }) => (text === '长' ? 5 : 1),
  };
  await dispatch.put({ to: room, text: '长' }, { to: 'wechat:p1', text: '私信' }, { to: room, text: '短' });
  dispatch.start(channel);
  await dispatch.rest();
  for (let second = 0; second < 150 && sent.length < 3; second += 1) await dispatch.after(1_000);
  // The account is free after five times three seconds; the room once no minute holds more than three parts: the fifth
  // counts as said when the second minute began.
  expect(sent).toEqual([
    { text: '长', second: 0 },
    { text: '私信', second: 15 },
    { text: '短', second: 60 },
  ]);
});

test('what somebody waits for goes before deadlines, and those before announcements', async () => {
  const dispatch = await openDispatch();
  const channel = fakeChannel('wechat', { account: slow });
  const three = (text: string, of: number): Put[] =>
    ['a', 'b', 'same'].map((to) => ({
      to: `wechat:${to === 'same' ? to : text + to}`,
      text: `${text} ${to}`,
      priority: of,
    }));
  await dispatch.put(
    ...three('announcement', broadcast),
    ...three('deadline', deadline),
    ...three('reply', reply),
  );
  dispatch.start(channel);
  await dispatch.rest();
  for (let second = 0; second < 8; second += 1) {
    expect(channel.texts()).toHaveLength(second + 1);
    await dispatch.after(1_000);
  }
  expect(channel.texts()).toEqual(
    ['reply', 'deadline', 'announcement'].flatMap((text) => ['a', 'b', 'same'].map((to) => `${text} ${to}`)),
  );
});

test('two processes share one budget', async () => {
  const dispatch = await openDispatch();
  const sent: string[] = [];
  const options = { account: slow, meets: (_: unknown, { text }: { text: string }) => void sent.push(text) };
  await dispatch.put(
    ...Array.from({ length: 6 }, (_, index) => ({ to: `wechat:p${index}`, text: `${index}` })),
  );
  dispatch.start(fakeChannel('wechat', options));
  dispatch.start(fakeChannel('wechat', options));
  await dispatch.rest();
  for (let second = 1; second < 6; second += 1) {
    expect(sent).toHaveLength(second);
    await dispatch.after(1_000);
  }
  expect(sent).toEqual(['0', '1', '2', '3', '4', '5']);
});
