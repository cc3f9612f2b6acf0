import { expect, test } from 'vitest';
import { SendFault } from '../../../src/channels/channel.ts';
import { inTransaction } from '../../../src/store/database.ts';
import { deadLetters, retryDeadLetters } from '../../../src/store/dead-letters.ts';
import { priority } from '../../../src/store/writes.ts';
import { openDispatch } from '../dispatch.ts';
import { fakeChannel, type Meets } from '../fake-channel.ts';
import { slow } from './slow.ts';

const { deadline, broadcast } = priority;

/** What the coordinator's campaigns ask for; the stage's time is 10:00 there. */
const night = { from: '21:00', to: '08:00', zone: 'Asia/Shanghai' };

test('after an outage over the evening, what nobody waits for goes out in the morning, and answers at once', async () => {
  const dispatch = await openDispatch();
  const { clock } = dispatch;
  let up = false;
  const line = new SendFault('passing', 'no connection');
  const channel = fakeChannel('slack', {
    meets: () => {
      if (!up) throw line;
    },
  });
  // In a rehearsal, in which a day is a minute.
  const pass = async (hours: number) => {
    clock.advance(hours * 3_600_000);
    await dispatch.after(hours * 2_500);
  };
  dispatch.start(channel);
  await dispatch.put(
    { to: 'slack:T1/U1', text: '提醒', priority: deadline, quiet: night },
    { to: 'slack:T1/C1', text: '通知', priority: broadcast, quiet: night },
    { to: 'slack:T1/U2', text: '未读完', quiet: night },
    { to: 'slack:T1/U3', text: '回答' },
  );
  for (let hour = 10; hour < 26; hour += 1) await pass(1);
  expect(channel.texts()).toEqual([]);
  up = true;
  // At 02:00 there, once the last pause between two tries has passed.
  await dispatch.after(300_000);
  expect(channel.texts()).toEqual(['回答']);
  clock.set('2026-06-23T07:59:00+08:00');
  await dispatch.after(300_000);
  expect(channel.texts()).toEqual(['回答']);
  clock.set('2026-06-23T08:00:00+08:00');
  await dispatch.after(0);
  expect(channel.texts().sort()).toEqual(['回答', '提醒', '未读完', '通知'].sort());
});

test('a channel that is not connected over the evening, a full budget and a retry by hand keep the night as well', async () => {
  const dispatch = await openDispatch();
  const { clock, database } = dispatch;
  let ready = false;
  const meets: Meets = () => {
    if (clock.now().toISOString() < '2026-06-22T13:00') throw new SendFault('refused', 'content');
  };
  const given = fakeChannel('wechat', { account: slow, meets });
  const channel = { ...given, health: () => ({ ...given.health(), ready }) };
  dispatch.start(channel);
  const put = (text: string) =>
    dispatch.put(
      { to: 'wechat:p1', text, priority: deadline, quiet: night },
      { to: 'wechat:p2', text: '问' },
    );
  await put('一');
  clock.set('2026-06-22T20:59:00+08:00');
  ready = true;
  await dispatch.rest();
  await dispatch.after(1_000);
  // Refused in daylight; at 02:00 somebody tries it again by hand.
  expect((await deadLetters(database)).length).toBe(2);
  await put('二');
  clock.set('2026-06-23T02:00:00+08:00');
  expect(await inTransaction(database.pool, (run) => retryDeadLetters(run, clock.now().toISOString()))).toBe(
    2,
  );
  for (let second = 0; second < 5; second += 1) await dispatch.after(1_000);
  expect(given.texts()).toEqual(['问', '问']);
  clock.set('2026-06-23T08:00:00+08:00');
  for (let second = 0; second < 5; second += 1) await dispatch.after(1_000);
  expect(given.texts()).toEqual(['问', '问', '一', '二']);
});
