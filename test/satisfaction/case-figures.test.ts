import { expect, test } from 'vitest';
import { type CaseCounts, caseFigures } from '../../src/satisfaction/case-figures.ts';

const none: CaseCounts = {
  cases: 0,
  open: 0,
  toCall: 0,
  called: 0,
  toClose: 0,
  inTime: 0,
  told: 0,
  repeated: 0,
};
const called = (count: number, n: number) => caseFigures({ ...none, toCall: n, called: count }).called;

test.each([
  [0, 0, { kind: 'none' }],
  [3, 4, { kind: 'hidden' }],
  [0, 5, { kind: 'exact', n: 5, count: 0, percent: 0 }],
  [4, 9, { kind: 'hidden' }],
  [5, 9, { kind: 'hidden' }],
  [5, 10, { kind: 'exact', n: 10, count: 5, percent: 50 }],
  [98, 100, { kind: 'most', n: 100, percent: 95 }],
  [2, 100, { kind: 'few', n: 100, percent: 5 }],
  [9_995, 10_000, { kind: 'exact', n: 10_000, count: 9_995, percent: 99.9 }],
  [5, 100_000, { kind: 'exact', n: 100_000, count: 5, percent: 0.1 }],
])('%i of %i', (count, n, expected) => {
  expect(called(count, n)).toEqual(expected);
});

test('no cell under five can be told or reckoned from what is', () => {
  for (let n = 0; n <= 60; n += 1)
    for (let count = 0; count <= n; count += 1) {
      const figure = called(count, n);
      if (figure.kind === 'exact')
        for (const part of [count, n - count]) expect(part === 0 || part >= 5).toBe(true);
      if (figure.kind === 'most') expect(100 * count).toBeGreaterThan(figure.percent * n);
      if (figure.kind === 'few') expect(100 * count).toBeLessThan(figure.percent * n);
    }
  expect(caseFigures({ ...none, cases: 4, open: 4 })).toMatchObject({ cases: null, open: null });
  expect(caseFigures({ ...none, cases: 20, open: 17 })).toMatchObject({ cases: 20, open: null });
});
