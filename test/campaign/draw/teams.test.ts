import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeDraw } from '../../../src/campaign/draw/draw.ts';
import { type Frame, inOrder } from '../../../src/campaign/draw/frame.ts';
import { ownRecusals, recusalOf, type UnitAbove } from '../../../src/campaign/draw/recusal.ts';
import { chiSquare, limit999, seedNumbered } from './chi-square.ts';

const areas = ['haiyan', 'pinghu', 'nanhu'];
const reasons = ['own-unit', 'own-area', 'former-unit', 'interest'] as const;

const arbitraryFrame = fc
  .record({
    objects: fc.array(fc.constantFrom(...areas), { minLength: 1, maxLength: 25 }),
    people: fc.array(
      fc.array(fc.tuple(fc.constantFrom(...areas), fc.constantFrom(...reasons)), { maxLength: 2 }),
      {
        minLength: 1,
        maxLength: 12,
      },
    ),
  })
  .map(
    ({ objects, people }): Frame =>
      inOrder({
        members: objects.map((area, index) => ({
          id: `w${index}`,
          name: `w${index}`,
          within: [`w${index}`, area, 'city'],
        })),
        inspectors: people.map((avoids, index) => ({
          id: `p${index}`,
          name: `p${index}`,
          avoids: avoids.map(([unit, reason]) => ({ unit, reason })),
        })),
      }),
  );

test('each object has its inspectors, nobody twice, nobody who must recuse, the work spread evenly', () => {
  fc.assert(
    fc.property(arbitraryFrame, fc.integer({ min: 1, max: 3 }), fc.nat(), (frame, wanted, seed) => {
      const plan = {
        kind: 'teams',
        take: { percent: 100 },
        each: null,
        weighted: false,
        inspectors: wanted,
      } as const;
      const drawn = makeDraw(plan, frame, seedNumbered(seed));
      const enough = frame.members.every(
        (member) => frame.inspectors.filter((one) => recusalOf(one, member) === null).length >= wanted,
      );
      if (!enough) {
        expect(drawn).toMatchObject({ kind: 'refused', sentence: { key: 'draw:refused.inspectors' } });
        return;
      }
      if (drawn.kind === 'refused' || drawn.result.kind !== 'teams') expect.fail(drawn.kind);
      const loads = new Map(frame.inspectors.map(({ id }) => [id, 0]));
      for (const { object, inspectors } of drawn.result.teams) {
        const member = frame.members.find(({ id }) => id === object);
        if (member === undefined) expect.fail(object);
        expect(new Set(inspectors).size).toBe(wanted);
        for (const id of inspectors) {
          const person = frame.inspectors.find((one) => one.id === id);
          expect(person && recusalOf(person, member)).toBeNull();
          loads.set(id, (loads.get(id) ?? 0) + 1);
        }
      }
      const recused = frame.inspectors.some(({ avoids }) => avoids.length > 0);
      if (!recused) expect(Math.max(...loads.values()) - Math.min(...loads.values())).toBeLessThanOrEqual(1);
    }),
  );
});

test('every pair of five inspectors is as likely', () => {
  const frame = inOrder({
    members: [{ id: 'w', name: 'w', within: ['w'] }],
    inspectors: Array.from({ length: 5 }, (_, index) => ({ id: `p${index}`, name: `p${index}`, avoids: [] })),
  });
  const plan = { kind: 'teams', take: { count: 1 }, each: null, weighted: false, inspectors: 2 } as const;
  const counts = new Map<string, number>();
  for (let n = 0; n < 5_000; n += 1) {
    const drawn = makeDraw(plan, frame, seedNumbered(n));
    if (drawn.kind === 'refused' || drawn.result.kind !== 'teams') expect.fail(drawn.kind);
    const team = [...(drawn.result.teams[0]?.inspectors ?? [])].sort().join(' ');
    counts.set(team, (counts.get(team) ?? 0) + 1);
  }
  expect(counts.size).toBe(10);
  expect(chiSquare([...counts.values()], () => 500)).toBeLessThan(limit999(9));
});

test('without inspectors, and with too many for one draw, it is said what to do', () => {
  const members = Array.from({ length: 20_000 }, (_, index) => ({ id: String(100_000 + index), name: 'x' }));
  const plan = { kind: 'teams', take: { percent: 100 }, each: null, weighted: false, inspectors: 1 } as const;
  const with_ = (size: number) =>
    makeDraw(
      plan,
      { members, inspectors: members.slice(0, size).map(({ id }) => ({ id, name: 'x', avoids: [] })) },
      seedNumbered(1),
    );
  expect(with_(0)).toMatchObject({ sentence: { key: 'draw:refused.no-inspectors' } });
  expect(with_(5_001)).toMatchObject({ sentence: { key: 'draw:refused.too-large' } });
});

test('every day is as likely for a team, and the same days in another order give the same', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const days = ['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-06', '2026-07-07'];
  const plan = { kind: 'teams', take: { count: 2 }, each: null, weighted: false, inspectors: 2 } as const;
  const frame = inOrder({
    members: ids.map((id) => ({ id, name: id })),
    inspectors: ids.map((id) => ({ id, name: id, avoids: [] })),
    days: [...days].reverse(),
  });
  expect(frame.days).toEqual(days);
  const counts = new Map(days.map((day) => [day, 0]));
  for (let seed = 0; seed < 1000; seed += 1) {
    const drawn = makeDraw(plan, frame, seedNumbered(seed));
    if (drawn.kind === 'refused' || drawn.result.kind !== 'teams') expect.fail(drawn.kind);
    for (const { day = '' } of drawn.result.teams) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  expect(chiSquare([...counts.values()], () => 400)).toBeLessThan(limit999(4));
  expect(makeDraw(plan, { ...frame, days: [] }, seedNumbered(1))).toMatchObject({
    sentence: { key: 'draw:refused.no-days' },
  });
});

const city: UnitAbove = { code: 'city', kind: 'area' };
const county: UnitAbove = { code: 'haiyan', kind: 'area' };
const bureau: UnitAbove = { code: 'bureau', kind: 'organisation' };
const hall: UnitAbove = { code: 'hall', kind: 'hall' };

test.each<[string, UnitAbove[], boolean, [string, string][]]>([
  ['a county leaves out itself, not the city', [county, city], true, [['haiyan', 'own-unit']]],
  [
    'a bureau of a county: itself and its county',
    [bureau, county, city],
    true,
    [
      ['bureau', 'own-unit'],
      ['haiyan', 'own-area'],
    ],
  ],
  ['own area allowed', [bureau, county, city], false, [['bureau', 'own-unit']]],
  [
    'a hall of a bureau of the city',
    [hall, bureau, city],
    true,
    [
      ['hall', 'own-unit'],
      ['bureau', 'own-unit'],
    ],
  ],
  ['a unit that stands alone', [bureau], true, [['bureau', 'own-unit']]],
  ['the city itself', [city], true, [['city', 'own-unit']]],
])('own unit and own area: %s', (_, path, ownArea, expected) => {
  expect(ownRecusals(path, ownArea).map(({ unit, reason }) => [unit, reason])).toEqual(expected);
});
