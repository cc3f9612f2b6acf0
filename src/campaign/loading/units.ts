import type { Param } from '../../flow/say.ts';
import { indexUnits, type Unit, unitsLike } from '../unit.ts';
import type { Draft, DraftActivity } from './draft.ts';
import { matrixProblems } from './matrix.ts';
import { type Path, type Problem, problem, unknownName } from './problem.ts';

type DraftUnit = Pick<Unit, 'id' | 'name' | 'aliases'> & { parent: string | undefined };

/** The units of a draft, to be asked for by any of their names. */
export interface DraftUnits {
  idOf(words: string | undefined): string | undefined;
  nameOf(id: string): Param;
  /** A problem when no unit goes by these words. */
  missing(words: string | undefined, path: Path): Problem[];
}

/** Units that are named but not there, and what is wrong with who inspects whom. */
export function unitProblems(draft: Draft): Problem[] {
  const list = draft.units.map((unit) => ({
    id: unit?.id ?? '',
    name: unit?.name ?? unit?.id ?? '',
    aliases: (unit?.aliases ?? []).filter((alias) => alias !== undefined),
    parent: unit?.parent,
  }));
  const units = draftUnits(list);
  // With one id on two units nobody can say whom a row means.
  const isClear = new Set(list.map(({ id }) => id)).size === list.length;
  return [
    ...list.flatMap((unit, index) => units.missing(unit.parent, ['units', index, 'parent'])),
    ...parentLoops(list, units),
    ...peopleProblems(draft, units),
    ...units.missing(draft.ledger?.leadingGroup, ['ledger', 'leadingGroup']),
    ...draft.activities.flatMap((activity, index) => {
      const path = ['activities', index];
      if (!activity) return [];
      const named = namedProblems(activity, path, units);
      if (activity.mode !== 'cross') return [...named, ...placeProblems(activity, path, units)];
      return isClear ? [...named, ...matrixProblems(activity, path, units)] : named;
    }),
  ];
}

/** The units that an activity of any mode names. */
function namedProblems({ coordinator, routes }: DraftActivity, path: Path, units: DraftUnits): Problem[] {
  return [
    ...units.missing(coordinator, [...path, 'coordinator']),
    ...routes.flatMap((route, index) => {
      const own = [...path, 'routes', index];
      return [
        ...units.missing(route?.under, [...own, 'under']),
        ...missingIn(route?.units, [...own, 'units'], units),
        ...missingIn(route?.to, [...own, 'to'], units),
      ];
    }),
  ];
}

/** Those of the modes without a matrix; a unit that takes part twice would owe two reports. */
function placeProblems(activity: DraftActivity, path: Path, units: DraftUnits): Problem[] {
  const { participants = [], objects, at, matters, pairs } = activity;
  const ids = participants.map((words) => units.idOf(words));
  return [
    ...units.missing(at, [...path, 'at']),
    ...missingIn(participants, [...path, 'participants'], units),
    ...ids.flatMap((id, index) =>
      id !== undefined && ids.indexOf(id) < index
        ? [problem([...path, 'participants', index], 'fault.takes-part-twice', { unit: units.nameOf(id) })]
        : [],
    ),
    ...missingIn(objects, [...path, 'objects'], units),
    ...teamProblems(activity, path, units),
    ...matters.flatMap((matter, index) => units.missing(matter?.unit, [...path, 'matters', index, 'unit'])),
    ...pairs.flatMap((pair, index) =>
      (['inspector', 'inspected'] as const).flatMap((side) =>
        units.missing(pair?.[side], [...path, 'pairs', index, side]),
      ),
    ),
    ...pairs.flatMap((pair, index) => {
      const [inspector, inspected] = [units.idOf(pair?.inspector), units.idOf(pair?.inspected)];
      return inspector !== undefined && inspector === inspected
        ? [
            problem([...path, 'pairs', index, 'inspected'], 'fault.self-inspection', {
              unit: units.nameOf(inspector),
            }),
          ]
        : [];
    }),
  ];
}

/** Each object has as many inspectors as the activity wants: there must be so many, and rows written out must name them. */
function teamProblems(
  { inspectors = 1, participants, pairs }: DraftActivity,
  path: Path,
  units: DraftUnits,
): Problem[] {
  if (participants !== undefined && participants.length < inspectors)
    return [
      problem([...path, 'inspectors'], 'fault.team-members', {
        wanted: inspectors,
        have: participants.length,
      }),
    ];
  const sent = pairs.map((pair) => units.idOf(pair?.inspected));
  return sent.flatMap((target, index) => {
    const have = sent.filter((other) => other === target).length;
    return target === undefined || have >= inspectors || sent.indexOf(target) < index
      ? []
      : [
          problem([...path, 'pairs', index], 'fault.team-pairs', {
            unit: units.nameOf(target),
            wanted: inspectors,
            have,
          }),
        ];
  });
}

function missingIn(words: readonly string[] | undefined, path: Path, units: DraftUnits): Problem[] {
  return (words ?? []).flatMap((one, index) => units.missing(one, [...path, index]));
}

/** Names compared with unknown ones in one file: a register of 100,000 with as many slips would take hours otherwise. */
const comparisonsMax = 100_000;

function draftUnits(list: readonly DraftUnit[]): DraftUnits {
  let comparisons = 0;
  const like = (words: string): string[] => {
    if (comparisons >= comparisonsMax) return [];
    comparisons += list.length;
    return unitsLike(list, words).filter(Boolean);
  };
  const find = indexUnits(list);
  const names = new Map(list.map(({ id, name }) => [id, name]));
  return {
    idOf: (words) => (words === undefined ? undefined : find(words)?.id),
    nameOf: (id) => names.get(id) ?? id,
    missing: (words, path) =>
      words === undefined || words === '' || find(words)
        ? []
        : [unknownName(path, 'fault.unknown-unit', words, () => like(words))],
  };
}

function peopleProblems({ people }: Draft, units: DraftUnits): Problem[] {
  const needsUnit = ['coordinator', 'inspector', 'liaison'];
  return people.flatMap((person, index) => {
    const path: Path = ['people', index, 'unit'];
    const role = person?.role ?? '';
    return person && person.unit === undefined && needsUnit.includes(role)
      ? [problem(path, 'fault.role-needs-unit', { role })]
      : units.missing(person?.unit, path);
  });
}

function parentLoops(list: readonly DraftUnit[], units: DraftUnits): Problem[] {
  const parents = new Map(list.map((unit) => [unit.id, units.idOf(unit.parent)]));
  return list.flatMap(({ id, name }, index) => {
    const seen = new Set<string>();
    let above = parents.get(id);
    while (above !== undefined && above !== id && !seen.has(above)) {
      seen.add(above);
      above = parents.get(above);
    }
    const isLoop = id !== '' && above === id;
    return isLoop ? [problem(['units', index, 'parent'], 'fault.unit-loop', { unit: name })] : [];
  });
}
