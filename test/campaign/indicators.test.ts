import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CaseTime, readCaseTime, timeIndicators } from '../../src/campaign/indicators.ts';

const permit = { matter: '施工许可', statutory: 20, promised: 10, actual: 7 };
/** Days in hundredths, as they can be written. */
const days = (min: number) => fc.integer({ min, max: 40_000 }).map((hundredths) => hundredths / 100);
const caseTime: fc.Arbitrary<CaseTime> = fc.record({
  matter: fc.constantFrom('甲', '乙', '丙'),
  statutory: days(1),
  promised: days(1),
  actual: days(0),
});
const cases = fc.array(caseTime, { minLength: 1, maxLength: 20 });
const of = (list: CaseTime[]) => timeIndicators(list) ?? expect.fail('no indicators');

test('HZ-13: 20 days by law, 10 promised, 7 taken are just enough; a day more is not, and is no more than an aim missed', () => {
  expect(of([permit])).toEqual({
    matters: [
      {
        matter: '施工许可',
        promise: { n: 1, percent: 50, aim: 50, isMet: true },
        actual: { n: 1, percent: 30, aim: 30, isMet: true },
      },
    ],
    mean: {
      promise: { n: 1, percent: 50, aim: 50, isMet: true },
      actual: { n: 1, percent: 30, aim: 30, isMet: true },
    },
    onTime: { n: 1, percent: 100, aim: 98, isMet: true },
  });
  expect(of([{ ...permit, promised: 11 }]).mean.promise).toMatchObject({ percent: 45, isMet: false });
  expect(of([{ ...permit, actual: 8 }]).mean.actual).toMatchObject({ percent: 20, isMet: false });
  expect(of([{ ...permit, actual: 10 }]).onTime).toMatchObject({ percent: 100, isMet: true });
  expect(of([{ ...permit, statutory: 2500, promised: 1251 }]).mean.promise).toMatchObject({
    percent: 49.9,
    isMet: false,
  });
  expect(timeIndicators([])).toBeNull();
});

test('98 of 100 in time is met, 97 is not; a matter counts once in the mean however many cases it has', () => {
  const late = { ...permit, actual: 11 };
  const share = (lateOnes: number) =>
    of(Array.from({ length: 100 }, (_, place) => (place < lateOnes ? late : permit))).onTime;
  expect(share(2)).toEqual({ n: 100, percent: 98, aim: 98, isMet: true });
  expect(share(3)).toMatchObject({ percent: 97, isMet: false });
  const other = { matter: '食品经营许可', statutory: 20, promised: 4, actual: 4 };
  expect(of([permit, permit, permit, other]).mean).toEqual({
    promise: { n: 2, percent: 65, aim: 50, isMet: true },
    actual: { n: 2, percent: 15, aim: 30, isMet: false },
  });
});

test('the mean lies between the matters, whatever their order or unit of time', () =>
  fc.assert(
    fc.property(cases, fc.integer({ min: 1, max: 8 }), (list, times) => {
      const { matters, mean, onTime } = of(list);
      for (const side of ['promise', 'actual'] as const) {
        const percents = matters.map((one) => one[side].percent);
        // The figures are rounded to a tenth, and one that misses its aim may be told a tenth lower.
        expect(mean[side].percent).toBeGreaterThanOrEqual(Math.min(...percents) - 0.21);
        expect(mean[side].percent).toBeLessThanOrEqual(Math.max(...percents) + 0.21);
        if (matters.every((one) => one[side].isMet)) expect(mean[side].isMet).toBe(true);
        if (matters.every((one) => !one[side].isMet)) expect(mean[side].isMet).toBe(false);
      }
      const scaled = list.map((one) => ({
        ...one,
        statutory: one.statutory * times,
        promised: one.promised * times,
        actual: one.actual * times,
      }));
      expect(of(scaled).mean.promise.percent).toBeCloseTo(mean.promise.percent, 0);
      expect(of([...list].reverse()).onTime).toEqual(onTime);
      expect(matters.reduce((sum, { promise }) => sum + promise.n, 0)).toBe(list.length);
    }),
  ));

test('who meets both aims takes at most 35 % of what the law allows, and is in time', () =>
  fc.assert(
    fc.property(caseTime, (one) => {
      const { mean, onTime } = of([one]);
      if (!mean.promise.isMet || !mean.actual.isMet) return;
      expect(one.actual).toBeLessThanOrEqual(one.statutory * 0.35 + 1e-6);
      expect(onTime.isMet).toBe(true);
    }),
  ));

test('a figure never looks better than it is', () =>
  fc.assert(
    fc.property(cases, (list) => {
      const { matters, mean, onTime } = of(list);
      for (const { percent, aim, isMet } of [
        onTime,
        mean.promise,
        mean.actual,
        ...matters.map((one) => one.actual),
      ])
        expect(percent >= aim).toBe(isMet);
    }),
  ));

test.each<[string, CaseTime | null]>([
  ['施工许可 法定20 承诺10 实际7', permit],
  ['施工许可，法定时限20个工作日，承诺10个工作日，实际7个工作日。', permit],
  ['施工许可：法定２０天、承诺１０天、实际７天', permit],
  [
    '不动产 转移登记 法定30 承诺5 实际0.5',
    { matter: '不动产 转移登记', statutory: 30, promised: 5, actual: 0.5 },
  ],
  [
    'Building permit: statutory 20 days, promised 10, actual 7',
    { matter: 'Building permit', statutory: 20, promised: 10, actual: 7 },
  ],
  ['法定20 承诺10 实际7', null],
  ['施工许可 法定20 承诺0 实际0', null],
  ['施工许可 法定20 实际7', null],
  ['施工许可 承诺10 法定20 实际7', null],
  [`${'施'.repeat(61)} 法定20 承诺10 实际7`, null],
])('%s', (said, time) => expect(readCaseTime(said)).toEqual(time));
