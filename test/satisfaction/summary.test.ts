import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countLevels, type LevelCounts, summarise } from '../../src/satisfaction/summary.ts';
import { wilson } from '../../src/satisfaction/wilson.ts';

describe('the 95 % intervals of DOMAIN 2.9', () => {
  test.each([
    [1, 1, '20.7', '100.0'],
    [5, 5, '56.6', '100.0'],
    [7, 7, '64.6', '100.0'],
    [9, 10, '59.6', '98.2'],
    [27, 30, '74.4', '96.5'],
    [70, 77, '82.4', '95.5'],
    [90, 100, '82.6', '94.5'],
    [196, 200, '95.0', '99.2'],
    [199, 200, '97.2', '99.9'],
    [200, 200, '98.1', '100.0'],
    [0, 10, '0.0', '27.8'],
  ])('%i of %i: %s–%s', (part, n, low, high) => {
    const interval = wilson(part, n);
    expect([interval.low.toFixed(1), interval.high.toFixed(1)]).toEqual([low, high]);
  });

  test('what is no share is refused', () => {
    for (const [part, n] of [
      [0, 0],
      [3, 2],
      [-1, 2],
      [0.5, 2],
    ] as const)
      expect(() => wilson(part, n)).toThrow('no share');
  });

  test('the interval holds the share, stays within 0 and 100, mirrors, and narrows with more answers', () => {
    const pair = fc
      .integer({ min: 1, max: 5000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(pair, ([part, n]) => {
        const { share, low, high } = wilson(part, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(100);
        expect(low).toBeLessThanOrEqual(share);
        expect(high).toBeGreaterThanOrEqual(share);
        expect(wilson(n - part, n).low).toBeCloseTo(100 - high, 8);
        const more = wilson(part * 4, n * 4);
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });
});

describe('a summary', () => {
  test('says both readings of 满意率, each with its numerator', () => {
    expect(summarise([1, 2, 7, 20, 47])).toEqual({
      n: 77,
      satisfied: { count: 67, percent: 87, low: 77.7, high: 92.8 },
      notNegative: { count: 74, percent: 96.1, low: 89.2, high: 98.7 },
      negative: 3,
    });
  });

  test.each<[LevelCounts, number]>([
    [[0, 0, 0, 0, 0], 0],
    [[1, 0, 0, 0, 3], 4],
  ])('under five answers: n alone', (counts, n) => {
    expect(summarise(counts)).toEqual({ n, satisfied: null, notNegative: null, negative: null });
  });

  test('five answers are shown', () => {
    expect(summarise([0, 0, 0, 0, 5])).toEqual({
      n: 5,
      satisfied: { count: 5, percent: 100, low: 56.6, high: 100 },
      notNegative: { count: 5, percent: 100, low: 56.6, high: 100 },
      negative: 0,
    });
  });

  test('never 100 when one was not satisfied, never 0 when one was', () => {
    expect(summarise([1, 0, 0, 0, 9999]).satisfied?.percent).toBe(99.9);
    expect(summarise([9999, 0, 0, 0, 1]).satisfied?.percent).toBe(0.1);
    expect(summarise([10_000, 0, 0, 0, 0]).satisfied?.percent).toBe(0);
  });

  test('counts that are none are refused', () => {
    expect(() => summarise([0, 0, 0, 0, -1])).toThrow('not counts');
    expect(() => summarise([0, 0, 0, 0, 0.5])).toThrow('not counts');
  });
});

test('levels are counted', () => {
  expect(countLevels([5, 5, 1, 3, 2, 5])).toEqual([1, 1, 1, 0, 3]);
  expect(countLevels([])).toEqual([0, 0, 0, 0, 0]);
  expect(() => countLevels([6])).toThrow('not a level: 6');
});
