const dayMs = 86_400_000;

/** The day number of a calendar day written YYYY-MM-DD; day 0 is 1970-01-01. @throws RangeError when there is no such day */
export function dayNumber(date: string): number {
  const day = Date.parse(`${date}T00:00:00Z`) / dayMs;
  if (!isDate(date)) throw new RangeError(`not a calendar day: ${date}`);
  return day;
}

/** The calendar day YYYY-MM-DD of a day number. */
export function dateOfDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Whether this is a day of the calendar, written YYYY-MM-DD: 2026-02-30 is not. */
export function isDate(date: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return false;
  const at = Date.parse(`${date}T00:00:00Z`);
  // Some engines roll 02-30 over into March; what comes back must be what went in.
  return !Number.isNaN(at) && dateOfDay(at / dayMs) === date;
}

/** The day `n` days later; earlier when negative. */
export function addDays(date: string, n: number): string {
  return dateOfDay(dayNumber(date) + n);
}

/** 0 Monday … 6 Sunday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
