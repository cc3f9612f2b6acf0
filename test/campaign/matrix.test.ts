import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkMatrix, type Pair } from '../../src/campaign/matrix.ts';

const rows = (...pairs: string[]): Pair[] =>
  pairs.map((pair) => ({ inspector: pair[0] ?? '', inspected: pair[1] ?? '' }));

test('the published matrix of JX-3.4: 4+2+2, two mutual pairs', () => {
  // 南湖 n, 秀洲 x, 嘉善 s, 平湖 p, 海盐 y, 海宁 h, 桐乡 t, 经开区 k
  expect(checkMatrix(rows('ny', 'xp', 'sn', 'px', 'yt', 'hk', 'ts', 'kh'))).toEqual({
    self: [],
    inspectsTwice: [],
    inspectedTwice: [],
    neverInspects: [],
    neverInspected: [],
    mutual: [
      ['x', 'p'],
      ['h', 'k'],
    ],
    cycles: [4, 2, 2],
  });
});

describe('what is wrong is told by row or unit', () => {
  test.each([
    ['self', rows('aa', 'bc', 'cb'), { self: [0], cycles: [2, 1] }],
    [
      'inspects twice',
      rows('ab', 'bc', 'ac'),
      { inspectsTwice: [2], inspectedTwice: [2], neverInspects: ['c'], cycles: null },
    ],
    [
      'inspected twice',
      rows('ab', 'ba', 'cb'),
      { inspectedTwice: [2], neverInspected: ['c'], mutual: [['a', 'b']], cycles: null },
    ],
    ['one side only', rows('ab'), { neverInspects: ['b'], neverInspected: ['a'], cycles: null }],
  ])('%s', (_, pairs, expected) => expect(checkMatrix(pairs)).toMatchObject(expected));

  test('a participant left out', () => {
    expect(checkMatrix(rows('ab', 'ba'), ['a', 'b', 'c'])).toMatchObject({
      neverInspects: ['c'],
      neverInspected: ['c'],
      cycles: null,
    });
  });
});

describe('laws', () => {
  const units = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const permutation = fc.shuffledSubarray(units, { minLength: units.length });

  test('a permutation has no fault but its fixed points, and its cycles add up', () => {
    fc.assert(
      fc.property(permutation, (order) => {
        const pairs = units.map((inspector, index) => ({ inspector, inspected: order[index] ?? '' }));
        const check = checkMatrix(pairs);
        const fixed = units.flatMap((unit, index) => (unit === order[index] ? [index] : []));
        expect(check).toMatchObject({
          self: fixed,
          inspectsTwice: [],
          inspectedTwice: [],
          neverInspects: [],
          neverInspected: [],
        });
        expect(check.cycles?.reduce((sum, length) => sum + length, 0)).toBe(units.length);
        expect(check.cycles?.filter((length) => length === 1)).toHaveLength(fixed.length);
        expect(check.cycles?.filter((length) => length === 2)).toHaveLength(check.mutual.length);
      }),
    );
  });

  test('the order of the rows changes nothing but their numbers', () => {
    fc.assert(
      fc.property(permutation, permutation, (order, shuffled) => {
        const pairs = units.map((inspector, index) => ({ inspector, inspected: order[index] ?? '' }));
        const again = shuffled.flatMap((unit) => pairs.filter(({ inspector }) => inspector === unit));
        expect(checkMatrix(again).cycles).toEqual(checkMatrix(pairs).cycles);
      }),
    );
  });

  test('of the 5-unit derangements, 44, 24 are one cycle of five and 20 have a mutual pair', () => {
    const all = permutationsOf(['a', 'b', 'c', 'd', 'e']).map((order) =>
      checkMatrix([...'abcde'].map((inspector, index) => ({ inspector, inspected: order[index] ?? '' }))),
    );
    const derangements = all.filter(({ self }) => self.length === 0);
    expect(derangements).toHaveLength(44);
    expect(derangements.filter(({ cycles }) => cycles?.join() === '5')).toHaveLength(24);
    expect(derangements.filter(({ mutual }) => mutual.length === 1)).toHaveLength(20);
  });
});

function permutationsOf(units: string[]): string[][] {
  if (units.length === 0) return [[]];
  return units.flatMap((unit) =>
    permutationsOf(units.filter((one) => one !== unit)).map((rest) => [unit, ...rest]),
  );
}
