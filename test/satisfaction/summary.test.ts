import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LevelCounts, summarise } from '../../src/satisfaction/summary.ts';
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
    expect(summarise([2, 5, 8, 20, 42])).toEqual({
      n: 77,
      satisfied: { count: 62, percent: 80.5, low: 70.3, high: 87.8 },
      notNegative: { count: 70, percent: 90.9, low: 82.4, high: 95.5 },
      negative: 7,
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

  // DOMAIN 2.9: hide cells under five. What is shown of each: satisfied, not negative, negative.
  test.each<[string, LevelCounts, (number | null)[]]>([
    ['one negative among five gives somebody away', [1, 0, 0, 0, 4], [null, null, null]],
    ['a few negative: neither they nor what is left of n', [1, 3, 7, 20, 46], [66, null, null]],
    ['five negative', [1, 4, 7, 20, 46], [66, 73, 5]],
    ['nobody negative is nobody', [0, 0, 6, 20, 46], [66, 72, 0]],
    ['all negative', [9, 1, 0, 0, 0], [0, 0, 10]],
    ['all but a few negative', [9, 9, 0, 0, 4], [null, null, null]],
    [
      'few who are fairly satisfied: only one share, or they could be reckoned',
      [5, 0, 2, 0, 20],
      [null, 22, 5],
    ],
    ['few negative and few fairly satisfied', [2, 0, 4, 0, 20], [20, null, null]],
  ])('%s', (_, counts, [satisfied, notNegative, negative]) => {
    const shown = summarise(counts);
    expect([shown.satisfied?.count ?? null, shown.notNegative?.count ?? null, shown.negative]).toEqual([
      satisfied,
      notNegative,
      negative,
    ]);
  });

  test('of no group of one to four is the size told, nor to be reckoned from what is', () => {
    const level = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(fc.tuple(level, level, level, level, level), (counts) => {
        const { n, satisfied, notNegative, negative } = summarise(counts);
        if (n < 5) {
          expect([satisfied, notNegative, negative]).toEqual([null, null, null]);
          return;
        }
        expect(negative).toBe(notNegative === null ? null : n - notNegative.count);
        // Each is a part of the next: their differences can be reckoned, and nothing else.
        const parts = [0, satisfied?.count, notNegative?.count, n].filter((one) => one !== undefined);
        for (const [index, part] of parts.entries())
          for (const smaller of parts.slice(0, index)) expect([1, 2, 3, 4]).not.toContain(part - smaller);
      }),
    );
  });

  test('never 100 when one was not satisfied, never 0 when one was', () => {
    expect(summarise([5, 0, 0, 0, 49_995]).satisfied?.percent).toBe(99.9);
    expect(summarise([49_995, 0, 0, 0, 5]).satisfied?.percent).toBe(0.1);
    expect(summarise([10_000, 0, 0, 0, 0]).satisfied?.percent).toBe(0);
  });

  test('counts that are none are refused', () => {
    expect(() => summarise([0, 0, 0, 0, -1])).toThrow('not counts');
    expect(() => summarise([0, 0, 0, 0, 0.5])).toThrow('not counts');
  });
});
