import { describe, expect, test } from 'vitest';
import { makeCalendar } from '../../src/campaign/calendar.ts';
import { Desk, weeklyOf } from '../../src/campaign/desk.ts';

const when = { quiet: { from: '21:00', to: '08:00' }, zone: 'Asia/Shanghai', calendar: makeCalendar({}) };
const shanghai = (day: string, time = '12:00') => new Date(`${day}T${time}:00+08:00`).toISOString();

describe('the weekly picture', () => {
  test.each([
    ['mon', '2026-07-13', '2026-07-13'],
    ['mon', '2026-07-14', null],
    ['fri', '2026-07-17', '2026-07-17'],
    // A Saturday: the next workday is Monday.
    ['sat', '2026-07-18', null],
    ['sat', '2026-07-20', '2026-07-20'],
    // The holidays from 1 to 7 October 2026, Thursday to Wednesday.
    ['fri', '2026-10-02', null],
    ['mon', '2026-10-05', null],
    ['mon', '2026-10-08', '2026-10-08'],
    ['fri', '2026-10-08', '2026-10-08'],
  ])('of a %s on %s: %s', (day, today, expected) => {
    const desk = Desk.parse({ weekly: { day } });
    expect(weeklyOf(desk, when, shanghai(today))?.day ?? null).toBe(expected);
  });

  test('at its own hour in its own zone, and never in quiet hours', () => {
    const at = (time: string, zone = when.zone) =>
      weeklyOf(Desk.parse({ weekly: { at: time } }), { ...when, zone }, shanghai('2026-07-13'))?.at;
    expect(at('09:00')).toBe(shanghai('2026-07-13', '09:00'));
    expect(at('06:30')).toBe(shanghai('2026-07-13', '08:00'));
    expect(at('09:00', 'Asia/Urumqi')).toBe('2026-07-13T03:00:00.000Z');
  });

  test('Monday at nine, where the file says nothing', () =>
    expect(Desk.parse({})).toEqual({ weekly: { day: 'mon', at: '09:00' } }));
});
