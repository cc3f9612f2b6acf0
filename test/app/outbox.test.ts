import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { type Budget, type Inbound, SendFault } from '../../src/channels/channel.ts';
import { wechatBudgets } from '../../src/channels/wechat/channel.ts';
import { createReceive } from '../../src/conversation/receive.ts';
import { takeTurns } from '../../src/conversation/turn.ts';
import { inTransaction, runOn } from '../../src/store/database.ts';
import { deadLetters, retryDeadLetter, retryDeadLetters } from '../../src/store/dead-letters.ts';
import { exchange } from '../../src/store/outbox.ts';
import { priority } from '../../src/store/writes.ts';
import { openStrictly } from '../strict-database.ts';
import { openDispatch, type Put } from './dispatch.ts';
import { fakeChannel, type Meets } from './fake-channel.ts';
import { answersOf, enter, message, openQuestionnaires } from './questionnaire.ts';
import { seeded } from './seeded.ts';

const { reply, deadline, broadcast } = priority;

test('each address hears everything once and as written, however long each message is on its way', async () => {
  const dispatch = await openDispatch();
  const random = seeded(7);
  const onTheWay = new Map<string, () => void>();
  let most = 0;
  const channel = fakeChannel('slack', {
    meets: ({ address }) => {
      expect(onTheWay.has(address)).toBe(false);
      return new Promise((resolve) => onTheWay.set(address, resolve));
    },
  });
  const addresses = ['slack:T1/U1', 'slack:T1/U2', 'slack:T1/C3', 'slack:T2/U4'];
  const texts = Array.from({ length: 10 }, (_, index) => `第${index}条`);
  await dispatch.put(...texts.flatMap((text) => addresses.map((to) => ({ to, text }))));
  const { signal } = dispatch.start(channel);
  for (let sent = 0; sent < addresses.length * texts.length; sent += 1) {
    await expect.poll(() => onTheWay.size, { interval: 1, timeout: 10_000 }).toBeGreaterThan(0);
    most = Math.max(most, onTheWay.size);
    const waiting = [...onTheWay];
    const [address, arrive] = waiting[Math.floor(random() * waiting.length)] ?? [];
    onTheWay.delete(address ?? '');
    arrive?.();
    signal();
  }
  await dispatch.rest();
  expect(most).toBeGreaterThan(1);
  for (const address of addresses) expect(channel.texts(address)).toEqual(texts);
  expect(new Set((await dispatch.outbox()).map(({ status }) => status))).toEqual(new Set(['sent']));
});

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

/** One message a second for the account, so that the order shows. */
const slow: Budget = { everyMs: 1_000, burst: 1, jitterMs: 0 };

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

