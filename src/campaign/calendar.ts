import { dateOfDay, dayNumber, weekdayOf } from './day.ts';
import { type CalendarAdditions, exceptionsOf } from './holidays.ts';

/**
 * Which days are worked in the People's Republic of China: Monday to Friday, moved about by the yearly notice of the
 * State Council (调休) and by the campaign file. A day is the local calendar day of the campaign's time zone; turning
 * instants into days is `instant.ts`' business. Years are worked out when first asked for and kept.
 */
export interface Calendar {
  readonly additions: CalendarAdditions;
  readonly years: Map<number, Year>;
}

interface Year {
  /** Day number of 1 January. */
  first: number;
  /** `upTo[i]`: workdays among the first i days of the year. */
  upTo: Uint16Array;
  /** Day numbers of the workdays, in order. */
  workdays: number[];
  provisional: boolean;
}

export function makeCalendar(additions: CalendarAdditions = {}): Calendar {
  return { additions, years: new Map() };
}

export function isWorkday(calendar: Calendar, date: string): boolean {
  const { first, upTo } = yearOf(calendar, date);
  const index = dayNumber(date) - first;
  return at(upTo, index + 1) > at(upTo, index);
}

/**
 * The n-th workday after a day, or before it when `n` is negative; the day itself when 0. The starting day is not
 * counted (民法典 art. 201; 行政许可法 art. 82 counts periods in workdays). Costs the same for any `n` within a year.
 */
export function addWorkdays(calendar: Calendar, date: string, n: number): string {
  if (!Number.isInteger(n) || Math.abs(n) > 100_000) throw new RangeError(`not a number of workdays: ${n}`);
  if (n === 0) return date;
  let number = Number(date.slice(0, 4));
  let year = yearNumbered(calendar, number);
  const index = dayNumber(date) - year.first;
  // The place among the year's workdays, from 1: after today's when going on, from the last before today going back.
  let place = n > 0 ? at(year.upTo, index + 1) + n : at(year.upTo, index) + n + 1;
  while (place > year.workdays.length) {
    place -= year.workdays.length;
    number += 1;
    year = yearNumbered(calendar, number);
  }
  while (place < 1) {
    number -= 1;
    year = yearNumbered(calendar, number);
    place += year.workdays.length;
  }
  return dateOfDay(at(year.workdays, place - 1));
}

/** Workdays after `from` up to and including `to`, the starting day not counted; negative when `to` is the earlier. */
export function workdaysBetween(calendar: Calendar, from: string, to: string): number {
  if (to < from) return -workdaysBetween(calendar, to, from);
  const start = yearOf(calendar, from);
  const end = yearOf(calendar, to);
  let whole = 0;
  for (let number = Number(from.slice(0, 4)); number < Number(to.slice(0, 4)); number += 1)
    whole += yearNumbered(calendar, number).workdays.length;
  const before = at(start.upTo, dayNumber(from) - start.first + 1);
  return whole + at(end.upTo, dayNumber(to) - end.first + 1) - before;
}

/**
 * Whether nobody has published that year's rest days yet (the notice comes out about November of the year before), so
 * that the day may still turn out otherwise. A table is taken as published when it gives National Day off.
 */
export function isProvisional(calendar: Calendar, date: string): boolean {
  return yearOf(calendar, date).provisional;
}

function yearOf(calendar: Calendar, date: string): Year {
  return yearNumbered(calendar, Number(date.slice(0, 4)));
}

function yearNumbered(calendar: Calendar, number: number): Year {
  const known = calendar.years.get(number);
  if (known) return known;
  const year = makeYear(number, calendar.additions);
  calendar.years.set(number, year);
  return year;
}

function makeYear(number: number, additions: CalendarAdditions): Year {
  const name = String(number).padStart(4, '0');
  const first = dayNumber(`${name}-01-01`);
  const length = dayNumber(`${name}-12-31`) - first + 1;
  const { off, work } = exceptionsOf(number, additions);
  const upTo = new Uint16Array(length + 1);
  const workdays: number[] = [];
  for (let index = 0; index < length; index += 1) {
    const day = first + index;
    if (work.has(day) || (weekdayOf(day) < 5 && !off.has(day))) workdays.push(day);
    upTo[index + 1] = workdays.length;
  }
  return { first, upTo, workdays, provisional: !off.has(dayNumber(`${name}-10-01`)) };
}

function at(list: ArrayLike<number>, index: number): number {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no such place in the calendar: ${index}`);
  return value;
}
