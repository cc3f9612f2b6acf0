import { expect, test } from 'vitest';
import { SendFault } from '../../../src/channels/channel.ts';
import { inTransaction, runOn } from '../../../src/store/database.ts';
import { deadLetters, retryDeadLetter, retryDeadLetters } from '../../../src/store/dead-letters.ts';
import { openDispatch } from '../dispatch.ts';
import { fakeChannel, type Meets } from '../fake-channel.ts';

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
