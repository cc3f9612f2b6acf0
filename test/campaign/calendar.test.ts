import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  addWorkdays,
  isProvisional,
  isWorkday,
  makeCalendar,
  workdaysBetween,
} from '../../src/campaign/calendar.ts';
import { addDays, dateOfDay, dayNumber, isDate, weekdayOf } from '../../src/campaign/day.ts';

const calendar = makeCalendar();

describe('the workdays of DOMAIN 2.7', () => {
  test.each([
    ['2026-02-13', 1, '2026-02-14'], // a worked Saturday
    ['2026-02-13', 15, '2026-03-12'], // over the Spring Festival
    ['2026-04-30', 3, '2026-05-08'],
    ['2026-09-18', 5, '2026-09-24'], // Sunday 09-20 is worked
    ['2026-09-30', 15, '2026-10-27'],
    ['2014-06-20', 17, '2014-07-15'], // JX-0.2
    ['2026-06-22', 17, '2026-07-15'],
    ['2026-06-20', 1, '2026-06-22'], // from a rest day
    ['2026-12-31', 1, '2027-01-01'], // no table yet: plain Monday to Friday
    ['2026-07-15', 0, '2026-07-15'],
    ['2026-07-19', 0, '2026-07-19'], // a Sunday is left where it is
    ['2026-07-15', -3, '2026-07-10'],
    ['2026-07-19', -1, '2026-07-17'], // before a Sunday: Friday
    ['2026-02-24', -1, '2026-02-14'], // back over the Spring Festival to the worked Saturday
    ['2026-01-04', -1, '2025-12-31'],
    ['2024-01-02', -250, '2022-12-30'],
  ])('%s and %i workdays is %s', (from, n, to) => expect(addWorkdays(calendar, from, n)).toBe(to));

  test('2026 has 248 workdays', () => {
    expect(workdaysBetween(calendar, '2025-12-31', '2026-12-31')).toBe(248);
    expect(workdaysBetween(calendar, '2026-12-31', '2025-12-31')).toBe(-248);
  });

  test.each([
    ['2026-01-04', true],
    ['2026-02-28', true],
    ['2026-05-09', true],
    ['2026-10-10', true],
    ['2026-01-02', false],
    ['2026-06-19', false],
    ['2026-10-07', false],
    ['2026-07-04', false],
  ])('%s worked: %s', (date, worked) => expect(isWorkday(calendar, date)).toBe(worked));

  test('a day that is none is refused', () => {
    expect(() => addWorkdays(calendar, '2026-02-30', 1)).toThrow('not a calendar day: 2026-02-30');
    expect(() => addWorkdays(calendar, '2026-02-13', 1.5)).toThrow('not a number of workdays: 1.5');
  });
});

describe('years without a published table', () => {
  test.each([
    ['2003-06-02', true],
    ['2004-06-02', false],
    ['2014-07-15', false],
    ['2026-12-31', false],
    ['2027-01-01', true],
  ])('%s provisional: %s', (date, provisional) => expect(isProvisional(calendar, date)).toBe(provisional));

  test('a campaign file can add a year', () => {
    const own = makeCalendar({
      '2027': { off: ['2027-01-01', '2027-10-01..2027-10-07'], work: ['2027-10-09'] },
    });
    expect(isProvisional(own, '2027-03-01')).toBe(false);
    expect(isProvisional(own, '2028-03-01')).toBe(true);
    expect(addWorkdays(own, '2026-12-31', 1)).toBe('2027-01-04');
    expect(addWorkdays(own, '2027-09-30', 1)).toBe('2027-10-08');
    expect(addWorkdays(own, '2027-10-08', 1)).toBe('2027-10-09');
  });

  test('one more holiday does not make a year published', () => {
    expect(isProvisional(makeCalendar({ '2027': { off: ['2027-01-01'], work: [] } }), '2027-01-04')).toBe(
      true,
    );
  });

  test('a campaign file can change single days of a published year', () => {
    const own = makeCalendar({
      '2026': { off: ['2026-07-15', '2026-02-14'], work: ['2026-10-07', '2026-07-18'] },
    });
    expect(isWorkday(own, '2026-07-15')).toBe(false);
    expect(isWorkday(own, '2026-02-14')).toBe(false); // a worked Saturday given off again
    expect(isWorkday(own, '2026-10-07')).toBe(true);
    expect(isWorkday(own, '2026-07-18')).toBe(true);
    expect(workdaysBetween(own, '2025-12-31', '2026-12-31')).toBe(248);
  });
});

describe('laws', () => {
  const date = fc.integer({ min: dayNumber('2003-01-01'), max: dayNumber('2029-12-31') }).map(dateOfDay);

  test('counting day by day gives the same', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: -400, max: 400 }), (from, n) => {
        let day = from;
        for (let left = Math.abs(n); left > 0; ) {
          day = addDays(day, Math.sign(n));
          if (isWorkday(calendar, day)) left -= 1;
        }
        expect(addWorkdays(calendar, from, n)).toBe(day);
      }),
    );
  });

  test('n workdays on lies n workdays away', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 0, max: 2000 }), (from, n) => {
        expect(workdaysBetween(calendar, from, addWorkdays(calendar, from, n))).toBe(n);
      }),
    );
  });

  test('days and numbers are one to one, and weekdays go round', () => {
    fc.assert(
      fc.property(date, (day) => {
        expect(dateOfDay(dayNumber(day))).toBe(day);
        expect(weekdayOf(dayNumber(day))).toBe((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7);
      }),
    );
    expect(weekdayOf(-1)).toBe(2); // Wednesday 1969-12-31
  });

  test.each([
    '2026-02-29',
    '2026-13-01',
    '2026-1-1',
    '2026-06-31',
    '',
    '2026-06-22T00:00:00Z',
    '２０２６-06-22',
  ])('%s is no day', (text) => expect(isDate(text)).toBe(false));
});

describe('the machine’s own time zone', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  test.each(['America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Shanghai'])(
    '%s changes nothing',
    async (zone) => {
      vi.stubEnv('TZ', zone);
      // The setting must have taken hold, or this test would show nothing.
      expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
      vi.resetModules();
      const fresh = await import('../../src/campaign/calendar.ts');
      const own = fresh.makeCalendar();
      expect(fresh.addWorkdays(own, '2026-02-13', 1)).toBe('2026-02-14');
      expect(fresh.workdaysBetween(own, '2025-12-31', '2026-12-31')).toBe(248);
      expect(fresh.isWorkday(own, '2026-06-19')).toBe(false);
    },
  );
});
