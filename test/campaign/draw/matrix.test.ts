import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Frame } from '../../../src/campaign/draw/frame.ts';
import { drawMatrix } from '../../../src/campaign/draw/matrix.ts';
import { drawStream } from '../../../src/campaign/draw/stream.ts';
import { countTables, type TableLaws } from '../../../src/campaign/draw/tables.ts';
import { checkMatrix, type Pair } from '../../../src/campaign/matrix.ts';
import { chiSquare, limit999, seedNumbered } from './chi-square.ts';

const free: TableLaws = { mutual: true, oneCycle: false };

/** Units by number; `barred` are pairs that recuse themselves, inspector first. */
function frameOf(size: number, barred: readonly (readonly [number, number])[] = []): Frame {
  const ids = Array.from({ length: size }, (_, index) => `u${100 + index}`);
  return {
    members: ids.map((id) => ({ id, name: id, within: [id] })),
    inspectors: ids.map((id, index) => ({
      id,
      name: id,
      avoids: barred
        .filter(([inspector]) => inspector === index)
        .map(([, other]) => ({ unit: ids[other] ?? '', reason: 'interest' as const })),
    })),
  };
}

function pairsOf(frame: Frame, laws: TableLaws, seed: string): Pair[] {
  const drawn = drawMatrix(drawStream(seed), laws, frame);
  if (drawn.kind === 'refused') expect.fail(drawn.sentence.key);
  return drawn.pairs;
}

function refusalOf(frame: Frame, laws: TableLaws): string {
  const drawn = drawMatrix(drawStream(seedNumbered(1)), laws, frame);
  return drawn.kind === 'refused' ? drawn.sentence.key : 'drawn';
}

describe('tables of eight (JX-3.5)', () => {
  const may = Array.from({ length: 8 }, (_, row) => Array.from({ length: 8 }, (_, other) => row !== other));
  test.each<[string, TableLaws, number]>([
    ['derangements', free, 14_833],
    ['without a mutual pair', { mutual: false, oneCycle: false }, 8_988],
    ['in a single circle', { mutual: true, oneCycle: true }, 5_040],
    ['in a single circle, which has no mutual pair', { mutual: false, oneCycle: true }, 5_040],
  ])('%s', (_, laws, count) => {
    expect(countTables(may, laws)).toBe(count);
  });
});

test('nobody inspects themselves, each inspects one and is inspected by one, and the laws hold', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 4, max: 30 }),
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: 0, max: 2 ** 30 }),
      (size, mutual, oneCycle, seed) => {
        const frame = frameOf(size);
        const pairs = pairsOf(frame, { mutual, oneCycle }, seedNumbered(seed));
        const check = checkMatrix(
          pairs,
          frame.members.map(({ id }) => id),
        );
        expect(check).toMatchObject({ self: [], inspectsTwice: [], inspectedTwice: [], neverInspects: [] });
        expect(check.neverInspected).toEqual([]);
        if (!mutual) expect(check.mutual).toEqual([]);
        if (oneCycle) expect(check.cycles).toEqual([size]);
      },
    ),
    { numRuns: 60 },
  );
});

test('recusals are kept, and a refusal of up to nine units means that there is no table', () => {
  const pair = (size: number) => fc.tuple(fc.nat(size - 1), fc.nat(size - 1));
  const given = fc
    .integer({ min: 2, max: 6 })
    .chain((size) =>
      fc.tuple(fc.constant(size), fc.array(pair(size), { maxLength: 16 }), fc.boolean(), fc.boolean()),
    );
  fc.assert(
    fc.property(given, fc.nat(), ([size, barred, mutual, oneCycle], seed) => {
      const laws = { mutual, oneCycle };
      const may = Array.from({ length: size }, (_, row) =>
        Array.from(
          { length: size },
          (_, other) => row !== other && !barred.some(([a, b]) => a === row && b === other),
        ),
      );
      const drawn = drawMatrix(drawStream(seedNumbered(seed)), laws, frameOf(size, barred));
      expect(drawn.kind).toBe(countTables(may, laws) === 0 ? 'refused' : 'drawn');
      if (drawn.kind === 'refused') return;
      const place = (id: string) => Number(id.slice(1)) - 100;
      for (const { inspector, inspected } of drawn.pairs)
        expect(may[place(inspector)]?.[place(inspected)]).toBe(true);
    }),
    { numRuns: 200 },
  );
});

