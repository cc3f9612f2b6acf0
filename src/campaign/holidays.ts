// The data file and not the package's functions: those build their table with local time and give 2026-02-13 as a
// holiday on a machine in Los Angeles (1.5.7).
import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { z } from 'zod';
import { dateOfDay, dayNumber, isDate } from './day.ts';
import { refusal } from './refusal.ts';

/** One day, or a run of days: `2027-10-01..2027-10-07`, both ends included. */
export const DayRange = z
  .string()
  .refine(
    (range) => range.split('..').length <= 2 && range.split('..').every(isDate),
    refusal('fault.no-such-day'),
  );

/**
 * Rest days and worked weekends that a campaign file adds, by year. For a year with a published table they change
 * single days of it (a local holiday); for a year without they are the table.
 */
export const CalendarAdditions = z.record(
  z.string().regex(/^(19|20|21)\d\d$/),
  z.strictObject({
    off: z.array(DayRange).max(100).default([]),
    work: z.array(DayRange).max(100).default([]),
  }),
);
export type CalendarAdditions = z.infer<typeof CalendarAdditions>;

/** Days that are not what their weekday says. */
export interface Exceptions {
  off: Set<number>;
  work: Set<number>;
}

/** What the State Council published for a year (off days, worked weekends 调休), and the campaign's changes to it. */
export function exceptionsOf(year: number, additions: CalendarAdditions): Exceptions {
  const off = new Set(byYear.off.get(year) ?? []);
  const work = new Set(byYear.work.get(year) ?? []);
  const own = additions[String(year)];
  for (const day of (own?.off ?? []).flatMap(daysIn)) {
    off.add(day);
    work.delete(day);
  }
  for (const day of (own?.work ?? []).flatMap(daysIn)) {
    work.add(day);
    off.delete(day);
  }
  return { off, work };
}

/** The days of a range, by number; none when it is the wrong way round. */
export function daysIn(range: string): number[] {
  const [first = '', last = first] = range.split('..');
  const from = dayNumber(first);
  return Array.from({ length: Math.max(0, dayNumber(last) - from + 1) }, (_, index) => from + index);
}

const byYear = { off: grouped(published.holidays), work: grouped(published.workdays) };

function grouped(named: Record<string, string>): Map<number, number[]> {
  const years = new Map<number, number[]>();
  for (const date of Object.keys(named)) {
    const day = dayNumber(date);
    const year = Number(dateOfDay(day).slice(0, 4));
    years.set(year, [...(years.get(year) ?? []), day]);
  }
  return years;
}
