import { IANAZone } from 'luxon';

/** What a piece of a sentence says about a day. */
export interface Days {
  /** ISO days it can stand for; none when there is no such day (2月30日). */
  days: string[];
  /** Says the day outright, year and all, or 今天, 明天. */
  exact?: boolean;
  /** A weekday alone, from 1 = Monday: beside a date it only confirms it. */
  weekday?: number;
}

/** The first and last day that would be taken; ISO days, both inclusive. */
export interface DateBounds {
  earliest?: string | undefined;
  latest?: string | undefined;
}

/** A day of the calendar: `count` in days since 1970-01-01, `weekday` from 1 = Monday. */
export interface Day {
  count: number;
  year: number;
  month: number;
  day: number;
  weekday: number;
}

/** What a date rule may look at: today in the campaign's zone, and the days that would be taken. */
export interface DateScene {
  today: Day;
  bounds: DateBounds;
}

/** A day that passed less than this many days ago may still be the one that is meant. */
const lookBackDays = 60;
const dayMs = 86_400_000;

/** @throws RangeError for an instant or a zone that does not exist: a fault of ours, not of the reply. */
export function todayAt(at: string, zone: string): Day {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${at}`);
  return dayAt(Math.floor((ms + offsetMs(ms, zone)) / dayMs));
}

/**
 * Asking a zone for its offset costs 20 µs, more than all the rest, and replies come close together: the last answer is
 * kept. Offsets change on a quarter of an hour only.
 */
function offsetMs(ms: number, zone: string): number {
  const quarter = Math.floor(ms / 900_000);
  if (known.zone === zone && known.quarter === quarter) return known.ms;
  const place = IANAZone.create(zone);
  if (!place.isValid) throw new RangeError(`not a time zone: ${zone}`);
  known = { zone, quarter, ms: place.offset(ms) * 60_000 };
  return known.ms;
}

let known = { zone: '', quarter: 0, ms: 0 };

/** One day of the calendar, as ISO; none if it does not exist. */
export function dayOf(year: number, month: number, day: number): string[] {
  const count = Date.UTC(year, month - 1, day) / dayMs;
  if (!(year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1)) return [];
  return new Date(count * dayMs).getUTCDate() === day ? [isoOf(count)] : [];
}

/** The ISO day that lies `days` from today. */
export function daysFrom({ count }: Day, days: number): string {
  return isoOf(count + days);
}

/** The ISO day `months` from today; the last of that month where it is shorter. */
export function monthsFrom({ year, month, day }: Day, months: number): string {
  const last = lastOfMonth(year, month + months);
  return Number(last.slice(8)) < day ? last : isoOf(Date.UTC(year, month - 1 + months, day) / dayMs);
}

/** `month` may lie outside 1 to 12 and is then counted on into other years. */
export function lastOfMonth(year: number, month: number): string {
  return isoOf(Date.UTC(year, month, 0) / dayMs);
}

/**
 * A month and day without a year: the next one from today on. When it passed less than 60 days ago it may also be that
 * one, and both are given. If the question would take only one of the two, it is that one.
 */
export function yearlessDays(month: number, day: number, scene: DateScene): string[] {
  return yearless((year) => dayOf(year, month, day), scene);
}

/** The same for the last day of a month. */
export function yearlessMonthEnd(month: number, scene: DateScene): string[] {
  return month < 1 || month > 12 ? [] : yearless((year) => [lastOfMonth(year, month)], scene);
}

function yearless(inYear: (year: number) => string[], scene: DateScene): string[] {
  const { year } = scene.today;
  const all = [year - 1, year, year + 1].flatMap(inYear);
  const today = isoOf(scene.today.count);
  const past = all.findLast((one) => one < today);
  const next = all.find((one) => one >= today);
  return oneOf(past, next, scene);
}

/** A day of the month alone (15号): this month's, or next month's too when it has passed. */
export function dayOfMonth(day: number, scene: DateScene): string[] {
  const { today } = scene;
  const here = dayOf(today.year, today.month, day)[0];
  if (here === undefined || day >= today.day) return here === undefined ? [] : [here];
  const [year, month] = today.month === 12 ? [today.year + 1, 1] : [today.year, today.month + 1];
  return oneOf(here, dayOf(year, month, day)[0], scene);
}

/** A bare weekday: the coming one; today's own name may be today or a week from now. */
export function comingWeekday(weekday: number, { today, bounds }: DateScene): string[] {
  const ahead = (weekday - today.weekday + 7) % 7;
  if (ahead === 0) return [daysFrom(today, 0), daysFrom(today, 7)];
  const next = daysFrom(today, ahead);
  const taken = [daysFrom(today, ahead - 7), next].filter((day) => isWithin(day, bounds));
  return taken.length === 1 ? taken : [next];
}

/** A weekday in the week (from Monday) that lies `weeks` from this one. */
export function weekdayIn(weeks: number, weekday: number, { today }: DateScene): string {
  return daysFrom(today, weeks * 7 + weekday - today.weekday);
}

/** From 1 = Monday. */
export function weekdayOf(day: string): number {
  return dayAt(Math.floor(Date.parse(day) / dayMs)).weekday;
}

export function isWithin(day: string, { earliest, latest }: DateBounds): boolean {
  return (earliest === undefined || day >= earliest) && (latest === undefined || day <= latest);
}

function oneOf(past: string | undefined, next: string | undefined, { today, bounds }: DateScene): string[] {
  const both = [past, next].filter((day) => day !== undefined);
  const taken = both.filter((day) => isWithin(day, bounds));
  if (taken.length === 1 && both.length > 1) return taken;
  const recent = past !== undefined && past > daysFrom(today, -lookBackDays);
  return recent || next === undefined ? both : [next];
}

function dayAt(count: number): Day {
  const date = new Date(count * dayMs);
  const weekday = ((((count + 3) % 7) + 7) % 7) + 1;
  return {
    count,
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday,
  };
}

function isoOf(count: number): string {
  return new Date(count * dayMs).toISOString().slice(0, 10);
}
