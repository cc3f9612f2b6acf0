import { type Calendar, workdaysBetween } from './calendar.ts';

/** Workdays left, today not counted; 0 on the due day, negative when overdue, by workdays missed. */
export function workdaysLeft(dueOn: string, today: string, calendar: Calendar): number {
  return workdaysBetween(calendar, today, dueOn);
}
