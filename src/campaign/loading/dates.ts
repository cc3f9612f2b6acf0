import { makeCalendar } from '../calendar.ts';
import { dateOfDay, isDate } from '../day.ts';
import { type Deadline, resolveDeadline } from '../deadline.ts';
import { type CalendarAdditions, daysIn } from '../holidays.ts';
import { isQuietTime } from '../instant.ts';
import type { Draft } from './draft.ts';
import { type Path, type Problem, problem } from './problem.ts';

/** Days and limits that contradict one another. `start` is undefined when it is itself at fault. */
export function dateProblems(draft: Draft, start: string | undefined): Problem[] {
  return [
    ...draft.activities.flatMap((activity, index) => {
      const path: Path = ['activities', index];
      const deadline = activity?.deadline;
      const visits = activity?.visits;
      const days = activity?.days;
      const reportBy = activity?.reportBy;
      return [
        ...beforeStart(deadline, start, [...path, 'deadline']),
        ...beforeStart(reportBy, start, [...path, 'reportBy']),
        ...(deadline !== undefined && reportBy !== undefined && isBefore(reportBy, deadline, start)
          ? [problem([...path, 'reportBy'], 'fault.report-before-end')]
          : []),
        ...(days && days.min > days.max
          ? [problem([...path, 'days', 'min'], 'fault.min-over-max', { min: days.min, max: days.max })]
          : []),
        ...(visits && visits.min > visits.max
          ? [problem([...path, 'visits', 'min'], 'fault.min-over-max', { min: visits.min, max: visits.max })]
          : []),
      ];
    }),
    ...Object.entries(draft.calendar ?? {}).flatMap(([year, days]) => yearProblems(year, days)),
    ...reminderProblems(draft),
  ];
}

function beforeStart(deadline: Deadline | undefined, start: string | undefined, path: Path): Problem[] {
  if (typeof deadline !== 'string' || !isDate(deadline) || start === undefined || deadline >= start)
    return [];
  return [problem(path, 'fault.deadline-before-start', dated({ deadline, start }))];
}

/** Whether one day comes before another, as far as that can be told without the calendar's additions. */
function isBefore(one: Deadline, other: Deadline, start: string | undefined): boolean {
  if (start === undefined) return false;
  const calendar = makeCalendar();
  return resolveDeadline(one, start, calendar) < resolveDeadline(other, start, calendar);
}

/** A reminder moved out of the quiet hours must not come a day late. */
function reminderProblems({ quiet, reminders }: Draft): Problem[] {
  const { from = '21:00', to = '08:00' } = quiet ?? {};
  const at = reminders?.at ?? '09:00';
  if (!isQuietTime(at, { from, to }) || at < to) return [];
  const path: Path = reminders?.at === undefined ? ['quiet'] : ['reminders', 'at'];
  return [problem(path, 'fault.reminder-in-quiet', { at, from, to })];
}

function yearProblems(year: string, { off, work }: CalendarAdditions[string]): Problem[] {
  const isOff = new Set(off.flatMap(daysIn));
  const ranges = [
    ...off.map((range, index) => ({ range, path: ['calendar', year, 'off', index] })),
    ...work.map((range, index) => ({ range, path: ['calendar', year, 'work', index] })),
  ];
  return ranges.flatMap(({ range, path }) => {
    const days = daysIn(range);
    if (days.length === 0) return [problem(path, 'fault.range-reversed', { range })];
    if (!range.split('..').every((date) => date.startsWith(`${year}-`)))
      return [problem(path, 'fault.day-of-other-year', { range, year })];
    const both = path[2] === 'work' ? days.find((day) => isOff.has(day)) : undefined;
    return both === undefined ? [] : [problem(path, 'fault.off-and-work', dated({ day: dateOfDay(both) }))];
  });
}

function dated(days: Record<string, string>): Record<string, { date: string }> {
  return Object.fromEntries(Object.entries(days).map(([name, date]) => [name, { date }]));
}
