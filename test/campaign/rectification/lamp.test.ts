import { expect, test } from 'vitest';
import { addWorkdays, makeCalendar, workdaysBetween } from '../../../src/campaign/calendar.ts';
import { addDays } from '../../../src/campaign/day.ts';
import { type Lamp, Lamps, lampOf } from '../../../src/campaign/rectification/lamp.ts';

const calendar = makeCalendar();
const standard = Lamps.parse(undefined);

/** Due on Friday 2026-07-10; by default yellow from three workdays before, red from the day after. */
test.each([
  ['2026-07-06', 'green'],
  ['2026-07-07', 'yellow'],
  ['2026-07-10', 'yellow'],
  ['2026-07-11', 'red'],
  ['2026-07-13', 'red'],
])('on %s it is %s', (today, colour) => {
  expect(lampOf(standard, '2026-07-10', today, calendar).colour).toBe(colour);
});

test('a due day on a rest day is near due as long as the workday before it', () => {
  // Sunday 2026-07-12 has as many workdays before it as Friday 2026-07-10.
  for (const today of ['2026-07-06', '2026-07-07', '2026-07-10'])
    expect(lampOf(standard, '2026-07-12', today, calendar).colour).toBe(
      lampOf(standard, '2026-07-10', today, calendar).colour,
    );
});

test('the light is what its rule says, whatever the days', () => {
  for (let back = -30; back <= 30; back += 1) {
    const today = '2026-09-28';
    const due = addDays(today, back);
    const left = workdaysBetween(calendar, today, due);
    const colour = due < today ? 'red' : left <= 3 ? 'yellow' : 'green';
    expect([due, lampOf(standard, due, today, calendar).colour]).toEqual([due, colour]);
  }
});

test('blue, orange, red, as Sanming has them (DOMAIN 2.5)', () => {
  const lamps = Lamps.parse([
    { colour: 'green', word: '推进中' },
    { colour: 'blue', word: '提醒', left: 5 },
    { colour: 'orange', word: '警示', overdue: 1 },
    { colour: 'red', word: '督办', overdue: 8 },
  ] satisfies Lamp[]);
  const due = '2026-07-10';
  const on = (today: string) => lampOf(lamps, due, today, calendar).word;
  expect(on(addWorkdays(calendar, due, -6))).toBe('推进中');
  expect(on(addWorkdays(calendar, due, -5))).toBe('提醒');
  expect(on('2026-07-17')).toBe('警示');
  expect(on('2026-07-18')).toBe('督办');
});

test.each([
  ['the first with a rule', [{ colour: 'red', word: '逾期', overdue: 1 }]],
  [
    'two without',
    [
      { colour: 'green', word: '一' },
      { colour: 'blue', word: '二' },
    ],
  ],
  [
    'both rules at once',
    [
      { colour: 'green', word: '一' },
      { colour: 'red', word: '二', left: 1, overdue: 1 },
    ],
  ],
  [
    'less urgent after more',
    [
      { colour: 'green', word: '一' },
      { colour: 'red', word: '二', overdue: 1 },
      { colour: 'yellow', word: '三', left: 3 },
    ],
  ],
  [
    'the same twice',
    [
      { colour: 'green', word: '一' },
      { colour: 'red', word: '二', left: 3 },
      { colour: 'yellow', word: '三', left: 3 },
    ],
  ],
])('a table with %s is refused', (_, lamps) => {
  expect(Lamps.safeParse(lamps).success).toBe(false);
});
