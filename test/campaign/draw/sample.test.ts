import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Member } from '../../../src/campaign/draw/frame.ts';
import { drawSample } from '../../../src/campaign/draw/sample.ts';
import { drawStream } from '../../../src/campaign/draw/stream.ts';
import { chiSquare, limit999, seedNumbered } from './chi-square.ts';

const arbitrarySeed = fc.integer({ min: 0, max: 2 ** 30 }).map(seedNumbered);
const arbitraryMembers = fc
  .array(fc.record({ kind: fc.constantFrom('a', 'b', 'c'), weight: fc.integer({ min: 1, max: 10_000 }) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((list): Member[] => list.map((one, index) => ({ ...one, id: `m${100 + index}`, name: `${index}` })));

function drawn(members: Member[], count: number, seed: string, each: number | null = null): string[] {
  const result = drawSample(drawStream(seed), { take: { count }, each }, members);
  if (result.kind === 'refused') expect.fail(result.sentence.key);
  return result.members.map(({ id }) => id);
}

test('so many as wanted, each once, all from the frame; the same seed gives the same', () => {
  fc.assert(
    fc.property(arbitraryMembers, arbitrarySeed, fc.nat(), (members, seed, some) => {
      const count = 1 + (some % members.length);
      const ids = drawn(members, count, seed);
      expect(ids).toHaveLength(count);
      expect(new Set(ids).size).toBe(count);
      expect(members.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
      expect(drawn(members, count, seed)).toEqual(ids);
    }),
  );
});

test('every kind has its share, or it is said how many that takes', () => {
  fc.assert(
    fc.property(
      arbitraryMembers,
      arbitrarySeed,
      fc.integer({ min: 1, max: 100 }),
      fc.nat(),
      (members, seed, each, some) => {
        const sizes = new Map<string, number>();
        for (const { kind = '' } of members) sizes.set(kind, (sizes.get(kind) ?? 0) + 1);
        const needed = [...sizes.values()].reduce((sum, size) => sum + Math.ceil((size * each) / 100), 0);
        const count = 1 + (some % members.length);
        const result = drawSample(drawStream(seed), { take: { count }, each }, members);
        if (needed > count) {
          expect(result).toMatchObject({
            kind: 'refused',
            sentence: { key: 'draw:refused.each', params: { needed } },
          });
          return;
        }
        if (result.kind === 'refused') expect.fail(result.sentence.key);
        expect(new Set(result.members).size).toBe(count);
        for (const [kind, size] of sizes) {
          const own = result.members.filter((member) => member.kind === kind).length;
          expect(own).toBeGreaterThanOrEqual((size * each) / 100);
        }
      },
    ),
  );
});

test('every set of three of six comes as often as any other', () => {
  const members = numbered(6);
  const sets = new Map<string, number>();
  for (let n = 0; n < 20_000; n += 1) {
    const set = [...drawn(members, 3, seedNumbered(n))].sort().join(' ');
    sets.set(set, (sets.get(set) ?? 0) + 1);
  }
  expect(sets.size).toBe(20);
  expect(chiSquare([...sets.values()], () => 1_000)).toBeLessThan(limit999(19));
});

test('every member of a large frame is as likely, wherever it stands', () => {
  const members = numbered(1_000);
  const counts = members.map(() => 0);
  for (let n = 0; n < 400; n += 1)
    for (const id of drawn(members, 100, seedNumbered(n))) counts[Number(id)] = (counts[Number(id)] ?? 0) + 1;
  expect(counts.reduce((sum, count) => sum + count)).toBe(40_000);
  // Without replacement the counts scatter less than Pearson's statistic expects: by the share not drawn.
  expect(chiSquare(counts, () => 40) / 0.9).toBeLessThan(limit999(999));
});

test('the first to be drawn is drawn by weight', () => {
  const weights = [1, 2, 3, 10, 4];
  const members = numbered(5).map((member, index) => ({ ...member, weight: weights[index] ?? 1 }));
  const counts = weights.map(() => 0);
  const seconds = weights.map(() => 0);
  for (let n = 0; n < 20_000; n += 1) {
    const [first, second] = drawn(members, 2, seedNumbered(n)).map(Number);
    counts[first ?? 0] = (counts[first ?? 0] ?? 0) + 1;
    seconds[second ?? 0] = (seconds[second ?? 0] ?? 0) + 1;
  }
  const share = (index: number) => (weights[index] ?? 0) / 20;
  expect(chiSquare(counts, (index) => 20_000 * share(index))).toBeLessThan(limit999(4));
  // The second is drawn by weight among those left: Σ over the first of p(first) · w / (20 − w(first)).
  const second = (index: number) =>
    weights.reduce(
      (sum, weight, first) =>
        first === index ? sum : sum + (weight / 20) * ((weights[index] ?? 0) / (20 - weight)),
      0,
    );
  expect(chiSquare(seconds, (index) => 20_000 * second(index))).toBeLessThan(limit999(4));
});

test('a share counts upwards; more than there are, or none at all, is refused with numbers', () => {
  const share = (percent: number) =>
    drawSample(drawStream(seedNumbered(1)), { take: { percent }, each: null }, numbered(41));
  const sizeOf = (percent: number) => {
    const result = share(percent);
    return result.kind === 'drawn' ? result.members.length : null;
  };
  expect([sizeOf(5), sizeOf(1), sizeOf(100)]).toEqual([3, 1, 41]);
  const refusal = (count: number, members: Member[]) =>
    drawSample(drawStream(seedNumbered(1)), { take: { count }, each: null }, members);
  expect(refusal(6, numbered(5))).toEqual({
    kind: 'refused',
    sentence: { key: 'draw:refused.too-many', params: { count: 6, size: 5 } },
  });
  expect(refusal(1, [])).toMatchObject({ kind: 'refused', sentence: { key: 'draw:refused.empty' } });
});

function numbered(size: number): Member[] {
  return Array.from({ length: size }, (_, index) => ({ id: String(index), name: `第${index}个` }));
}