describe('every table is as likely as any other', () => {
  // Of four units: nine derangements, six single circles. Of five: 44, and 24 without a mutual pair.
  test.each<[string, number, TableLaws, number]>([
    ['derangements of four', 4, free, 9],
    ['circles of four', 4, { mutual: true, oneCycle: true }, 6],
    ['derangements of five', 5, free, 44],
    ['tables of five without a mutual pair', 5, { mutual: false, oneCycle: false }, 24],
  ])('%s', (_, size, laws, kinds) => {
    expectEven(frameOf(size), laws, kinds);
  });

  test('with recusals', () => {
    // 0 and 1 avoid one another and 2 avoids 3: counted by listing.
    const barred = [
      [0, 1],
      [1, 0],
      [2, 3],
    ] as const;
    const may = Array.from({ length: 5 }, (_, row) =>
      Array.from(
        { length: 5 },
        (_, other) => row !== other && !barred.some(([a, b]) => a === row && b === other),
      ),
    );
    expectEven(frameOf(5, barred), free, countTables(may, free));
  });

  function expectEven(frame: Frame, laws: TableLaws, kinds: number): void {
    const counts = new Map<string, number>();
    const each = 300;
    for (let n = 0; n < kinds * each; n += 1) {
      const table = pairsOf(frame, laws, seedNumbered(n))
        .map(({ inspected }) => inspected)
        .join(' ');
      counts.set(table, (counts.get(table) ?? 0) + 1);
    }
    expect(counts.size).toBe(kinds);
    expect(chiSquare([...counts.values()], () => each)).toBeLessThan(limit999(kinds - 1));
  }
});

test('the only table of nine is found, though shuffling would hardly ever meet it', () => {
  // Everybody may inspect the next only.
  const barred = Array.from({ length: 9 }, (_, row) =>
    Array.from({ length: 9 }, (_, other) => [row, other] as const).filter(
      ([, other]) => other !== (row + 1) % 9,
    ),
  ).flat();
  const pairs = pairsOf(frameOf(9, barred), free, seedNumbered(3));
  expect(checkMatrix(pairs).cycles).toEqual([9]);
});

describe('what can not be drawn is refused with a sentence that says why', () => {
  const all = (size: number, row: number) =>
    Array.from({ length: size }, (_, other) => [row, other] as const);
  test.each<[string, Frame, TableLaws, string]>([
    ['one unit', frameOf(1), free, 'draw:refused.few'],
    [
      'two units without a mutual pair',
      frameOf(2),
      { mutual: false, oneCycle: false },
      'draw:refused.no-table',
    ],
    ['a unit that avoids all', frameOf(30, all(30, 4)), free, 'draw:refused.stuck'],
    [
      'two units left with one between them',
      frameOf(
        12,
        [...all(12, 4), ...all(12, 5)].filter(([, other]) => other !== 0),
      ),
      free,
      'draw:refused.stuck',
    ],
    ['more units than a table holds', frameOf(501), free, 'draw:refused.many-units'],
  ])('%s', (_, frame, laws, key) => {
    expect(refusalOf(frame, laws)).toBe(key);
  });

  test('laws that hardly any table of many units keeps: an end after a bounded number of tries', () => {
    // Of forty, everybody may inspect only the next two: there are tables, and none is met by shuffling.
    const barred = Array.from({ length: 40 }, (_, row) =>
      Array.from({ length: 40 }, (_, other) => [row, other] as const).filter(
        ([, other]) => other !== (row + 1) % 40 && other !== (row + 2) % 40,
      ),
    ).flat();
    expect(refusalOf(frameOf(40, barred), free)).toBe('draw:refused.rare');
  });
});
