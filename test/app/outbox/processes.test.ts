import { expect, onTestFinished, test } from 'vitest';
import { exchange } from '../../../src/store/outbox.ts';
import { openStrictly } from '../../strict-database.ts';
import { openDispatch } from '../dispatch.ts';
import { fakeChannel, type Meets } from '../fake-channel.ts';

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
