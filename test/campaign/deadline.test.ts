import { expect, test } from 'vitest';
import { makeCalendar } from '../../src/campaign/calendar.ts';
import { Deadline, resolveDeadline } from '../../src/campaign/deadline.ts';

const calendar = makeCalendar();

test.each([
  [{ workdays: 17 }, '2014-06-20', '2014-07-15'], // JX-0.2
  [{ workdays: 17 }, '2026-06-22', '2026-07-15'],
  [{ workdays: 1 }, '2026-02-13', '2026-02-14'],
  [{ workdays: 1 }, '2026-06-20', '2026-06-22'], // from a Saturday
  [{ days: 1 }, '2026-06-20', '2026-06-21'], // the starting day is not counted, rest days are
  [{ days: 30 }, '2026-01-31', '2026-03-02'],
  ['07-15', '2026-06-22', '2026-07-15'],
  ['07-15', '2026-07-15', '2026-07-15'],
  ['07-15', '2026-07-16', '2027-07-15'],
  ['02-29', '2026-06-22', '2028-02-29'],
  ['02-29', '2096-03-01', '2104-02-29'],
  ['2018-07-15', '2018-07-03', '2018-07-15'], // MDJ-3.5: a Sunday, not moved
] as const)('%j from %s is %s', (deadline, start, due) =>
  expect(resolveDeadline(deadline, start, calendar)).toBe(due),
);

test.each(['2026-02-29', '02-30', '7-15', '7月15日', { workdays: 0 }, { days: 1.5 }, { weeks: 2 }, {}])(
  '%j is no deadline',
  (deadline) => expect(Deadline.safeParse(deadline).success).toBe(false),
);
