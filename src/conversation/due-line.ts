import { workdaysLeft } from '../campaign/assignment.ts';
import type { Calendar } from '../campaign/calendar.ts';
import { dayNumber } from '../campaign/day.ts';
import type { Line, Params } from '../flow/say.ts';

/** The days of a task, YYYY-MM-DD: of the work, and of its report where that has a later one (MDJ-3.5). */
export interface DueDays {
  dueOn: string;
  reportOn: string | null;
  /** The work is done, and `dueOn` is the report's. */
  finished: boolean;
}

/**
 * By when a task is due, as it stands on `today` (days YYYY-MM-DD in the campaign's zone). “X日前” includes X, and it is
 * said so (DOMAIN 2.7).
 */
export function dueLines({ dueOn, reportOn, finished }: DueDays, today: string, calendar: Calendar): Line[] {
  const kind = reportOn !== null ? 'finish' : finished ? 'report' : 'both';
  const params = { due: { date: dueOn }, what: { key: `conversation:publish.due.${kind}` } as const };
  const line = dueLine(dueOn, today, calendar, params);
  return reportOn === null
    ? [line]
    : [line, { key: 'conversation:publish.due.then', params: { report: { date: reportOn } } }];
}

function dueLine(dueOn: string, today: string, calendar: Calendar, params: Params): Line {
  if (today > dueOn) return { key: 'conversation:publish.due.past', params };
  if (today === dueOn) return { key: 'conversation:publish.due.today', params };
  const workdays = workdaysLeft(dueOn, today, calendar);
  if (workdays === 0) return { key: 'conversation:publish.due.rest', params };
  return { key: 'conversation:publish.due', params: { ...params, workdays } };
}

/**
 * What of a task is late on `today`, its due day being over: all of it, the work alone, the work and its report, which had
 * a later day (MDJ-3.5), or the report of finished work alone.
 */
export function lateWith({ reportOn, finished }: DueDays, today: string): Late {
  if (reportOn === null) return finished ? 'report' : 'all';
  return today > reportOn ? 'finish-report' : 'finish';
}

export type Late = 'all' | 'finish' | 'finish-report' | 'report';

/** The days of a late task, for words that differ by {@link lateWith}. */
export function lateParams({ dueOn, reportOn }: DueDays, today: string): Params {
  const report: Params =
    reportOn === null ? {} : { report: { date: reportOn }, reportDays: daysOverdue(reportOn, today) };
  return { due: { date: dueOn }, days: daysOverdue(dueOn, today), ...report };
}

/** Calendar days since a due day; 1 on the day after it. */
export function daysOverdue(dueOn: string, today: string): number {
  return dayNumber(today) - dayNumber(dueOn);
}
