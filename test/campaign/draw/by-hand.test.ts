import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDraw } from '../../../src/campaign/draw/draw.ts';
import { type Frame, type Inspector, inOrder, type Member } from '../../../src/campaign/draw/frame.ts';
import { byHand, daysByHand, matrixByHand, sampleByHand, teamsByHand } from './by-hand.ts';
import { seedNumbered } from './chi-square.ts';

const arbitraryMembers = fc
  .array(
    fc.record({ kind: fc.constantFrom('a', 'b', 'c'), weight: fc.option(fc.integer({ min: 1, max: 20 })) }),
    { minLength: 1, maxLength: 30 },
  )
  .map((list) =>
    list.map(({ kind, weight }, index): Member => {
      const id = `m${index}`;
      return { id, name: id, kind, within: [id, kind], ...(weight === null ? {} : { weight }) };
    }),
  );
const arbitraryInspectors = fc
  .array(fc.constantFrom('a', 'b', 'z'), { minLength: 1, maxLength: 8 })
  .map((units) =>
    units.map((unit, index): Inspector => {
      const id = `p${index}`;
      return { id, name: id, avoids: [{ unit, reason: 'interest' }] };
    }),
  );
const arbitrarySeed = fc.nat().map(seedNumbered);

test('whoever repeats a sample or teams from the page alone comes to the same', () => {
  const given = fc.tuple(
    arbitraryMembers,
    arbitraryInspectors,
    arbitrarySeed,
    fc.nat(),
    fc.option(fc.integer({ min: 1, max: 30 })),
  );
  fc.assert(
    fc.property(given, ([members, inspectors, seed, some, each]) => {
      const frame = inOrder({ members, inspectors });
      const count = 1 + (some % members.length);
      const plan = { kind: 'teams', take: { count }, each, weighted: true, inspectors: 1 } as const;
      const drawn = makeDraw(plan, frame, seed);
      const sample = makeDraw({ kind: 'sample', take: { count }, each, weighted: true }, frame, seed);
      if (sample.kind === 'refused') return;
      const below = byHand(seed);
      const ids = sampleByHand(below, frame.members, count, each);
      expect(sample.result).toEqual({ kind: 'sample', drawn: ids });
      if (drawn.kind === 'refused') return;
      const objects = ids.flatMap((id) => frame.members.filter((member) => member.id === id));
      const teams = teamsByHand(below, objects, frame.inspectors, 1);
      expect(drawn.result).toEqual({
        kind: 'teams',
        teams: ids.map((object) => ({ object, inspectors: teams[object] })),
      });
      const days = ['2026-07-01', '2026-07-02', '2026-07-06'];
      const dated = makeDraw(plan, { ...frame, days }, seed);
      const whenByHand = daysByHand(below, ids.length, days);
      expect(dated).toEqual({
        kind: 'drawn',
        result: {
          kind: 'teams',
          teams: ids.map((object, at) => ({ object, inspectors: teams[object], day: whenByHand[at] })),
        },
      });
    }),
  );
});

test('and so does whoever repeats a matrix', () => {
  const given = fc.tuple(fc.integer({ min: 4, max: 12 }), fc.boolean(), fc.boolean(), arbitrarySeed);
  fc.assert(
    fc.property(given, ([size, mutual, oneCycle, seed]) => {
      const ids = Array.from({ length: size }, (_, index) => `u${10 + index}`);
      const frame: Frame = {
        members: ids.map((id) => ({ id, name: id, within: [id] })),
        // The first avoids the second.
        inspectors: ids.map((id, index) => ({
          id,
          name: id,
          avoids: index === 0 ? [{ unit: 'u11', reason: 'interest' }] : [],
        })),
      };
      const may = (row: number, other: number) => row !== other && !(row === 0 && other === 1);
      const drawn = makeDraw({ kind: 'matrix', mutual, oneCycle }, frame, seed);
      const next = matrixByHand(byHand(seed), size, may, { mutual, oneCycle });
      expect(drawn).toEqual({
        kind: 'drawn',
        result: {
          kind: 'matrix',
          pairs: next.map((other, row) => ({ inspector: ids[row], inspected: ids[other] })),
        },
      });
    }),
  );
});