test('a question that was answered is redrawn wherever it stands, and then the reply is posted, once', async () => {
  const dispatch = await openDispatch();
  const [to, sessionId] = ['slack:T1/U1', randomUUID()];
  const faults = [new SendFault('passing', 'the line'), new SendFault('refused', 'message_not_found')];
  const channel = fakeChannel('slack', {
    redrawMeets: () => {
      const fault = faults.shift();
      if (fault !== undefined) throw fault;
    },
  });
  const done = (question: string) => ({ question, say: { lines: [{ text: `${question} 已答` }] } });
  await dispatch.put(
    { to, text: '第1题', sessionId, question: 'q1' },
    { to, text: '没看懂。第1题', sessionId, question: 'q1' },
    { to, text: '第2题', sessionId, question: 'q2', settles: [done('q1')] },
    // Nothing to say: the answer came from another address.
    { to, text: '', sessionId, settles: [done('q2')] },
  );
  dispatch.start(channel);
  await dispatch.rest();
  // The line failed in the first redrawing: the reply waits with it.
  expect(channel.texts()).toEqual(['第1题', '没看懂。第1题']);
  await dispatch.after(2_000);
  // One of the two messages is gone by now, which is no fault.
  expect(channel.redrawn).toEqual([
    { id: 'slack-1', text: 'q1 已答' },
    { id: 'slack-3', text: 'q2 已答' },
  ]);
  expect(channel.texts()).toEqual(['第1题', '没看懂。第1题', '第2题']);
  expect((await dispatch.outbox()).map(({ status }) => status)).toEqual(['sent', 'sent', 'sent', 'sent']);
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

/** Throws what it is told to for one address, and lets all else through. */
function stubborn(address: string, faults: () => SendFault | Error | undefined): Meets {
  return (to) => {
    const fault = to.address === address ? faults() : undefined;
    if (fault !== undefined) throw fault;
  };
}

test('a platform that says when to come back is asked again then, and not before; others are not kept waiting', async () => {
  const dispatch = await openDispatch();
  let busy = true;
  const told = new SendFault('rate', 'too many', 30_000);
  const channel = fakeChannel('slack', { meets: stubborn('slack:T1/C1', () => (busy ? told : undefined)) });
  await dispatch.put(
    { to: 'slack:T1/C1', text: '一' },
    { to: 'slack:T1/C1', text: '二' },
    { to: 'slack:T1/C2', text: '三' },
  );
  dispatch.start(channel);
  await dispatch.rest();
  expect(channel.texts()).toEqual(['三']);
  await dispatch.after(29_999);
  expect(channel.tries).toBe(2);
  busy = false;
  await dispatch.after(1);
  expect(channel.texts('slack:T1/C1')).toEqual(['一', '二']);
  expect((await dispatch.outbox())[0]).toEqual({ text: '一', status: 'sent', attempts: 0 });
});

test('an outage of the line loses nothing for a day: tried again and again, five minutes apart at most', async () => {
  const dispatch = await openDispatch();
  const at: number[] = [];
  let broken = true;
  const fault = () => {
    at.push(dispatch.machine.now().getTime());
    return broken ? new SendFault('passing', 'no connection') : undefined;
  };
  const channel = fakeChannel('slack', { meets: stubborn('slack:T1/U1', fault) });
  await dispatch.put({ to: 'slack:T1/U1', text: '一' }, { to: 'slack:T1/U1', text: '二' });
  dispatch.start(channel);
  await dispatch.rest();
  const steps = [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1_000);
  for (const ms of steps) await dispatch.after(ms);
  expect(at.slice(1).map((ms, index) => ms - (at[index] ?? 0))).toEqual(steps);
  await dispatch.after(22 * 3_600_000);
  expect(await dispatch.outbox()).toMatchObject([{ status: 'waiting' }, { status: 'waiting' }]);
  broken = false;
  await dispatch.after(300_000);
  expect(channel.texts()).toEqual(['一', '二']);
});

test('after a day of it a message is set aside; a retry of all sends them in order', async () => {
  const dispatch = await openDispatch();
  const { database, clock } = dispatch;
  let broken = true;
  const line = new SendFault('passing', 'no connection');
  const channel = fakeChannel('slack', { meets: stubborn('slack:T1/U1', () => (broken ? line : undefined)) });
  await dispatch.put({ to: 'slack:T1/U1', text: '一' });
  dispatch.start(channel);
  await dispatch.rest();
  await dispatch.after(24 * 3_600_000 - 1);
  expect((await dispatch.outbox())[0]).toMatchObject({ status: 'waiting', attempts: 2 });
  await dispatch.after(300_000);
  expect((await dispatch.outbox())[0]).toMatchObject({ status: 'dead', attempts: 3 });
  broken = false;
  const retried = await inTransaction(database.pool, (run) =>
    retryDeadLetters(run, clock.now().toISOString()),
  );
  expect(retried).toBe(1);
  await dispatch.rest();
  expect(channel.texts()).toEqual(['一']);
});

test('a fault that may be the message’s own is met with longer and longer waits, then a dead letter; an operator can send it again', async () => {
  const dispatch = await openDispatch();
  const { machine, database, clock } = dispatch;
  const at: number[] = [];
  let broken = true;
  const fault = () => {
    at.push(machine.now().getTime());
    return broken ? new Error('socket hang up') : undefined;
  };
  const channel = fakeChannel('slack', { meets: stubborn('slack:T1/U1', fault) });
  await dispatch.put({ to: 'slack:T1/U1', text: '一' }, { to: 'slack:T1/U1', text: '二' });
  dispatch.start(channel);
  await dispatch.rest();
  for (let second = 1; second < 127; second += 1) await dispatch.after(1_000);
  const seconds = at.map((ms) => (ms - (at[0] ?? 0)) / 1_000);
  expect(seconds).toEqual([0, 1, 3, 7, 15, 31, 63]);
  expect(await dispatch.outbox()).toMatchObject([
    { status: 'waiting', attempts: 7 },
    { status: 'waiting', attempts: 0 },
  ]);
  await dispatch.after(1_000);
  const [letter, ...more] = await deadLetters(database);
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ channel: 'slack', attempts: 8, fault: expect.stringContaining('passing') });
  broken = false;
  await dispatch.after(1_000);
  expect(channel.texts()).toEqual(['二']);
  expect(await retryDeadLetter(runOn(database.pool), letter?.name ?? '', clock.now().toISOString())).toBe(
    true,
  );
  await dispatch.rest();
  expect(channel.texts()).toEqual(['二', '一']);
  expect((await dispatch.outbox()).map(({ status }) => status)).toEqual(['sent', 'sent']);
});

