import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../../../src/campaign/draw/sha256.ts';
import { drawStream } from '../../../src/campaign/draw/stream.ts';
import { byHand } from './by-hand.ts';
import { chiSquare, limit999, seedNumbered } from './chi-square.ts';

test('SHA-256 is the one that everybody has', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  // Every length around the block's 64 bytes.
  for (let length = 0; length < 200; length += 1)
    expect(sha256('a'.repeat(length))).toBe(node('a'.repeat(length)));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => sha256(text) === node(text)),
  );
});

test('numbers are the words of SHA-256 of <seed>/<block>, those that would favour small results left out', () => {
  const seed = seedNumbered(2026);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 2 ** 32 }), { minLength: 1, maxLength: 60 }), (ranges) => {
      const stream = drawStream(seed);
      const below = byHand(seed);
      expect(ranges.map((n) => stream.below(n))).toEqual(ranges.map(below));
    }),
  );
});

test('every number below n comes as often as any other', () => {
  const stream = drawStream(seedNumbered(7));
  // Three quarters of 2^32: a plain remainder would give the lower third twice as often.
  const wide = 3 * 2 ** 30;
  const thirds = [0, 0, 0];
  for (let count = 0; count < 30_000; count += 1) {
    const third = Math.floor(stream.below(wide) / 2 ** 30);
    thirds[third] = (thirds[third] ?? 0) + 1;
  }
  expect(chiSquare(thirds, () => 10_000)).toBeLessThan(limit999(2));
  const tens = Array.from({ length: 10 }, () => 0);
  for (let count = 0; count < 50_000; count += 1) {
    const one = stream.below(10);
    tens[one] = (tens[one] ?? 0) + 1;
  }
  expect(chiSquare(tens, () => 5_000)).toBeLessThan(limit999(9));
});

test.each([0, -1, 1.5, 2 ** 32 + 1, Number.NaN])('nothing is drawn below %d', (n) => {
  expect(() => drawStream(seedNumbered(1)).below(n)).toThrow(RangeError);
});

function node(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
