import { workdaysLeft } from '../campaign/assignment.ts';
import { type Calendar, isProvisional } from '../campaign/calendar.ts';
import { dateOf } from '../campaign/instant.ts';
import { type DueDays, daysOverdue } from '../conversation/due-line.ts';
import type { Line, Param } from '../flow/say.ts';
import type { CampaignFacts } from '../store/library.ts';

/** Today in the campaign's zone, and the workdays it counts by. */
export interface Today {
  today: string;
  calendar: Calendar;
}

export function todayIn({ zone, calendar }: Pick<CampaignFacts, 'zone' | 'calendar'>, at: string): Today {
  return { today: dateOf(at, zone), calendar };
}

/** How long is left until the end of `dueOn`, in words: workdays before it, calendar days after it, as reminders say it. */
export function timeLeft(dueOn: string, { today, calendar }: Today): Param {
  if (today > dueOn) return { key: 'commands:left.overdue', params: { days: daysOverdue(dueOn, today) } };
  if (today === dueOn) return { key: 'commands:left.today' };
  const days = workdaysLeft(dueOn, today, calendar);
  return days === 0 ? { key: 'commands:left.rest' } : { key: 'commands:left.days', params: { days } };
}

/** By when a task is to be done, and by when reported where that is another day (MDJ-3.5). */
export function byWhen({ dueOn, reportOn, finished }: DueDays): Param {
  const due = { date: dueOn };
  if (reportOn !== null)
    return { key: 'commands:task.by.finish', params: { due, report: { date: reportOn } } };
  return { key: finished ? 'commands:task.by.report' : 'commands:task.by.both', params: { due } };
}

/** How long is left for a task; once its work is late, for its report as well where that has a later day (MDJ-3.5). */
export function leftOf({ dueOn, reportOn }: DueDays, day: Today): Param {
  if (reportOn === null || day.today <= dueOn) return timeLeft(dueOn, day);
  const days = daysOverdue(dueOn, day.today);
  return { key: 'commands:left.finish', params: { days, report: timeLeft(reportOn, day) } };
}

/** A word of caution where workdays were counted by a year whose rest days nobody has published yet (DOMAIN 2.7). */
export function provisionalLines(dueOn: string[], calendar: Calendar): Line[] {
  const year = dueOn.find((day) => isProvisional(calendar, day))?.slice(0, 4);
  return year === undefined ? [] : [{ key: 'commands:left.provisional', params: { year } }];
}
