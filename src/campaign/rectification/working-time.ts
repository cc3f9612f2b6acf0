import { addWorkdays, type Calendar, isWorkday } from '../calendar.ts';
import { addDays } from '../day.ts';
import { dateOf, instantIn, instantOf, outOfQuiet, type Quiet, timeOf } from '../instant.ts';

/** When people may be called on: on workdays, outside the quiet hours. */
export interface WorkingTime {
  calendar: Calendar;
  zone: string;
  quiet: Quiet;
}

/** The instant itself, or the first one after it that is in working time. */
export function inWorkingTime(instant: string, { calendar, zone, quiet }: WorkingTime): string {
  const at = outOfQuiet(instantIn(instant), quiet, zone);
  const day = dateOf(at, zone);
  if (isWorkday(calendar, day)) return at;
  // From the end of that night's quiet hours; where there are none, from midnight.
  const morning = quiet.from === quiet.to ? '00:00' : quiet.to;
  return outOfQuiet(instantOf(addWorkdays(calendar, day, 1), morning, zone), quiet, zone);
}

/** So many workdays of working time after an instant, at the same time of day where that is working time. */
export function afterWorkdays(instant: string, days: number, time: WorkingTime): string {
  const start = inWorkingTime(instant, time);
  if (days === 0) return start;
  const day = addWorkdays(time.calendar, dateOf(start, time.zone), days);
  return inWorkingTime(instantOf(day, timeOf(start, time.zone), time.zone), time);
}

/**
 * The last day of a period of calendar days: the starting day is not counted (民法典 art. 201), and when the last one is a
 * rest day the period ends on the day after the rest (art. 203).
 */
export function periodEnd(from: string, days: number, calendar: Calendar): string {
  const last = addDays(from, days);
  return isWorkday(calendar, last) ? last : addWorkdays(calendar, last, 1);
}
