import type { Activity, ActivityInFile } from './activities/activity.ts';
import { makeCalendar } from './calendar.ts';
import { resolveDeadline } from './deadline.ts';
import type { Campaign, CampaignFile } from './definition.ts';
import { indexUnits } from './unit.ts';

/**
 * The campaign that a file means when it starts on `start` (YYYY-MM-DD). The file must have passed the loader's checks.
 * @throws Error when it names a unit it does not have
 */
export function resolve({ duban: _, ...file }: CampaignFile, start: string): Campaign {
  const unit = idsIn(file.units);
  return {
    ...file,
    start,
    units: file.units.map((one) => (one.parent === undefined ? one : { ...one, parent: unit(one.parent) })),
    people: file.people.map((one) => (one.unit === undefined ? one : { ...one, unit: unit(one.unit) })),
    activities: file.activities.map((one) => resolveActivity(one, file, start, unit)),
    ...(file.survey === undefined ? {} : { survey: flowId(file.id, file.survey) }),
    flows: file.flows.map((flow) => ({ ...flow, id: flowId(file.id, flow.id) })),
  };
}

function resolveActivity(
  { deadline, ...activity }: ActivityInFile,
  file: Omit<CampaignFile, 'duban'>,
  start: string,
  unit: (words: string) => string,
): Activity {
  return {
    ...activity,
    coordinator: unit(activity.coordinator),
    ...(activity.participants ? { participants: activity.participants.map(unit) } : {}),
    pairs: activity.pairs.map((pair) => ({
      inspector: unit(pair.inspector),
      inspected: unit(pair.inspected),
    })),
    checklist: flowId(file.id, activity.checklist),
    dueOn: resolveDeadline(deadline, start, makeCalendar(file.calendar)),
  };
}

/** Under what id a campaign's flow is kept. */
export function flowId(campaign: string, flow: string): string {
  return `${campaign}/${flow}`;
}

function idsIn(units: CampaignFile['units']): (words: string) => string {
  const find = indexUnits(units);
  return (words) => {
    const unit = find(words);
    if (!unit) throw new Error(`no unit is called ${words}`);
    return unit.id;
  };
}
