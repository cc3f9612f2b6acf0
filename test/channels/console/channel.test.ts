import { expect, it } from 'vitest';
import { consoleChannel } from '../../../src/channels/console/channel.ts';
import { openDoorbell } from '../../../src/channels/console/doorbell.ts';
import { openStamps } from '../../../src/channels/console/stamp.ts';

const post = { text: '您好', files: [] };

it('rings at the address of the room or the person, for a message and for its change', async () => {
  const doorbell = openDoorbell();
  const rung: string[] = [];
  doorbell.listen((address) => rung.push(address));
  const channel = consoleChannel(doorbell);
  expect(channel.health()).toEqual({ ready: false, reason: 'not started' });
  await channel.start();
  expect(channel.health()).toEqual({ ready: true });
  const first = await channel.send({ account: 'console', address: 'console:citizen' }, post);
  const second = await channel.send(
    { account: 'console', address: 'console:room/a', only: 'console:citizen' },
    post,
  );
  expect(first).not.toBe(second);
  await channel.update?.({ account: 'console', address: 'console:citizen' }, first, post);
  await channel.stop();
  expect(rung).toEqual(['console:citizen', 'console:room/a', 'console:citizen']);
  expect(channel.health().ready).toBe(false);
});

it('sends to nobody without a fault: the page reads later', async () => {
  const channel = consoleChannel(openDoorbell());
  await channel.start();
  await expect(channel.send({ account: 'console', address: 'console:citizen' }, post)).resolves.toMatch(
    /^console:/,
  );
});

it('rings no more for one who stopped listening', () => {
  const doorbell = openDoorbell();
  const rung: string[] = [];
  const stop = doorbell.listen((address) => rung.push(address));
  doorbell.ring('a');
  stop();
  doorbell.ring('b');
  expect(rung).toEqual(['a']);
});

it('stamps each message later than the one before, whatever the clock does', () => {
  const clock = [1000, 1000, 1000.5, 999, 1001, 2000];
  const stamp = openStamps(() => clock.shift() ?? 0);
  const stamps = Array.from({ length: 6 }, stamp);
  expect(stamps).toEqual([
    '1970-01-01T00:00:01.000000Z',
    '1970-01-01T00:00:01.000001Z',
    '1970-01-01T00:00:01.000500Z',
    '1970-01-01T00:00:01.000501Z',
    '1970-01-01T00:00:01.001000Z',
    '1970-01-01T00:00:02.000000Z',
  ]);
});
