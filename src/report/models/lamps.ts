import type { Calendar } from '../../campaign/calendar.ts';
import { type Lamp, lampBounds } from '../../campaign/rectification/lamp.ts';
import type { Text } from '../../flow/text.ts';
import {
  countProblems,
  inspectedUnits,
  type OverviewScope,
  type ProblemCount,
  unitsInOrder,
} from '../../store/overview.ts';
import type { Run } from '../../store/writes.ts';
import { type Place, rolledUp, wayUp } from './roll-up.ts';

/** By what a board is lit. `today` is YYYY-MM-DD in the campaign's zone. */
export interface Light {
  lamps: readonly Lamp[];
  today: string;
  calendar: Calendar;
}

/**
 * One unit: the most urgent lamp of its open problems and how many are under it, of how many open ones. Without a lamp they wait
 * for somebody else than the unit, or there are none. `id` and `name` are null for problems of no known unit.
 */
export interface Cell {
  id: string | null;
  name: Text | null;
  lamp: Lamp | null;
  lit: number;
  open: number;
}

/** Open problems by lamp, the most urgent first; `waiting`: those in which it is not the unit's turn. */
export interface LampTotals {
  lamps: { lamp: Lamp; problems: number }[];
  waiting: number;
  open: number;
}

export interface LampBoard extends LampTotals {
  /** In the order of the register. */
  cells: Cell[];
  /** Units beyond the last cell, counted above all the same. */
  left: number;
}

/** Cells of one board: what a phone can be scrolled through. */
export const cellsMax = 60;

/** Every unit that is inspected, and every other that has a problem. */
export async function readLamps(run: Run, scope: OverviewScope, light: Light): Promise<LampBoard> {
  const problems = await readProblems(run, scope, light);
  const inspected = await inspectedUnits(run, scope);
  const ids = [...inspected, ...problems.flatMap(({ unitId }) => unitId ?? [])];
  const units = await unitsInOrder(run, scope.campaignId, [...new Set(ids)]);
  return lampBoard(problems, inspected, units, light.lamps);
}

/** Of all units together. */
export async function readLampTotals(run: Run, scope: OverviewScope, light: Light): Promise<LampTotals> {
  return lampTotals(await readProblems(run, scope, light), light.lamps);
}

function readProblems(
  run: Run,
  scope: OverviewScope,
  { lamps, today, calendar }: Light,
): Promise<ProblemCount[]> {
  // The first lamp is lit by everything that has a day.
  const days = lampBounds(lamps, today, calendar).slice(1);
  return countProblems(
    run,
    scope,
    days.map((day) => day ?? ''),
  );
}

/** Pure: problems of a window count for the hall or unit above it that is inspected. `dueBy` goes by all lamps but the first. */
export function lampBoard(
  problems: readonly ProblemCount[],
  inspected: readonly string[],
  units: readonly Place[],
  lamps: readonly Lamp[],
): LampBoard {
  const boarded = new Set(inspected);
  const parents = new Map(units.map(({ id, parent }) => [id, parent]));
  const standsFor = (id: string) =>
    boarded.has(id) ? id : (wayUp(id, parents).find((above) => boarded.has(above)) ?? id);
  const withProblems = problems.flatMap(({ unitId }) => (unitId === null ? [] : standsFor(unitId)));
  const own = [...new Set([...inspected, ...withProblems])];
  const rows = rolledUp(own, units, cellsMax);
  const rowOf = (id: string) => rows.get(standsFor(id)) ?? id;
  const byRow = new Map<string | null, ProblemCount[]>(own.map((id) => [rowOf(id), []]));
  for (const problem of problems) {
    const row = problem.unitId === null ? null : rowOf(problem.unitId);
    const known = byRow.get(row);
    if (known === undefined) byRow.set(row, [problem]);
    else known.push(problem);
  }
  const named = units.flatMap(({ id, name }) => {
    const found = byRow.get(id);
    return found === undefined ? [] : [cellOf(id, name, found, lamps)];
  });
  const nowhere = byRow.get(null);
  const cells = nowhere === undefined ? named : [...named, cellOf(null, null, nowhere, lamps)];
  return {
    ...lampTotals(problems, lamps),
    cells: cells.slice(0, cellsMax),
    left: Math.max(0, cells.length - cellsMax),
  };
}

function cellOf(
  id: string | null,
  name: Text | null,
  problems: readonly ProblemCount[],
  all: readonly Lamp[],
): Cell {
  const { lamps, open } = lampTotals(problems, all);
  const urgent = lamps.find((one) => one.problems > 0);
  return { id, name, lamp: urgent?.lamp ?? null, lit: urgent?.problems ?? 0, open };
}

function lampTotals(problems: readonly ProblemCount[], lamps: readonly Lamp[]): LampTotals {
  const sum = (of: (problem: ProblemCount) => number) =>
    problems.reduce((all, problem) => all + of(problem), 0);
  const open = sum((one) => one.open);
  const waiting = sum((one) => one.waiting);
  /** Due by the bound of a lamp or of a more urgent one. */
  const dueBy = lamps.map((_, index) =>
    index === 0 ? open - waiting : sum((one) => one.dueBy[index - 1] ?? 0),
  );
  const lit = lamps.map((lamp, index) => ({ lamp, problems: (dueBy[index] ?? 0) - (dueBy[index + 1] ?? 0) }));
  return { lamps: lit.reverse(), waiting, open };
}
