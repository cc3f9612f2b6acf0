import type { Activity, ActivityInFile } from './activities/activity.ts';
import { makeCalendar } from './calendar.ts';
import { resolveDeadline } from './deadline.ts';
import type { Campaign, CampaignFile } from './definition.ts';
import type { Pair } from './matrix.ts';
import { indexUnits } from './unit.ts';

/**
 * The campaign that a file means when it starts on `start` (YYYY-MM-DD). The file must have passed the loader's checks.
 * @throws Error when it names a unit it does not have
 */
export function resolve(
  { duban: _, extends: __, registers: ___, ...file }: CampaignFile,
  start: string,
): Campaign {
  const unit = idsIn(file.units);
  return {
    ...file,
    start,
    units: file.units.map((one) => (one.parent === undefined ? one : { ...one, parent: unit(one.parent) })),
    people: file.people.map((one) => (one.unit === undefined ? one : { ...one, unit: unit(one.unit) })),
    activities: file.activities.map((one) => resolveActivity(one, file, start, unit)),
    ledger: {
      ...file.ledger,
      ...(file.ledger.leadingGroup === undefined ? {} : { leadingGroup: unit(file.ledger.leadingGroup) }),
    },
    ...(file.survey === undefined ? {} : { survey: flowId(file.id, file.survey) }),
    flows: file.flows.map((flow) => ({ ...flow, id: flowId(file.id, flow.id) })),
  };
}

type Named = (words: string) => string;

function resolveActivity(
  { deadline, reportBy, ...activity }: ActivityInFile,
  file: Omit<CampaignFile, 'duban'>,
  start: string,
  unit: Named,
): Activity {
  const calendar = makeCalendar(file.calendar);
  return {
    ...withUnits(activity, unit),
    coordinator: unit(activity.coordinator),
    routes: activity.routes.map(({ units, under, to, ...route }) => ({
      ...route,
      ...(units ? { units: units.map(unit) } : {}),
      ...(under ? { under: unit(under) } : {}),
      to: to.map(unit),
    })),
    checklist: flowId(file.id, activity.checklist),
    ...(activity.report ? { report: flowId(file.id, activity.report) } : {}),
    dueOn: resolveDeadline(deadline, start, calendar),
    ...(reportBy ? { reportOn: resolveDeadline(reportBy, start, calendar) } : {}),
  };
}

/** What is particular to a mode, with its units by id. */
function withUnits(activity: Omit<ActivityInFile, 'deadline' | 'reportBy'>, unit: Named) {
  const pairs = (list: Pair[]) =>
    list.map(({ inspector, inspected }) => ({ inspector: unit(inspector), inspected: unit(inspected) }));
  const own = activity as Unresolved;
  switch (own.mode) {
    case 'cross':
      return {
        ...own,
        pairs: pairs(own.pairs),
        ...(own.participants ? { participants: own.participants.map(unit) } : {}),
      };
    case 'covert':
      return {
        ...own,
        pairs: pairs(own.pairs),
        objects: own.objects.map(unit),
        ...(own.participants ? { participants: own.participants.map(unit) } : {}),
      };
    case 'accompany':
      return { ...own, participants: own.participants.map(unit), at: unit(own.at) };
    case 'walkthrough':
      return {
        ...own,
        participants: own.participants.map(unit),
        matters: own.matters.map((matter) => ({ ...matter, unit: unit(matter.unit) })),
      };
    case 'experience':
    case 'selfcheck':
      return { ...own, participants: own.participants.map(unit) };
  }
}

type Unresolved = ActivityInFile extends infer One
  ? One extends ActivityInFile
    ? Omit<One, 'deadline' | 'reportBy'>
    : never
  : never;

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
