import { expect, test } from 'vitest';
import { workdaysLeft } from '../../src/campaign/assignment.ts';
import { makeCalendar } from '../../src/campaign/calendar.ts';

test.each([
  ['2026-06-22', 17],
  ['2026-07-14', 1],
  ['2026-07-15', 0],
  ['2026-07-17', -2],
  ['2026-07-18', -2],
])('workdays left on %s: %i', (today, left) =>
  expect(workdaysLeft('2026-07-15', today, makeCalendar())).toBe(left),
);
