import { z } from 'zod';
import { addWorkdays, type Calendar } from './calendar.ts';
import { addDays, isDate } from './day.ts';
import { refusal } from './refusal.ts';

/**
 * By when something is due, inclusive: “7月15日前” means by the end of 15 July (DOMAIN 2.7).
 * - `2026-07-15`: that day. - `07-15`: the first 15 July on or after the start, for notices that name no year.
 * - `{workdays: 17}`: the 17th workday after the start day. - `{days: 10}`: the tenth day after the start day; the
 * start day is counted in neither (民法典 art. 201).
 */
export const Deadline = z.union([
  z.string().refine((text) => isDate(text) || isMonthDay(text), refusal('fault.no-such-day')),
  z.strictObject({ workdays: z.int().min(1).max(1000) }),
  z.strictObject({ days: z.int().min(1).max(1500) }),
]);
export type Deadline = z.infer<typeof Deadline>;

/** The calendar day of a deadline, for a campaign that starts on `start`. Never moved off a rest day (DOMAIN 2.7). */
export function resolveDeadline(deadline: Deadline, start: string, calendar: Calendar): string {
  if (typeof deadline !== 'string')
    return 'days' in deadline
      ? addDays(start, deadline.days)
      : addWorkdays(calendar, start, deadline.workdays);
  if (isDate(deadline)) return deadline;
  const year = Number(start.slice(0, 4));
  // Eight years reach a 29 February from anywhere, 1900 and 2100 included.
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const date = `${year + ahead}-${deadline}`;
    if (date >= start && isDate(date)) return date;
  }
  throw new RangeError(`no day ${deadline} after ${start}`);
}

function isMonthDay(text: string): boolean {
  return isDate(`2024-${text}`);
}
