import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figuresOf, meets, partFigures, responseOf } from '../../src/satisfaction/figures.ts';
import { reachable } from '../../src/satisfaction/reachable.ts';
import { type PlaceTally, type ResultsInput, resultsOf } from '../../src/satisfaction/results.ts';
import { type LevelCounts, shareOf } from '../../src/satisfaction/summary.ts';

const national = [100, 80, 60, 40, 20] as const;
const local = [100, 80, 60, 30, 0] as const;
const sets = [
  { version: 1, scores: national, aims: {}, publishedOn: '2026-06-22' },
  { version: 2, scores: local, aims: { satisfied: 90 }, publishedOn: '2026-07-01' },
];

/** Ratings by level, the worst first. */
function tallies(counts: LevelCounts, also: Partial<PlaceTally> = {}): PlaceTally[] {
  return counts.map((n, index) => ({
    ...{ setVersion: 2, source: 'scan', level: index + 1, n, unitId: null, marked: false, struck: false },
    ...also,
  }));
}

function results(places: PlaceTally[], also: Partial<ResultsInput> = {}) {
  const asked = { issued: 0, used: 0, opened: 0 };
  return resultsOf({ places, times: [], units: [], sets, asked, again: [0, 0, 0], ...also });
}

const newest = (places: PlaceTally[], also: Partial<ResultsInput> = {}) => {
  const [first] = results(places, also).versions;
  return first ?? expect.fail('no version');
};

describe('figures of one group', () => {
  test('published intervals and both readings of 满意率, with the mean of the set’s score map', () => {
    // Worked out by hand with Wilson's formula; 15 × 100 + 12 × 80 = 2460 points.
    expect(figuresOf([0, 0, 0, 12, 15], national)).toEqual({
      kind: 'told',
      n: 27,
      satisfied: { count: 27, percent: 100, low: 87.5, high: 100 },
      notNegative: { count: 27, percent: 100, low: 87.5, high: 100 },
      negative: 0,
      score: 91.1,
    });
    expect(figuresOf([0, 0, 0, 0, 200], null)).toMatchObject({
      satisfied: { low: 98.1, high: 100 },
      score: null,
    });
  });

  test('another score map is another mean of the same ratings', () => {
    const counts: LevelCounts = [5, 5, 10, 20, 60];
    expect(figuresOf(counts, national)).toMatchObject({ score: 85 });
    expect(figuresOf(counts, local)).toMatchObject({ score: 83.5 });
  });

  test('nobody is none and not zero percent; one to four are few', () => {
    expect(figuresOf([0, 0, 0, 0, 0], national)).toEqual({ kind: 'none' });
    expect(figuresOf([0, 0, 0, 0, 4], national)).toEqual({ kind: 'few' });
  });

  test('no mean where a few would show in it: of 50 one level 2 takes 1.4 off 100', () => {
    expect(figuresOf([0, 1, 0, 0, 49], local)).toMatchObject({
      kind: 'told',
      n: 50,
      negative: null,
      score: null,
    });
    // Nobody is negative here; but with n and both shares 99.3 is one four among fives, and nothing else.
    expect(figuresOf([0, 0, 0, 1, 26], national)).toMatchObject({ n: 27, negative: 0, score: null });
    expect(figuresOf([0, 0, 0, 5, 22], national)).toMatchObject({ score: 96.3 });
  });

  test('an aim includes its number and goes by the counts, not by what is printed', () => {
    expect(meets(shareOf(9, 10), 10, 90)).toBe(true);
    // 89.96 % is printed as 90.
    expect([shareOf(2249, 2500).percent, meets(shareOf(2249, 2500), 2500, 90)]).toEqual([90, false]);
  });

  test('a response that is not known is none', () => {
    expect(responseOf(0, 0)).toBeNull();
    expect(responseOf(11, 10)).toBeNull();
    expect(responseOf(0, 10)).toMatchObject({ count: 0, percent: 0 });
  });
});

const level = fc.integer({ min: 0, max: 60 });
const group: fc.Arbitrary<LevelCounts> = fc.tuple(level, level, level, level, level);

test('every share of any part can be reached from its n, and every mean lies among the scores', () => {
  fc.assert(
    fc.property(fc.array(group, { minLength: 1, maxLength: 5 }), (parts) => {
      for (const figures of partFigures(parts, national)) {
        if (figures.kind !== 'told') continue;
        const { n, satisfied, notNegative, score } = figures;
        for (const share of [satisfied, notNegative])
          if (share !== null) expect(reachable(share.percent, 1, n)).toBe(true);
        if (score !== null) expect(score >= 20 && score <= 100).toBe(true);
      }
    }),
  );
});

describe('versions of the set', () => {
  test('are never mixed: each by itself with its own scores, the newest first', () => {
    const places = [...tallies([0, 0, 0, 0, 10], { setVersion: 1 }), ...tallies([10, 0, 0, 0, 0])];
    const [two, one] = results(places).versions;
    expect([two?.version, one?.version]).toEqual([2, 1]);
    expect(two?.own.all).toMatchObject({ n: 10, score: 0, negative: 10 });
    expect(one?.own.all).toMatchObject({ n: 10, score: 100, negative: 0 });
  });
});

