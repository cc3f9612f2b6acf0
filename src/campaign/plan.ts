import { assignmentsOf } from './activities/activity.ts';
import { type Calendar, makeCalendar, workdaysBetween } from './calendar.ts';
import type { Campaign } from './definition.ts';
import { instantOf, outOfQuiet } from './instant.ts';
import {
  nextDigestAt,
  type ReminderRules,
  type ReminderStep,
  reminderPlan,
  remindersOf,
} from './reminder.ts';
import { type Receiver, receiversOf } from './routing.ts';
import type { Unit } from './unit.ts';

/** What a campaign would do if it were published at `publishedAt`; instants are ISO in UTC, days YYYY-MM-DD. */
export interface CampaignPlan {
  publishedAt: string;
  /** When people are told: later than the publication when that falls in quiet hours. */
  toldAt: string;
  /** The first digest of overdue tasks; null where there are no tasks. */
  digestAt: string | null;
  activities: PlannedActivity[];
}

export interface PlannedActivity {
  id: string;
  /** Tasks that are due on the same days and are reminded of at the same times. */
  batches: PlannedBatch[];
}

export interface PlannedBatch {
  dueOn: string;
  /** The report's own day, where it has one. */
  reportOn: string | null;
  /** Workdays after the start up to the due day. */
  workdays: number;
  /** In order; the last is the first overdue one, after which they go on until the report is in. */
  reminders: ReminderStep[];
  assignments: PlannedAssignment[];
}

export interface PlannedAssignment {
  assignee: string;
  target: string;
  /** Where its report goes; the same object for all tasks with the same receivers. */
  receivers: Receiver[];
}

/** The dry run of a campaign. Nothing is looked up or written. */
export function planOf(campaign: Campaign, publishedAt: string): CampaignPlan {
  const rules = remindersOf(campaign);
  const calendar = makeCalendar(campaign.calendar);
  const activities = campaign.activities.map((activity) => ({
    id: activity.id,
    batches: batchesOf(campaign, activity, { rules, calendar, publishedAt }),
  }));
  return {
    publishedAt,
    toldAt: outOfQuiet(publishedAt, rules.quiet, rules.zone),
    digestAt: firstDigestOf(
      activities.flatMap(({ batches }) => batches.map(({ dueOn }) => dueOn)),
      rules,
      calendar,
      publishedAt,
    ),
    activities,
  };
}

/** When a campaign is taken to be published unless told otherwise: on its first day, when reminders go out. */
export function usualPublication({ start, reminders, zone }: Campaign): string {
  return instantOf(start, reminders.at, zone);
}

interface Times {
  rules: ReminderRules;
  calendar: Calendar;
  publishedAt: string;
}

function batchesOf(
  { units, start }: Campaign,
  activity: Campaign['activities'][number],
  { rules, calendar, publishedAt }: Times,
): PlannedBatch[] {
  const batches = new Map<string, PlannedBatch>();
  const receivers = receiversIn(activity, units);
  for (const { assigneeUnit, targetUnit, dueOn, reportOn } of assignmentsOf(activity)) {
    const key = `${dueOn} ${reportOn}`;
    const batch = batches.get(key) ?? {
      dueOn,
      reportOn,
      workdays: workdaysBetween(calendar, start, dueOn),
      reminders: reminderPlan({ dueOn: reportOn ?? dueOn, publishedAt, handledTo: null }, rules, calendar),
      assignments: [],
    };
    batches.set(key, batch);
    batch.assignments.push({
      assignee: assigneeUnit,
      target: targetUnit,
      receivers: receivers(assigneeUnit),
    });
  }
  return [...batches.values()];
}

/** `receiversOf` for thousands of units: it walks the tree, and needs no more of it than the way up from the unit. */
function receiversIn(
  activity: Campaign['activities'][number],
  units: readonly Unit[],
): (unit: string) => Receiver[] {
  if (activity.routes.length === 0) {
    const only = receiversOf(activity, '', []);
    return () => only;
  }
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const known = new Map<string, Receiver[]>();
  return (unit) => {
    const found = receiversOf(activity, unit, wayUp(unit, byId));
    const key = JSON.stringify(found);
    const same = known.get(key) ?? found;
    known.set(key, same);
    return same;
  };
}

function wayUp(id: string, byId: ReadonlyMap<string, Unit>): Unit[] {
  const way: Unit[] = [];
  for (let unit = byId.get(id); unit && !way.includes(unit); unit = byId.get(unit.parent ?? ''))
    way.push(unit);
  return way;
}

function firstDigestOf(
  days: readonly string[],
  rules: ReminderRules,
  calendar: Calendar,
  at: string,
): string | null {
  const [first] = [...days].sort();
  if (first === undefined) return null;
  return nextDigestAt(rules, calendar, first, at);
}

/** How far a plan reaches. */
export function sizeOf({ activities }: CampaignPlan): { assignments: number; reminders: number } {
  const batches = activities.flatMap((activity) => activity.batches);
  return {
    assignments: batches.reduce((sum, batch) => sum + batch.assignments.length, 0),
    reminders: batches.reduce((sum, batch) => sum + batch.assignments.length * batch.reminders.length, 0),
  };
}
