import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addCounts, toldAlone, toldParts } from '../../src/satisfaction/small-cells.ts';
import type { LevelCounts } from '../../src/satisfaction/summary.ts';

const level = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 40 }));
const group: fc.Arbitrary<LevelCounts> = fc.tuple(level, level, level, level, level);
const sizeOf = (counts: LevelCounts) => counts.reduce((sum, one) => sum + one, 0);

/** Whether a sum is determined by others: whether it adds nothing to their rank. */
function followsFrom(known: readonly number[][], target: readonly number[]): boolean {
  return rank([...known, [...target]]) === rank(known);
}

function rank(rows: readonly (readonly number[])[]): number {
  const left = rows.map((row) => [...row]);
  let found = 0;
  for (let column = 0; column < (left[0]?.length ?? 0); column += 1) {
    const at = left.findIndex((row, index) => index >= found && Math.abs(row[column] ?? 0) > 1e-9);
    if (at < 0) continue;
    [left[found], left[at]] = [left[at] ?? [], left[found] ?? []];
    const pivot = left[found] ?? [];
    for (const [index, row] of left.entries()) {
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      if (index !== found) left[index] = row.map((value, place) => value - factor * (pivot[place] ?? 0));
    }
    found += 1;
  }
  return found;
}

/** What can be reckoned of any group of parts from all that is told, whoever knows how many are in each. */
function reckoned(parts: readonly LevelCounts[]): number[] {
  const told = toldParts(parts);
  const whole = toldAlone(addCounts(parts));
  const count = parts.length;
  const row = (places: number[], value = 1) => {
    const made = Array<number>(2 * count).fill(0);
    for (const place of places) made[place] = value;
    return made;
  };
  const all = parts.map((_, index) => index);
  const upper = (some: number[]) => some.map((index) => index + count);
  const known = [
    ...(whole.satisfied ? [row(all)] : []),
    ...(whole.notNegative ? [row(upper(all))] : []),
    ...told.flatMap((part, index) => {
      const isEmpty = sizeOf(parts[index] ?? [0, 0, 0, 0, 0]) === 0;
      return [
        ...(part.satisfied || isEmpty ? [row([index])] : []),
        ...(part.notNegative || isEmpty ? [row(upper([index]))] : []),
      ];
    }),
  ];
  const found: number[] = [];
  for (let mask = 1; mask < 2 ** count; mask += 1) {
    const some = all.filter((index) => (mask >> index) % 2 === 1);
    const [one, two, three, four, five] = addCounts(some.map((index) => parts[index] ?? [0, 0, 0, 0, 0]));
    const between = row(upper(some)).map((value, place) => value - (row(some)[place] ?? 0));
    if (followsFrom(known, row(some))) found.push(four + five, one + two + three);
    if (followsFrom(known, row(upper(some)))) found.push(three + four + five, one + two);
    if (followsFrom(known, between)) found.push(three);
  }
  return found;
}

describe('parts beside their whole', () => {
  test('nobody of one to four people can be reckoned from what is told of parts and whole', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 4 }), (parts) => {
        for (const people of reckoned(parts)) expect([1, 2, 3, 4]).not.toContain(people);
      }),
      { numRuns: 500 },
    );
  });

  test('neither can the size of a part of one to four', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 4 }), (parts) => {
        const told = toldParts(parts);
        if (!toldAlone(addCounts(parts)).size) {
          for (const [index, one] of parts.entries()) expect(told[index]?.size).toBe(sizeOf(one) === 0);
          return;
        }
        const hidden = parts.filter((_, index) => told[index]?.size === false);
        expect([1, 2, 3, 4]).not.toContain(hidden.reduce((sum, one) => sum + sizeOf(one), 0));
        for (const [index, one] of parts.entries())
          if (sizeOf(one) > 0 && sizeOf(one) < 5) expect(told[index]?.size).toBe(false);
      }),
    );
  });

  test('a part is told of no more than when it stands alone', () => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 6 }), (parts) => {
        for (const [index, told] of toldParts(parts).entries()) {
          const alone = toldAlone(parts[index] ?? [0, 0, 0, 0, 0]);
          expect(!told.size || alone.size).toBe(true);
          expect(!told.satisfied || (alone.satisfied && told.size)).toBe(true);
          expect(!told.notNegative || (alone.notNegative && told.size)).toBe(true);
        }
      }),
    );
  });

  test('where nothing is small everything is told', () => {
    const many = fc.integer({ min: 5, max: 90 });
    const large = fc.tuple(many, many, many, many, many);
    fc.assert(
      fc.property(fc.array(large, { minLength: 1, maxLength: 8 }), (parts) => {
        for (const told of toldParts(parts))
          expect(told).toEqual({ size: true, satisfied: true, notNegative: true });
      }),
    );
  });

  // By hand: who is told of, for parts of so many on the levels 1 to 5.
  test.each<[string, LevelCounts[], string[]]>([
    [
      'three people: the smallest of the others is withheld with them',
      [
        [0, 0, 0, 0, 3],
        [5, 0, 5, 0, 20],
        [5, 0, 5, 0, 10],
      ],
      ['', 'nsf', ''],
    ],
    [
      'two small parts that are five together',
      [
        [0, 0, 0, 0, 3],
        [0, 0, 0, 0, 2],
        [5, 0, 5, 0, 20],
      ],
      ['', '', 'nsf'],
    ],
    [
      'two small parts that are three together',
      [
        [0, 0, 0, 0, 2],
        [0, 0, 0, 0, 1],
        [5, 0, 5, 0, 20],
      ],
      ['', '', ''],
    ],
    [
      'three negative in one part: the other’s are not told either',
      [
        [0, 3, 5, 0, 20],
        [0, 6, 5, 0, 10],
      ],
      ['ns', 'ns'],
    ],
    [
      'an empty part is nobody',
      [
        [0, 0, 0, 0, 0],
        [5, 0, 5, 0, 20],
      ],
      ['n', 'nsf'],
    ],
  ])('%s', (_, parts, expected) => {
    const shown = toldParts(parts).map(
      ({ size, satisfied, notNegative }) =>
        `${size ? 'n' : ''}${satisfied ? 's' : ''}${notNegative ? 'f' : ''}`,
    );
    expect(shown).toEqual(expected);
  });
});
