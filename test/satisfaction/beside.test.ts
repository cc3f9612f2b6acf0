import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type GroupResults,
  type PlaceTally,
  resultsOf,
  type TalliesAbove,
  type TimeTally,
} from '../../src/satisfaction/results.ts';
import { addCounts } from '../../src/satisfaction/small-cells.ts';
import type { LevelCounts } from '../../src/satisfaction/summary.ts';

const weeks = ['2026-06-22', '2026-06-29'] as const;
const levels: LevelCounts = [0, 0, 0, 0, 0];
const sets = [{ version: 1, scores: [100, 80, 60, 40, 20] as const, aims: {}, publishedOn: '2026-06-22' }];

/** Two halls with two windows each: what is asked about stands on the campaign's page, a hall's, or is a window. */
const halls = ['A', 'B'];
const windowsOf = (hall: string) => [`${hall}1`, `${hall}2`];
const leaves = halls.flatMap(windowsOf);
const cells = leaves.flatMap((leaf) => weeks.map((week) => ({ leaf, week })));

type Cells = readonly LevelCounts[];
type Rated = PlaceTally & TimeTally;

function tallies(counts: Cells, hall: string | null, window: string | null): Rated[] {
  return cells.flatMap(({ leaf, week }, at) => {
    if (window !== null ? leaf !== window : hall !== null && !leaf.startsWith(hall)) return [];
    const unitId = window !== null ? null : hall !== null ? leaf : leaf.slice(0, 1);
    return (counts[at] ?? levels).map((n, index) => ({
      ...{ setVersion: 1, source: 'scan' as const, level: index + 1, n, marked: false, struck: false },
      ...{ unitId, from: week },
    }));
  });
}

function page(counts: Cells, hall: string | null, window: string | null, highest: 'all' | 'hall') {
  const above: TalliesAbove[] = [];
  const add = (of: string | null, through: string) => {
    const rated = tallies(counts, of, null);
    above.push({ places: rated, times: rated, through, isAllUnits: false });
  };
  if (highest === 'all' && hall !== null) add(null, hall);
  if (hall !== null && window !== null) add(hall, window);
  const rated = tallies(counts, hall, window);
  const units = window !== null ? [] : hall !== null ? windowsOf(hall) : halls;
  const asked = { issued: 0, used: 0, opened: 0 };
  const { versions } = resultsOf({
    ...{ places: rated, times: rated, units, sets, asked, again: [0, 0, 0], above },
  });
  return versions[0]?.own ?? expect.fail('no version');
}

type Measure = 'size' | 'satisfied' | 'notNegative';
/** What a reader knows: of which cells together which number. */
type Known = Record<Measure, number[][]>;

const rowOf = (is: (cell: (typeof cells)[number]) => boolean) => cells.map((cell) => (is(cell) ? 1 : 0));

function learn(known: Known, group: GroupResults, hall: string | null, window: string | null): void {
  const inside = (leaf: string) => leaf.startsWith(window ?? hall ?? '');
  const told = (figures: GroupResults['all'], row: number[]) => {
    if (figures.kind === 'none') for (const measure of measures) known[measure].push(row);
    if (figures.kind !== 'told') return;
    known.size.push(row);
    if (figures.satisfied !== null) known.satisfied.push(row);
    if (figures.notNegative !== null) known.notNegative.push(row);
  };
  told(
    group.all,
    rowOf(({ leaf }) => inside(leaf)),
  );
  for (const { unitId, figures } of group.parts)
    told(
      figures,
      rowOf(({ leaf }) => inside(leaf) && leaf.startsWith(unitId ?? '-')),
    );
  for (const { from, figures } of group.trend)
    told(
      figures,
      rowOf(({ leaf, week }) => inside(leaf) && week === from),
    );
}
const measures = ['size', 'satisfied', 'notNegative'] as const;