describe('what a rating is', () => {
  test('people’s own accord and interviews are apart, scan and chat within it', () => {
    const places = [
      ...tallies([0, 0, 0, 0, 10]),
      ...tallies([5, 0, 0, 0, 5], { source: 'chat' }),
      ...tallies([0, 7, 0, 0, 0], { source: 'interview' }),
    ];
    const { own, interview } = newest(places);
    expect([own.all, interview.all]).toMatchObject([
      { n: 20, negative: 5 },
      { n: 7, negative: 7 },
    ]);
    expect(own.sources).toMatchObject([
      { source: 'scan', figures: { n: 10 } },
      { source: 'chat', figures: { n: 10 } },
    ]);
  });

  test('with signs of tampering it is counted, and the others are told without', () => {
    const { own } = newest([...tallies([5, 0, 0, 0, 15]), ...tallies([0, 0, 0, 0, 10], { marked: true })]);
    expect(own.all).toMatchObject({ n: 30, satisfied: { count: 25 } });
    expect(own.marks).toMatchObject({
      marked: { n: 10 },
      others: { n: 20, satisfied: { count: 15, percent: 75 } },
    });
    expect(newest(tallies([5, 0, 0, 0, 15])).own.marks).toBeNull();
  });

  test('a few with signs are not told apart: the others minus all would tell them', () => {
    const { own } = newest([...tallies([5, 0, 0, 0, 15]), ...tallies([1, 0, 0, 0, 0], { marked: true })]);
    expect(own.all).toMatchObject({ n: 21, negative: 6 });
    expect(own.marks).toEqual({ marked: { kind: 'few' }, others: { kind: 'withheld' } });
  });

  test('struck on appeal it is in no figure and told by itself, a few as a few', () => {
    const six = newest([...tallies([5, 0, 0, 0, 15]), ...tallies([6, 0, 0, 0, 0], { struck: true })]);
    expect(six.own.all).toMatchObject({ n: 20, negative: 5 });
    expect([six.own.struck, six.interview.struck]).toEqual([6, 0]);
    expect(newest(tallies([1, 0, 0, 0, 0], { struck: true })).own).toMatchObject({
      all: { kind: 'none' },
      struck: null,
    });
  });
});

describe('parts', () => {
  test('stand in the order of the register whatever their figures, what is of none first, the empty ones too', () => {
    const places = [
      ...tallies([5, 0, 0, 0, 5], { unitId: 'b' }),
      ...tallies([0, 0, 0, 0, 50], { unitId: 'c' }),
      ...tallies([0, 0, 0, 0, 9], { unitId: null }),
    ];
    const { own } = newest(places, { units: ['a', 'b', 'c'] });
    expect(own.parts.map(({ unitId, figures }) => [unitId, figures.kind])).toEqual([
      [null, 'told'],
      ['a', 'none'],
      ['b', 'told'],
      ['c', 'told'],
    ]);
  });

  test('one small part takes the next smallest with it', () => {
    const places = [
      ...tallies([0, 0, 0, 0, 3], { unitId: 'a' }),
      ...tallies([0, 0, 0, 0, 9], { unitId: 'b' }),
      ...tallies([0, 0, 0, 0, 50], { unitId: 'c' }),
    ];
    const { own } = newest(places, { units: ['a', 'b', 'c'] });
    expect(own.parts.map(({ figures }) => figures.kind)).toEqual(['few', 'withheld', 'told']);
  });
});

test('the trend has its periods in order, small ones hidden with another', () => {
  const time = (from: string, n: number) => ({ setVersion: 2, source: 'scan' as const, level: 5, n, from });
  const times = [time('2026-07-13', 20), time('2026-06-29', 2), time('2026-07-06', 8)];
  const { own } = newest(tallies([0, 0, 0, 0, 30]), { times });
  expect(own.trend.map(({ from, figures }) => [from, figures.kind])).toEqual([
    ['2026-06-29', 'few'],
    ['2026-07-06', 'withheld'],
    ['2026-07-13', 'told'],
  ]);
});

describe('response', () => {
  const asked = { issued: 200, used: 120, opened: 400 };

  test('codes of cases by those used, the page by the ratings that came through it', () => {
    const { caseResponse, pageResponse } = results(
      [...tallies([0, 0, 0, 0, 100]), ...tallies([0, 0, 0, 0, 20], { source: 'interview' })],
      { asked },
    );
    expect(caseResponse).toMatchObject({ asked: 200, rated: 120, share: { percent: 60 } });
    expect(pageResponse).toMatchObject({ asked: 400, rated: 100, share: { percent: 25 } });
  });

  test('is not told where it is not known, or would tell how few wrote instead', () => {
    expect(results(tallies([0, 0, 0, 0, 100]))).toMatchObject({ caseResponse: null, pageResponse: null });
    const places = [...tallies([0, 0, 0, 0, 100]), ...tallies([0, 0, 0, 0, 2], { source: 'chat' })];
    expect(results(places, { asked }).pageResponse).toBeNull();
    // Three were struck: told as a few, and so not by the difference to what came through the page either.
    const struck = [...tallies([10, 0, 0, 0, 100]), ...tallies([3, 0, 0, 0, 0], { struck: true })];
    expect(newest(struck).own).toMatchObject({ all: { n: 110 }, struck: null });
    expect(results(struck, { asked }).pageResponse).toMatchObject({ rated: 110 });
    expect(results([], { asked: { issued: 10, used: 3, opened: 0 } }).caseResponse).toBeNull();
  });
});

test('second ratings have three levels, of which the lowest is negative', () => {
  expect(results([], { again: [5, 5, 10] }).again).toMatchObject({
    kind: 'told',
    n: 20,
    satisfied: { count: 10 },
    notNegative: { count: 15 },
    score: null,
  });
  expect(results([], { again: [1, 1, 1] }).again).toEqual({ kind: 'few' });
});
