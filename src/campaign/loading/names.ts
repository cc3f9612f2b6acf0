import { plain } from '../nearest.ts';
import { namesOf } from '../unit.ts';
import type { Draft } from './draft.ts';
import { type Path, type Problem, problem } from './problem.ts';

/** Ids and names that two things of a file share. */
export function nameProblems(draft: Draft): Problem[] {
  return [
    ...doubles(draft.units, 'units', 'id'),
    ...doubles(draft.rooms, 'rooms', 'id'),
    ...doubles(draft.activities, 'activities', 'id'),
    ...doubles(draft.flows, 'flows', 'id'),
    ...doubles(draft.people, 'people', 'console'),
    ...draft.flows.flatMap((flow, index) =>
      doubles(flow?.questions ?? [], ['flows', index, 'questions'], 'id'),
    ),
    ...draft.flows.flatMap((flow, index) =>
      (flow?.questions ?? []).flatMap((question, place) =>
        doubles(question?.options ?? [], ['flows', index, 'questions', place, 'options'], 'id'),
      ),
    ),
    ...sharedNames(draft.units),
  ];
}

function doubles<Field extends string>(
  things: readonly ({ [name in Field]?: string | undefined } | undefined)[],
  where: string | Path,
  field: Field,
): Problem[] {
  const seen = new Set<string>();
  return things.flatMap((thing, index) => {
    const id = thing?.[field];
    if (id === undefined) return [];
    const isDouble = seen.has(id);
    seen.add(id);
    const path = typeof where === 'string' ? [where] : where;
    return isDouble ? [problem([...path, index, field], 'fault.double-id', { id })] : [];
  });
}

/** A name by which two units go, so that nobody could tell which is meant. */
function sharedNames(units: Draft['units']): Problem[] {
  const owners = new Map<string, number>();
  return units.flatMap((unit, index) => {
    if (!unit) return [];
    const { id = '', name = id, aliases } = unit;
    const names = namesOf({ id, name, aliases: aliases.filter((alias) => alias !== undefined) });
    const shared = names.find(
      (one) => plain(one) !== '' && (owners.get(plain(one)) ?? index) !== index && one !== id,
    );
    for (const one of names) if (!owners.has(plain(one))) owners.set(plain(one), index);
    return shared === undefined ? [] : [problem(['units', index], 'fault.shared-name', { name: shared })];
  });
}
