import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reachable } from '../../src/satisfaction/reachable.ts';
import { shareOf } from '../../src/satisfaction/summary.ts';

// Published: 89 % of 77 replies; 68 are 88.3 %, 69 are 89.6 % (DOMAIN 2.9).
test.each([
  [89, 0, 77, false],
  [88, 0, 77, true],
  [90, 0, 77, true],
  [88.3, 1, 77, true],
  [89.6, 1, 77, true],
  [89, 1, 77, false],
  [0, 0, 1, true],
  [100, 0, 1, true],
  [50, 0, 1, false],
  [33.3, 1, 3, true],
  [33.4, 1, 3, false],
  [99.9, 1, 200, false],
  [99.5, 1, 200, true],
  // Half way: 1 of 8 is 12.5 %, printed as 12 or as 13.
  [12, 0, 8, true],
  [13, 0, 8, true],
  [14, 0, 8, false],
  // More decimals than were said to be printed, and what is no share.
  [12.5, 0, 8, false],
  [101, 0, 8, false],
  [-1, 0, 8, false],
  [0, 0, 0, false],
  [50, 0, 1.5, false],
])('%d %% with %d decimals of %d: %s', (percent, decimals, n, expected) => {
  expect(reachable(percent, decimals, n)).toBe(expected);
});

const pair = fc
  .integer({ min: 1, max: 3000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

test('it is what trying every part of n says', () => {
  const said = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 120 }));
  fc.assert(
    fc.property(said, ([tenths, n]) => {
      // In units of a twentieth of a percent and n: no fractions.
      const some = Array.from({ length: n + 1 }, (_, part) => Math.abs(2000 * part - 2 * tenths * n) <= n);
      expect(reachable(tenths / 10, 1, n)).toBe(some.includes(true));
    }),
  );
});

test('every share that we print is one, and its interval holds it', () => {
  fc.assert(
    fc.property(pair, ([count, n]) => {
      const { percent, low, high } = shareOf(count, n);
      expect(reachable(percent, 1, n)).toBe(true);
      expect(low).toBeLessThanOrEqual(percent);
      expect(high).toBeGreaterThanOrEqual(percent);
      expect(percent === 100).toBe(count === n);
      expect(percent === 0).toBe(count === 0);
    }),
    { numRuns: 2000 },
  );
  expect(shareOf(49_995, 50_000)).toMatchObject({ percent: 99.9, low: 99.9 });
});
