import { addWorkdays, type Calendar, isWorkday } from './calendar.ts';
import { addDays } from './day.ts';
import { dateOf, instantIn, instantOf, isQuiet, outOfQuiet, type Quiet } from './instant.ts';

/** When to remind, in the campaign's time zone; `remindersOf` takes it from a campaign. */
export interface ReminderRules {
  /** Time of day, HH:MM. */
  at: string;
  /** Workdays before the due day; 0 is the due day itself, also when it is a rest day. */
  before: readonly number[];
  overdue: 'workdays' | 'days';
  quiet: Quiet;
  zone: string;
  /** The hour of a digest that comes each workday; unset: at `at`, and only while something is overdue. */
  daily?: string;
}

/** An assignment as its reminders see it: due by the end of `dueOn` (YYYY-MM-DD), published at an instant. */
export interface Reminded {
  dueOn: string;
  publishedAt: string;
  /** Every step up to this instant has been sent or skipped; null when there was none. */
  handledTo: string | null;
}

/** One reminder. `step` is unique for the assignment: `before-3`, `before-0`, `overdue-2026-07-16`. */
export interface ReminderStep {
  step: string;
  kind: 'before' | 'overdue';
  /** When it is due; ISO instant, never in quiet hours. */
  at: string;
}

/** What is to be done at an instant, and when to look again. */
export interface DueReminders {
  send?: ReminderStep;
  skipped: ReminderStep[];
  /** To be kept as the assignment's `handledTo`. */
  handledTo: string | null;
  /** To be kept as the assignment's wake-up; clear it when the report is in. */
  nextAt: string;
}

/** At most so many missed steps are told as skipped; a service down for longer has the older ones forgotten. */
const skippedMax = 60;

export function remindersOf(campaign: {
  reminders: Pick<ReminderRules, 'at' | 'before' | 'overdue'>;
  desk?: { digestAt?: string | undefined };
  quiet: Quiet;
  zone: string;
}): ReminderRules {
  const daily = campaign.desk?.digestAt;
  return {
    ...campaign.reminders,
    quiet: campaign.quiet,
    zone: campaign.zone,
    ...(daily === undefined ? {} : { daily }),
  };
}

/** The steps ahead when the assignment is published, in order, and the first overdue one; later ones follow day by day. */
export function reminderPlan(assignment: Reminded, rules: ReminderRules, calendar: Calendar): ReminderStep[] {
  const published = instantIn(assignment.publishedAt);
  return [
    ...beforeSteps(assignment.dueOn, rules, calendar).filter(({ at }) => at > published),
    nextOverdue(assignment.dueOn, rules, calendar, published),
  ];
}

/**
 * The first step after an instant, none from before publication. “X日前” includes X, so overdue begins the day after
 * (DOMAIN 2.7). There always is one: an overdue report is reminded until it is in. Takes the same time however long
 * ago the assignment was due.
 */
export function nextReminder(
  assignment: Pick<Reminded, 'dueOn' | 'publishedAt'>,
  rules: ReminderRules,
  calendar: Calendar,
  after: string,
): ReminderStep {
  const floor = latest(instantIn(after), instantIn(assignment.publishedAt));
  const before = beforeSteps(assignment.dueOn, rules, calendar).find(({ at }) => at > floor);
  return before ?? nextOverdue(assignment.dueOn, rules, calendar, floor);
}

/**
 * What an assignment that owes its report needs at `now`: at most one reminder. Of several missed steps only the latest is
 * sent; and a step that has become untrue is skipped: “due soon” after the due day, yesterday's “overdue”. In quiet
 * hours nothing happens but a new wake-up.
 */
