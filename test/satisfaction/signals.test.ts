import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isInNetworks, isNetwork } from '../../src/campaign/network.ts';
import { RatingRules } from '../../src/campaign/rating-rules.ts';
import {
  comparable,
  isClosingSlot,
  isStreak,
  marksOf,
  type SubmissionFacts,
} from '../../src/satisfaction/signals.ts';

const rules = RatingRules.parse({});
const quiet: SubmissionFacts = {
  seconds: 40,
  windowsToday: 1,
  burst: { slotCount: 1, usualSlot: 2, isClosingSlot: false },
  fromStaffNetwork: false,
};
const marked = (facts: Partial<SubmissionFacts>) => marksOf({ ...quiet, ...facts }, rules);
const burst = (slotCount: number, usualSlot: number | null, isClosingSlot = true) =>
  marked({ burst: { slotCount, usualSlot, isClosingSlot } });

describe('signs that show when a rating is given', () => {
  test('an ordinary rating bears none, and what is not known is no sign', () => {
    expect(marked({})).toEqual([]);
    expect(marked({ seconds: null })).toEqual([]);
  });

  test.each<[string, Partial<SubmissionFacts>, string[]]>([
    ['within 3 seconds', { seconds: 2.9 }, ['fast']],
    ['in 3 seconds', { seconds: 3 }, []],
    ['three windows from one device', { windowsToday: 3 }, []],
    ['four windows from one device', { windowsToday: 4 }, ['many-windows']],
    ['from the office', { fromStaffNetwork: true }, ['staff-network']],
    [
      'several at once',
      { seconds: 0, windowsToday: 9, fromStaffNetwork: true },
      ['fast', 'many-windows', 'staff-network'],
    ],
  ])('%s', (_, facts, expected) => expect(marked(facts)).toEqual(expected));

  test('a burst is at closing time, of ten or more, and more than chance brings', () => {
    expect(burst(10, 1)).toEqual(['closing-burst']);
    expect(burst(9, 1)).toEqual([]);
    expect(burst(10, 1, false)).toEqual([]);
    // Poisson: P(X ≥ 10 | 3) = 0.0011, P(X ≥ 11 | 3) = 0.0003 (tables of the distribution).
    expect([burst(10, 3), burst(11, 3)]).toEqual([[], ['closing-burst']]);
    expect(burst(30, 28)).toEqual([]);
    // Nothing is usual yet.
    expect([burst(10, null), burst(10, 0)]).toEqual([['closing-burst'], ['closing-burst']]);
  });

  test('closing time is the last minutes before it and as many after', () => {
    const slots = Array.from({ length: 96 }, (_, slot) => slot);
    expect(slots.filter((slot) => isClosingSlot(slot, 15, rules))).toEqual([67, 68]);
    const noon = RatingRules.parse({ closing: '11:50', signals: { burst: { minutes: 20 } } });
    expect(slots.filter((slot) => isClosingSlot(slot, 15, noon))).toEqual([46, 47, 48]);
  });

  test('words are compared without blanks, signs, width and case, and only where they are many enough', () => {
    expect(comparable('服务很好，速度很快！', rules)).toBe(comparable(' 服务很好 速度很快', rules));
    expect(comparable('ＶＥＲＹ good service', rules)).toBe('verygoodservice');
    expect(comparable('很好', rules)).toBeNull();
    expect(comparable('服务很好。。。。。。', rules)).toBeNull();
  });
});

describe('a day all of the highest level', () => {
  test.each<[string, [number, number], [number, number], boolean]>([
    // 0.7²⁰ = 0.0008, 0.71²⁰ = 0.0011.
    ['twenty where 70 % are', [20, 20], [70, 100], true],
    ['twenty where 71 % are', [20, 20], [71, 100], false],
    ['nineteen', [19, 19], [10, 100], false],
    ['one of them below', [40, 39], [10, 100], false],
    ['without a history', [40, 40], [20, 49], false],
    ['with just enough of it', [40, 40], [25, 50], true],
    ['where it was never otherwise', [500, 500], [60, 60], false],
  ])('%s', (_, [n, top], [before, topBefore], expected) => {
    const history = { n: Math.max(before, topBefore), top: Math.min(before, topBefore) };
    expect(isStreak({ n, top }, history, rules)).toBe(expected);
  });
});

describe('the offices’ own networks', () => {
  test.each<[string, string, boolean]>([
    ['10.8.3.4', '10.8.0.0/16', true],
    ['10.9.0.0', '10.8.0.0/16', false],
    ['10.8.255.255', '10.8.1.1/16', true],
    ['::ffff:10.8.3.4', '10.8.0.0/16', true],
    ['::ffff:a08:304', '10.8.0.0/16', true],
    ['10.8.3.4', '::ffff:10.8.0.0/112', true],
    ['192.168.1.1', '0.0.0.0/0', true],
    ['2001:db8::1', '0.0.0.0/0', false],
    ['192.168.1.1', '192.168.1.1/32', true],
    ['192.168.1.2', '192.168.1.1/32', false],
    ['2001:db8:1:2::5', '2001:db8::/32', true],
    ['2001:0DB8:0001:0002:0:0:0:5', '2001:db8:1:2::/64', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['fe80::1%eth0', 'fe80::/10', true],
    ['::1', '::1/128', true],
    // No address, no network: nothing matches.
    ['10.8.3', '10.8.0.0/16', false],
    ['10.08.3.4', '10.8.0.0/16', false],
    ['10.8.3.400', '10.8.0.0/16', false],
    ['2001:db8::1::2', '2001:db8::/32', false],
    ['1:2:3:4:5:6:7', '::/0', false],
    ['1:2:3:4:5:6:7:8:9', '::/0', false],
    ['1:2:3:4:5:6:7::8', '::/0', false],
    ['', '::/0', false],
    ['10.8.3.4', '10.8.0.0/33', false],
    ['10.8.3.4', '10.8.0.0', false],
  ])('%s in %s: %s', (address, network, expected) => expect(isInNetworks(address, [network])).toBe(expected));

  test('a network holds just the addresses that share its first bits', () => {
    const address = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n });
    const written = (one: bigint) => [24n, 16n, 8n, 0n].map((at) => (one >> at) & 255n).join('.');
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 32 }), (one, other, bits) => {
        const rest = BigInt(32 - bits);
        expect(isInNetworks(written(one), [`${written(other)}/${bits}`])).toBe(one >> rest === other >> rest);
      }),
    );
  });

  test('what is a network', () => {
    expect(['10.0.0.0/8', '2001:db8::/32', '::/0'].map(isNetwork)).toEqual([true, true, true]);
    expect(['10.0.0.0', '10.0.0/8', '2001:db8::/129', 'office/8', '10.0.0.0/8x'].map(isNetwork)).toEqual(
      Array(5).fill(false),
    );
  });
});