test('a message that will never be taken is set aside at once, and what is behind it goes on', async () => {
  const dispatch = await openDispatch();
  const faults = [new SendFault('refused', 'content')];
  const channel = fakeChannel('slack', { meets: stubborn('slack:T1/C1', () => faults.pop()) });
  await dispatch.put({ to: 'slack:T1/C1', text: '一' }, { to: 'slack:T1/C1', text: '二' });
  dispatch.start(channel);
  await dispatch.rest();
  expect(await dispatch.outbox()).toMatchObject([{ status: 'dead', attempts: 1 }, { status: 'sent' }]);
});

test('two dispatchers at once send nothing twice, and keep the order of each address', async () => {
  const dispatch = await openDispatch();
  const { database, put, rest } = dispatch;
  const onTheWay = new Set<string>();
  const sent = new Map<string, string[]>();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  onTestFinished(() => release());
  const meets: Meets = async ({ address }, { text }) => {
    expect(onTheWay.has(address)).toBe(false);
    onTheWay.add(address);
    await held;
    await new Promise((resolve) => setImmediate(resolve));
    onTheWay.delete(address);
    sent.set(address, [...(sent.get(address) ?? []), text]);
  };
  const elsewhere = openStrictly(database.pool.options);
  onTestFinished(() => elsewhere.close());
  const [left, right] = [fakeChannel('slack', { meets }), fakeChannel('slack', { meets })];
  const one = dispatch.start(left);
  const other = dispatch.start(right, { database: elsewhere });
  // Neither looks again before it is called.
  await rest();
  const texts = Array.from({ length: 20 }, (_, index) => `${index}`);
  const [near, far] = ['N', 'F'].map((name) =>
    Array.from({ length: 10 }, (_, index) => `slack:T1/${name}${index}`),
  );
  // Each looks once when it starts; after that only when it is called.
  await expect.poll(() => one.idle() && other.idle(), { interval: 1, timeout: 10_000 }).toBe(true);
  await put(...(near ?? []).map((to) => ({ to, text: '0' })));
  one.signal();
  await expect.poll(() => left.tries === 10 && one.idle(), { interval: 1, timeout: 10_000 }).toBe(true);
  await put(...(far ?? []).map((to) => ({ to, text: '0' })));
  other.signal();
  await expect.poll(() => right.tries, { interval: 1, timeout: 10_000 }).toBe(10);
  release();
  const addresses = [...(near ?? []), ...(far ?? [])];
  for (const text of texts.slice(1)) {
    await put(...addresses.map((to) => ({ to, text })));
    one.signal();
    other.signal();
  }
  await rest();
  for (const address of addresses) expect(sent.get(address)).toEqual(texts);
  expect(left.tries + right.tries).toBe(addresses.length * texts.length);
});

test('what a killed sender had on its way is sent again once its lease has lapsed, and nothing overtakes it', async () => {
  const dispatch = await openDispatch();
  const { database, clock, machine } = dispatch;
  await dispatch.put(
    { to: 'slack:T1/U1', text: '一' },
    { to: 'slack:T1/U1', text: '二' },
    { to: 'slack:T1/U2', text: '三' },
  );
  const now = machine.now().getTime();
  const taken = await exchange(database, {
    channel: 'slack',
    receipts: [],
    now: clock.now().toISOString(),
    machineNow: new Date(now).toISOString(),
    leaseUntil: new Date(now + 120_000).toISOString(),
    limit: 1,
    budgeted: false,
    choose: (candidates) => ({ chosen: candidates, lanes: [], putOff: [] }),
  });
  expect(taken).toMatchObject([{ address: 'slack:T1/U1' }]);
  const channel = fakeChannel('slack');
  const { signal } = dispatch.start(channel);
  await channel.looked(signal);
  await channel.heard('slack:T1/U2', 1);
  machine.advance(119_000);
  for (let look = 0; look < 3; look += 1) await channel.looked(signal);
  expect(channel.texts('slack:T1/U1')).toEqual([]);
  machine.advance(60_000);
  await dispatch.rest();
  expect(channel.texts('slack:T1/U1')).toEqual(['一', '二']);
});

