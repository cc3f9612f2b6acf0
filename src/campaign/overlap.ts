import type { Text } from '../flow/text.ts';
import { assignmentsOf } from './activities/activity.ts';
import type { Campaign } from './definition.ts';
import { fileProblem, type Problem } from './loading/problem.ts';

/** Names of units in one warning. */
const namesMax = 5;

/** One activity in which others look at a unit, from a day to a day (YYYY-MM-DD, both included). */
export interface Inspection {
  activity: string;
  from: string;
  to: string;
  targets: ReadonlySet<string>;
}

/** Two activities that look at the same units while both go on. */
export interface Overlap {
  activities: [number, number];
  units: string[];
  from: string;
  to: string;
}

/**
 * Units that are inspected from several sides at once, by pairs of activities (政府督查工作条例 art. 15: no repeated and no
 * many-headed inspections). What a unit does at its own windows burdens it with no visitor and does not count.
 */
export function overlapsOf(inspections: readonly Inspection[]): Overlap[] {
  return inspections.flatMap((one, first) =>
    inspections.slice(first + 1).flatMap((other, index): Overlap[] => {
      const from = one.from > other.from ? one.from : other.from;
      const to = one.to < other.to ? one.to : other.to;
      if (from > to) return [];
      const units = [...one.targets].filter((unit) => other.targets.has(unit));
      return units.length === 0 ? [] : [{ activities: [first, first + 1 + index], units, from, to }];
    }),
  );
}

/** What each activity of a campaign inspects, in their order. */
export function inspectionsOf({ activities, start }: Pick<Campaign, 'activities' | 'start'>): Inspection[] {
  return activities.map((activity) => {
    const given = assignmentsOf(activity);
    return {
      activity: activity.id,
      from: start,
      to: given.reduce((last, { dueOn }) => (dueOn > last ? dueOn : last), start),
      targets: new Set(given.flatMap((one) => (one.targetUnit === one.assigneeUnit ? [] : [one.targetUnit]))),
    };
  });
}

/** The overlaps within one file, as warnings at the later activity. */
export function overlapWarnings(campaign: Campaign): Problem[] {
  const overlaps = overlapsOf(inspectionsOf(campaign));
  if (overlaps.length === 0) return [];
  const names = new Map(campaign.units.map(({ id, name }): [string, Text] => [id, name]));
  return overlaps.map(({ activities: [first, second], units, from, to }) => {
    const title = (index: number): Text => campaign.activities[index]?.title ?? '';
    const params = {
      activities: { list: [title(first), title(second)] },
      units: { list: units.slice(0, namesMax).map((id) => names.get(id) ?? id) },
      count: units.length,
      from: { date: from },
      to: { date: to },
    };
    const sentence = units.length > namesMax ? 'warning.overlap.more' : 'warning.overlap';
    return { ...fileProblem(['activities', second], sentence, params), atKey: true };
  });
}