export function dueReminders(
  assignment: Reminded,
  rules: ReminderRules,
  calendar: Calendar,
  now: string,
): DueReminders {
  const moment = instantIn(now);
  const floor = latest(
    instantIn(assignment.publishedAt),
    assignment.handledTo ? instantIn(assignment.handledTo) : '',
  );
  const missed = stepsBetween(assignment.dueOn, rules, calendar, floor, moment);
  const last = missed.at(-1);
  if (!last)
    return {
      skipped: [],
      handledTo: assignment.handledTo,
      nextAt: nextReminder(assignment, rules, calendar, floor).at,
    };
  if (isQuiet(moment, rules.quiet, rules.zone))
    return {
      skipped: [],
      handledTo: assignment.handledTo,
      nextAt: outOfQuiet(moment, rules.quiet, rules.zone),
    };
  const isTrue = isStillTrue(last, assignment.dueOn, dateOf(moment, rules.zone), rules.zone);
  return {
    ...(isTrue ? { send: last } : {}),
    skipped: isTrue ? missed.slice(0, -1) : missed,
    handledTo: last.at,
    nextAt: nextReminder(assignment, rules, calendar, last.at).at,
  };
}

/** The next instant after `after` at which a coordinator gets the digest: at its own hour, where it has one. */
export function digestAt(rules: ReminderRules, calendar: Calendar, after: string): string {
  return nextOn({ ...rules, at: rules.daily ?? rules.at }, calendar, '', instantIn(after)).at;
}

/**
 * The first digest after an instant, given the first day (YYYY-MM-DD) on which something unreported is due: nothing can be overdue
 * before that day is over, but a daily one does not wait for it.
 */
export function nextDigestAt(
  rules: ReminderRules,
  calendar: Calendar,
  earliest: string,
  after: string,
): string {
  const over = instantOf(earliest, '23:59', rules.zone);
  return digestAt(rules, calendar, rules.daily === undefined && over > after ? over : after);
}

function isStillTrue(step: ReminderStep, dueOn: string, today: string, zone: string): boolean {
  return step.kind === 'before' ? today <= dueOn : today === dateOf(step.at, zone);
}

function beforeSteps(dueOn: string, rules: ReminderRules, calendar: Calendar): ReminderStep[] {
  return [...new Set(rules.before)]
    .map((days) => {
      const at = instantOn(addWorkdays(calendar, dueOn, -days), rules);
      return { step: `before-${days}`, kind: 'before' as const, at };
    })
    .sort((a, b) => Number(a.at > b.at) - Number(a.at < b.at));
}

function nextOverdue(dueOn: string, rules: ReminderRules, calendar: Calendar, after: string): ReminderStep {
  const { day, at } = nextOn(rules, calendar, addDays(dueOn, 1), after);
  return { step: `overdue-${day}`, kind: 'overdue', at };
}

/** The first day, from `earliest` on, whose overdue reminder comes after an instant. */
function nextOn(
  rules: ReminderRules,
  calendar: Calendar,
  earliest: string,
  after: string,
): { day: string; at: string } {
  // From the day before, because a reminder moved out of quiet hours can come on the morning after its day.
  let day = onOrAfter(latest(earliest, addDays(dateOf(after, rules.zone), -1)), rules, calendar);
  for (;;) {
    const at = instantOn(day, rules);
    if (at > after) return { day, at };
    day = onOrAfter(addDays(day, 1), rules, calendar);
  }
}

function onOrAfter(day: string, { overdue }: ReminderRules, calendar: Calendar): string {
  return overdue === 'days' || isWorkday(calendar, day) ? day : addWorkdays(calendar, day, 1);
}

/** Steps after `floor` up to `now`, in order; of the overdue ones at most the last `skippedMax`. */
function stepsBetween(
  dueOn: string,
  rules: ReminderRules,
  calendar: Calendar,
  floor: string,
  now: string,
): ReminderStep[] {
  const steps = beforeSteps(dueOn, rules, calendar).filter(({ at }) => at > floor && at <= now);
  if (dateOf(now, rules.zone) <= dueOn) return steps;
  const oldest = addDays(dateOf(now, rules.zone), -skippedMax);
  let from = latest(floor, instantOf(oldest, '00:00', rules.zone));
  for (;;) {
    const step = nextOverdue(dueOn, rules, calendar, from);
    if (step.at > now) return steps;
    steps.push(step);
    from = step.at;
  }
}

function instantOn(day: string, { at, quiet, zone }: ReminderRules): string {
  return outOfQuiet(instantOf(day, at, zone), quiet, zone);
}

function latest(a: string, b: string): string {
  return a > b ? a : b;
}
