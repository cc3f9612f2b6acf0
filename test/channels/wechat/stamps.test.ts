import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openStamps, sentMs } from '../../../src/channels/wechat/stamps.ts';

const arrived = Date.parse('2026-06-22T00:00:10Z');

it.each<[what: string, timestamp: number, sent: number]>([
  ['seconds', 1_782_086_400, 1_782_086_400_000],
  ['milliseconds', 1_782_086_400_123, 1_782_086_400_123],
  ['nothing', 0, arrived],
  ['no number', Number.NaN, arrived],
  ['negative', -5, arrived],
  ['a little ahead of our clock', arrived + 60_000, arrived + 60_000],
  ['far ahead of our clock', arrived + 3_600_000, arrived],
])('a timestamp: %s', (_, timestamp, sent) => {
  expect(sentMs(timestamp, arrived)).toBe(sent);
});

it('orders the messages of one second as they arrived, and leaves other seconds theirs', () => {
  const stamp = openStamps();
  expect([
    stamp(1_782_086_400_000),
    stamp(1_782_086_400_000),
    stamp(1_782_086_399_000),
    stamp(1_782_086_400_000),
  ]).toEqual([
    '2026-06-22T00:00:00.000000Z',
    '2026-06-22T00:00:00.000001Z',
    '2026-06-21T23:59:59.000000Z',
    '2026-06-22T00:00:00.000002Z',
  ]);
});

it('never gives one stamp twice, and keeps the order of arrival of equal times', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1_782_086_400_000, max: 1_782_086_402_000 }), { maxLength: 60 }),
      (times) => {
        const stamp = openStamps();
        const stamps = times.map((time) => ({ time, at: stamp(time) }));
        expect(new Set(stamps.map(({ at }) => at)).size).toBe(stamps.length);
        for (const [index, { time, at }] of stamps.entries())
          for (const later of stamps.slice(index + 1))
            if (later.time === time) expect(later.at > at).toBe(true);
      },
    ),
  );
});