/** Vectors that change nothing of what is known: a sum is known when it is at right angles to all of them. */
function freedom(rows: readonly number[][], width: number): number[][] {
  const left = rows.map((row) => [...row]);
  const pivots: number[] = [];
  for (let column = 0; column < width; column += 1) {
    const done = pivots.length;
    const at = left.findIndex((row, index) => index >= done && Math.abs(row[column] ?? 0) > 1e-9);
    if (at < 0) continue;
    [left[done], left[at]] = [left[at] ?? [], left[done] ?? []];
    const scale = left[done]?.[column] ?? 1;
    const pivot = (left[done] ?? []).map((value) => value / scale);
    left[done] = pivot;
    for (const [index, row] of left.entries()) {
      const factor = row[column] ?? 0;
      if (index !== done && factor !== 0)
        left[index] = row.map((value, place) => value - factor * (pivot[place] ?? 0));
    }
    pivots.push(column);
  }
  const free = Array.from({ length: width }, (_, column) => column).filter((one) => !pivots.includes(one));
  return free.map((column) => {
    const vector = Array<number>(width).fill(0);
    vector[column] = 1;
    for (const [index, pivot] of pivots.entries()) vector[pivot] = -(left[index]?.[column] ?? 0);
    return vector;
  });
}

const isKnown = (free: readonly number[][], row: readonly number[]) =>
  free.every((vector) => Math.abs(vector.reduce((sum, one, at) => sum + one * (row[at] ?? 0), 0)) < 1e-9);

/** Every group of people that can be reckoned from what a reader is told. */
function reckoned(counts: Cells, known: Known): number[] {
  const width = cells.length;
  const blank = Array<number>(width).fill(0);
  const sizes = freedom(known.size, width);
  const lines = freedom(
    [
      ...known.satisfied.map((row) => [...row, ...blank]),
      ...known.notNegative.map((row) => [...blank, ...row]),
    ],
    2 * width,
  );
  const found: number[] = [];
  for (let mask = 1; mask < 2 ** width; mask += 1) {
    const row = cells.map((_, at) => (mask >> at) % 2);
    const [one, two, three, four, five] = addCounts(counts.filter((_, at) => row[at] === 1));
    if (isKnown(sizes, row)) found.push(one + two + three + four + five);
    if (isKnown(lines, [...row, ...blank])) found.push(four + five, one + two + three);
    if (isKnown(lines, [...blank, ...row])) found.push(three + four + five, one + two);
    const between = [...row.map((value) => -value), ...row];
    if (isKnown(lines, between)) found.push(three);
  }
  return found;
}

const level = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 6 }), {
  weight: 3,
  arbitrary: fc.integer({ min: 5, max: 40 }),
});
const group: fc.Arbitrary<LevelCounts> = fc.tuple(level, level, level, level, level);
const campaign = fc.array(group, { minLength: cells.length, maxLength: cells.length });

function allKnown(counts: Cells): Known {
  const known: Known = { size: [], satisfied: [], notNegative: [] };
  learn(known, page(counts, null, null, 'all'), null, null);
  for (const hall of halls) {
    learn(known, page(counts, hall, null, 'all'), hall, null);
    for (const window of windowsOf(hall)) learn(known, page(counts, hall, window, 'all'), hall, window);
  }
  return known;
}

test('whoever asks for every unit, one by one, and for all together can reckon nobody of one to four', () => {
  fc.assert(
    fc.property(campaign, (counts) => {
      for (const people of reckoned(counts, allKnown(counts))) expect([1, 2, 3, 4]).not.toContain(people);
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('a unit is told alone as it is in the lists above it, by the very same suppression', () => {
  fc.assert(
    fc.property(campaign, (counts) => {
      const { parts } = page(counts, null, null, 'all');
      for (const { unitId, figures } of parts) {
        const alone = page(counts, unitId, null, 'all').all;
        expect({ ...alone, score: null }).toEqual({ ...figures, score: null });
        const below = page(counts, unitId, null, 'all').parts;
        for (const one of below)
          expect({ ...page(counts, unitId, one.unitId, 'all').all, score: null }).toEqual({
            ...one.figures,
            score: null,
          });
      }
    }),
  );
});

const of = (n: number): LevelCounts => [0, 0, 0, 0, n];

test('where nothing is small a unit alone has its trend and its mean, and its head has them at any rate', () => {
  const large = cells.map(() => of(20));
  expect(page(large, 'A', null, 'all')).toMatchObject({ narrowed: false, all: { n: 80, score: 100 } });
  expect(page(large, 'A', 'A1', 'all').trend).toHaveLength(2);
  // In one week three in all of another hall.
  const small = large.map((counts, at) =>
    at === cells.length - 1 ? of(3) : at === cells.length - 3 ? of(0) : counts,
  );
  expect(page(small, 'A', null, 'all')).toMatchObject({ narrowed: true, all: { n: 80 }, trend: [] });
  expect(page(small, 'A', null, 'hall').trend).toHaveLength(2);
});
