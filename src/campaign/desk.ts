import { z } from 'zod';
import { addWorkdays, type Calendar, isWorkday } from './calendar.ts';
import { addDays } from './day.ts';
import { Clock, dateOf, instantOf, outOfQuiet, type Quiet } from './instant.ts';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/**
 * What the coordinators' office is sent, in the campaign's zone. `digestAt`: each workday at that time how far things are, as long
 * as a report is missing; without it at the hour of the reminders, and only while something is overdue. `weekly`: one picture in the
 * leaders' room.
 */
export const Desk = z.strictObject({
  digestAt: Clock.optional(),
  weekly: z.strictObject({ day: z.enum(weekdays).default('mon'), at: Clock.default('09:00') }).prefault({}),
});
export type Desk = z.infer<typeof Desk>;

/** The weekly picture that is due on a day; `at` is an ISO instant, never in quiet hours. */
export interface Weekly {
  day: string;
  at: string;
}

/**
 * The weekly picture of the day that an instant lies in, if there is one: on a rest day it waits for the next workday (DOMAIN 2.7).
 * What was missed on its own day is left out: the next one tells more.
 */
export function weeklyOf(
  { weekly }: Desk,
  { quiet, zone, calendar }: { quiet: Quiet; zone: string; calendar: Calendar },
  now: string,
): Weekly | null {
  const today = dateOf(now, zone);
  const monday = mondayOf(today);
  // A long holiday moves last week's picture into this one.
  for (const week of [addDays(monday, -7), monday]) {
    const planned = addDays(week, weekdays.indexOf(weekly.day));
    const day = isWorkday(calendar, planned) ? planned : addWorkdays(calendar, planned, 1);
    if (day === today) return { day, at: outOfQuiet(instantOf(day, weekly.at, zone), quiet, zone) };
  }
  return null;
}

/** The Monday of a day's week; days are YYYY-MM-DD. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}
