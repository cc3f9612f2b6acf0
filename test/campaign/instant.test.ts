import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateOf, instantIn, instantOf, isQuiet, outOfQuiet, timeOf } from '../../src/campaign/instant.ts';

const shanghai = 'Asia/Shanghai';
const night = { from: '21:00', to: '08:00' };

test.each([
  ['2026-07-15', '09:00', shanghai, '2026-07-15T01:00:00.000Z'],
  ['2026-07-15', '00:00', shanghai, '2026-07-14T16:00:00.000Z'],
  ['2026-07-15', '09:00', 'America/New_York', '2026-07-15T13:00:00.000Z'],
  ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'], // jumped over: 03:30
  ['2026-07-15', '09:00', 'UTC', '2026-07-15T09:00:00.000Z'],
])('%s %s in %s is %s', (date, time, zone, instant) => expect(instantOf(date, time, zone)).toBe(instant));

test('the day and the time there', () => {
  expect(dateOf('2026-07-14T16:00:00Z', shanghai)).toBe('2026-07-15');
  expect(dateOf('2026-07-14T15:59:59.999Z', shanghai)).toBe('2026-07-14');
  expect(dateOf('2026-06-22T08:00+08:00', shanghai)).toBe('2026-06-22');
  expect(timeOf('2026-07-14T16:00:00Z', shanghai)).toBe('00:00');
  expect(timeOf('2026-07-14T16:00:00Z', 'Asia/Kolkata')).toBe('21:30');
});

test('what is no instant is refused', () => {
  expect(() => instantIn('tomorrow')).toThrow('not an instant: tomorrow');
  expect(() => instantOf('2026-02-30', '09:00', shanghai)).toThrow();
  expect(() => instantOf('2026-02-28', '09:00', 'Mars/Olympus')).toThrow();
});

describe('quiet hours', () => {
  test.each([
    ['20:59', '2026-07-15T20:59', night],
    ['21:00', '2026-07-16T08:00', night],
    ['23:59', '2026-07-16T08:00', night],
    ['00:00', '2026-07-15T08:00', night],
    ['07:59', '2026-07-15T08:00', night],
    ['08:00', '2026-07-15T08:00', night],
    ['12:30', '2026-07-15T14:00', { from: '12:00', to: '14:00' }], // a noon rest, within the day
    ['14:00', '2026-07-15T14:00', { from: '12:00', to: '14:00' }],
    ['03:00', '2026-07-15T03:00', { from: '08:00', to: '08:00' }], // none at all
  ])('a message of %s goes at %s', (time, goes, quiet) => {
    const [date = '', at = ''] = goes.split('T');
    expect(outOfQuiet(instantOf('2026-07-15', time, shanghai), quiet, shanghai)).toBe(
      instantOf(date, at, shanghai),
    );
  });

  test('the night the clocks go back, the end that is still to come counts', () => {
    const quiet = { from: '21:00', to: '01:30' };
    // 01:15 for the second time: the first 01:30 is over.
    expect(outOfQuiet('2026-11-01T06:15:00Z', quiet, 'America/New_York')).toBe('2026-11-01T06:30:00.000Z');
    expect(outOfQuiet('2026-11-01T05:15:00Z', quiet, 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  test('never quiet afterwards, never earlier, less than a day and an hour later', () => {
    const minutes = fc.integer({ min: 0, max: 1439 });
    const clock = minutes.map(
      (m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`,
    );
    const zones = fc.constantFrom(
      shanghai,
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'UTC',
    );
    const start = Date.parse('2026-01-01T00:00:00Z');
    fc.assert(
      fc.property(clock, clock, zones, fc.integer({ min: 0, max: 365 * 1440 }), (from, to, zone, minute) => {
        const instant = new Date(start + minute * 60_000).toISOString();
        const out = outOfQuiet(instant, { from, to }, zone);
        expect(isQuiet(out, { from, to }, zone)).toBe(false);
        expect(out >= instant).toBe(true);
        expect(Date.parse(out) - Date.parse(instant)).toBeLessThanOrEqual(25 * 3_600_000);
      }),
    );
  });
});
