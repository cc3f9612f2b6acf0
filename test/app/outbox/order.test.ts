import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { SendFault } from '../../../src/channels/channel.ts';
import { openDispatch } from '../dispatch.ts';
import { fakeChannel } from '../fake-channel.ts';
import { seeded } from '../seeded.ts';

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
