import type { Param } from '../../flow/say.ts';
import { indexUnits, type Unit, unitsLike } from '../unit.ts';
import type { Draft } from './draft.ts';
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
    ...draft.activities.flatMap((activity, index) => {
      const path = ['activities', index];
      if (!activity) return [];
      const coordinator = units.missing(activity.coordinator, [...path, 'coordinator']);
      return activity.mode === 'cross' && isClear
        ? [...coordinator, ...matrixProblems(activity, path, units)]
        : coordinator;
    }),
  ];
}

function draftUnits(list: readonly DraftUnit[]): DraftUnits {
  const find = indexUnits(list);
  const names = new Map(list.map(({ id, name }) => [id, name]));
  return {
    idOf: (words) => (words === undefined ? undefined : find(words)?.id),
    nameOf: (id) => names.get(id) ?? id,
    missing: (words, path) =>
      words === undefined || words === '' || find(words)
        ? []
        : [unknownName(path, 'fault.unknown-unit', words, () => unitsLike(list, words).filter(Boolean))],
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
