import { assignmentsOf } from '../campaign/activities/activity.ts';
import { daysOfVisit } from '../campaign/activities/covert.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { GivenTask } from '../store/versions.ts';

type PlannedTask = ReturnType<typeof assignmentsOf>[number] & { activity: string };

/** The days of a task, YYYY-MM-DD. */
type Days = Pick<GivenTask, 'dueOn' | 'reportOn'>;

export interface SortedTasks {
  added: PlannedTask[];
  unwanted: GivenTask[];
  moved: ({ task: GivenTask } & Days)[];
}

/**
 * What a new version of a campaign makes of the tasks that were given out: which are new, which are not wanted any more,
 * and which have other days. What the file never named (a covert visit that was sent or drawn after the publication) is no
 * less wanted because it still does not name it: it goes only with its activity or with a unit of it.
 */
export function sortTasks(given: GivenTask[], before: Campaign, after: Campaign): SortedTasks {
  const [was, planned] = [plannedIn(before), plannedIn(after)];
  const known = new Set(given.flatMap((task) => [keyOf(task), fileKeyOf(task)]));
  const open = given.filter(({ reported }) => !reported);
  const hasPlace = hasPlaceIn(after);
  const unwanted = open.filter((task) => {
    const key = fileKeyOf(task);
    return !planned.has(key) && (was.has(key) || !hasPlace(task));
  });
  const daysNow = daysIn(after, planned);
  const daysThen = daysIn(before, was);
  const left = new Set(unwanted);
  return {
    added: [...planned].flatMap(([key, one]) => (known.has(key) ? [] : [one])),
    unwanted,
    moved: open.flatMap((task) => {
      const now = left.has(task) ? null : daysNow(task);
      if (now === null || areSame(now, task)) return [];
      // A day that a coordinator has moved stands until the file moves its own.
      if (task.extended && areSame(now, daysThen(task))) return [];
      return [{ task, dueOn: now.dueOn, reportOn: now.reportOn }];
    }),
  };
}

function plannedIn({ activities }: Campaign): Map<string, PlannedTask> {
  const planned = new Map<string, PlannedTask>();
  for (const activity of activities)
    for (const one of assignmentsOf(activity)) {
      const task = { ...one, activity: activity.id };
      planned.set(keyOf(task), task);
    }
  return planned;
}

/** Whether its activity is still there, in the same mode, and so are its units. */
function hasPlaceIn({ activities, units }: Campaign): (task: GivenTask) => boolean {
  const modes = new Map(activities.map(({ id, mode }) => [id, mode]));
  const codes = new Set(units.map(({ id }) => id));
  return ({ activity, mode, assigneeUnit, targetUnit }) =>
    modes.get(activity) === mode && codes.has(assigneeUnit) && codes.has(targetUnit);
}

/**
 * The days that a task has now; null when the file says nothing of it. A covert visit keeps the day that was settled for it,
 * and otherwise has its activity's, whether the file names it or it was sent.
 */
function daysIn(
  { activities }: Campaign,
  planned: Map<string, PlannedTask>,
): (task: GivenTask) => Days | null {
  const covert = new Map(
    activities.flatMap((one) => (one.mode === 'covert' ? [[one.id, one] as const] : [])),
  );
  return (task) => {
    const activity = covert.get(task.activity);
    if (activity !== undefined) return daysOfVisit(activity, task.days[0] ?? null);
    return planned.get(fileKeyOf(task)) ?? null;
  };
}

function keyOf(one: Pick<GivenTask, 'activity' | 'assigneeUnit' | 'targetUnit'>): string {
  return `${one.activity} ${one.assigneeUnit} ${one.targetUnit}`;
}

/** As the file knows the task: under the unit that it was given to at first. */
function fileKeyOf({ assigneeUnit, givenUnit, ...task }: GivenTask): string {
  return keyOf({ ...task, assigneeUnit: givenUnit ?? assigneeUnit });
}

function areSame(one: Days, other: Days | null): boolean {
  return other !== null && one.dueOn === other.dueOn && one.reportOn === other.reportOn;
}
