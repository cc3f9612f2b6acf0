import { checkMatrix } from '../matrix.ts';
import type { CampaignSentence } from '../refusal.ts';
import type { DraftActivity } from './draft.ts';
import { type Path, type Problem, problem } from './problem.ts';
import type { DraftUnits } from './units.ts';

type Side = 'inspector' | 'inspected';

/** Who inspects whom, as far as it can be read: units not there, and everything a matrix may not have. */
export function matrixProblems(activity: DraftActivity, path: Path, units: DraftUnits): Problem[] {
  const rows = activity.pairs.map((pair, index) => ({
    // A side that can't be read stands for itself, so that no other row is blamed for it.
    inspector: units.idOf(pair?.inspector) ?? `?${index}`,
    inspected: units.idOf(pair?.inspected) ?? `!${index}`,
    isRead: units.idOf(pair?.inspector) !== undefined && units.idOf(pair?.inspected) !== undefined,
  }));
  const participants = activity.participants?.flatMap((words) => units.idOf(words) ?? []);
  const check = checkMatrix(rows, participants);
  const inRow = (index: number, side: Side, sentence: CampaignSentence) =>
    problem([...path, 'pairs', index, side], sentence, { unit: units.nameOf(rows[index]?.[side] ?? '') });
  const ofUnit = (id: string, sentence: CampaignSentence) => ({
    ...problem([...path, 'pairs'], sentence, { unit: units.nameOf(id) }),
    atKey: true,
  });
  const isWhole = rows.length > 0 && rows.every(({ isRead }) => isRead);
  return [
    ...(rows.length === 0 && activity.participants === undefined ? [problem(path, 'fault.no-matrix')] : []),
    ...unknownProblems(activity, path, units),
    ...check.self.map((index) => inRow(index, 'inspected', 'fault.self-inspection')),
    ...check.inspectsTwice.map((index) => inRow(index, 'inspector', 'fault.inspects-twice')),
    ...check.inspectedTwice.map((index) => inRow(index, 'inspected', 'fault.inspected-twice')),
    ...(isWhole ? check.neverInspects.map((id) => ofUnit(id, 'fault.never-inspects')) : []),
    ...(isWhole ? check.neverInspected.map((id) => ofUnit(id, 'fault.never-inspected')) : []),
    ...rows.flatMap((row, index) =>
      (['inspector', 'inspected'] as const).flatMap((side) =>
        row.isRead && participants && !participants.includes(row[side])
          ? [inRow(index, side, 'fault.no-participant')]
          : [],
      ),
    ),
  ];
}

function unknownProblems(activity: DraftActivity, path: Path, units: DraftUnits): Problem[] {
  return [
    ...(activity.participants ?? []).flatMap((words, index) =>
      units.missing(words, [...path, 'participants', index]),
    ),
    ...activity.pairs.flatMap((pair, index) => [
      ...units.missing(pair?.inspector, [...path, 'pairs', index, 'inspector']),
      ...units.missing(pair?.inspected, [...path, 'pairs', index, 'inspected']),
    ]),
  ];
}