/** Somebody of two addresses and one room, whom nothing reaches in private unless `reachable` says so. */
async function openUnreachable() {
  const dispatch = await openDispatch();
  const reachable = new Set<string>();
  const meets: Meets = ({ address }) => {
    if (!address.includes('/C') && !reachable.has(address))
      throw new SendFault('unreachable', 'no private chat');
  };
  const [slack, wechat] = [fakeChannel('slack', { meets }), fakeChannel('wechat', { meets })];
  const contactId = await dispatch.person('wechat:w1', 'slack:T1/U1');
  dispatch.start(slack);
  dispatch.start(wechat);
  const { database, clock } = dispatch;
  const receive = createReceive({ database, clock, stored: () => {}, fetchLater: async () => {} });
  const says = async (inbound: Inbound) => {
    expect(await receive(inbound)).toBe(true);
    while ((await takeTurns({ ...dispatch, said: () => {} })) > 0);
  };
  return { ...dispatch, reachable, slack, wechat, contactId, says };
}

test('who cannot be reached in private hears it at another address of theirs', async () => {
  const { put, rest, reachable, slack, wechat, contactId } = await openUnreachable();
  reachable.add('slack:T1/U1');
  await put({ to: 'wechat:w1', text: '第一条', contactId }, { to: 'wechat:w1', text: '第二条', contactId });
  await rest();
  expect(slack.texts('slack:T1/U1')).toEqual(['第一条', '第二条']);
  expect(wechat.texts()).toEqual([]);
});

const asked = '有一条给您的消息，暂时无法私信。请先与我私聊任意一句话，即可收到。';

test('who cannot be reached at all is asked once a day, in a room and without a word of it, to write; then hears it all', async () => {
  const ground = await openUnreachable();
  const { put, rest, reachable, slack, wechat, contactId, outbox, says } = ground;
  await says({
    ...message('slack:T1/U1', '0', '大家好', '2026-06-22T01:00:00Z'),
    room: 'slack:T1/C1',
    addressed: false,
  });
  await put({ to: 'wechat:w1', text: '第一条', contactId }, { to: 'wechat:w1', text: '第二条', contactId });
  await rest();
  expect(await outbox()).toMatchObject([{ status: 'held' }, { status: 'held' }, { status: 'sent' }]);
  expect(slack.delivered.map(({ to, post }) => [to.address, post.mention, post.text])).toEqual([
    ['slack:T1/C1', 'slack:T1/U1', asked],
  ]);
  ground.clock.advance(86_400_000);
  await put({ to: 'slack:T1/U1', text: '第三条', contactId });
  await rest();
  expect(slack.texts()).toEqual([asked, asked]);
  reachable.add('wechat:w1');
  await says(message('wechat:w1', '1', '在吗', '2026-06-23T03:00:00Z'));
  await rest();
  expect(wechat.texts('wechat:w1')).toEqual(['第一条', '第二条', '第三条']);
  expect(slack.texts()).toEqual([asked, asked]);
});

test('the word that releases what was held may be an answer to a question', async () => {
  const ground = await openUnreachable();
  const { put, rest, reachable, wechat, says } = ground;
  const { campaignId } = await openQuestionnaires(ground);
  await enter(ground, campaignId, 'talk/window', ['wechat:w2']);
  const [row] = await ground.query<{ id: string }>(
    `SELECT contact_id AS id FROM urn WHERE urn = 'wechat:w2'`,
  );
  await put({ to: 'wechat:w2', text: '提醒', contactId: row?.id ?? '' });
  await rest();
  expect((await ground.outbox()).at(-1)).toMatchObject({ text: '提醒', status: 'held' });
  reachable.add('wechat:w2');
  await says(message('wechat:w2', '1', '答一', '2026-06-22T03:00:00Z'));
  await rest();
  expect(await answersOf(ground, 'wechat:w2')).toEqual([['q1', '答一']]);
  expect(wechat.texts('wechat:w2')).toContain('提醒');
});

test('a session follows its person to another address, and so does what they are told later', async () => {
  const ground = await openUnreachable();
  const { rest, reachable, slack, says, query } = ground;
  const { campaignId } = await openQuestionnaires(ground);
  await enter(ground, campaignId, 'talk/window', ['wechat:w2']);
  await query(
    `INSERT INTO urn (urn, contact_id) SELECT 'slack:T1/U2', contact_id FROM urn WHERE urn = 'wechat:w2'`,
  );
  reachable.add('slack:T1/U2');
  await says(message('slack:T1/U2', '1', '答一', '2026-06-22T03:00:00Z'));
  await rest();
  expect(slack.texts('slack:T1/U2')).toEqual([expect.stringContaining('q2')]);
  const people = await query(
    `SELECT address FROM contact JOIN urn ON contact_id = id WHERE urn = 'wechat:w2'`,
  );
  expect(people).toEqual([{ address: 'slack:T1/U2' }]);
});
