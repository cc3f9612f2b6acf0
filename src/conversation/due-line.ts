import { workdaysLeft } from '../campaign/assignment.ts';
import type { Calendar } from '../campaign/calendar.ts';
import { dayNumber } from '../campaign/day.ts';
import type { Line } from '../flow/say.ts';

/**
 * By when a task is due, as it stands on `today` (days YYYY-MM-DD in the campaign's zone). “X日前” includes X, and it is
 * said so (DOMAIN 2.7).
 */
export function dueLine(dueOn: string, today: string, calendar: Calendar): Line {
  const due = { date: dueOn };
  if (today > dueOn) return { key: 'conversation:publish.due.past', params: { due } };
  if (today === dueOn) return { key: 'conversation:publish.due.today', params: { due } };
  const workdays = workdaysLeft(dueOn, today, calendar);
  if (workdays === 0) return { key: 'conversation:publish.due.rest', params: { due } };
  return { key: 'conversation:publish.due', params: { due, workdays } };
}

/** Calendar days since a due day; 1 on the day after it. */
export function daysOverdue(dueOn: string, today: string): number {
  return dayNumber(today) - dayNumber(dueOn);
}
