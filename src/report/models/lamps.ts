import type { Calendar } from '../../campaign/calendar.ts';
import { type Lamp, lampOf } from '../../campaign/rectification/lamp.ts';
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

export interface LampBoard {
  /** Open problems and units under each lamp, the most urgent first. */
  lamps: { lamp: Lamp; problems: number; units: number }[];
  /** Open problems in which it is not the unit's turn. */
  waiting: number;
  open: number;
  /** In the order of the register. */
  cells: Cell[];
  /** Units beyond the last cell, counted above all the same. */
  left: number;
}

/** Cells of one board: what a phone can be scrolled through. */
export const cellsMax = 60;

/** Every unit that is inspected, and every other that has a problem. */
export async function readLamps(run: Run, scope: OverviewScope, light: Light): Promise<LampBoard> {
  const problems = await countProblems(run, scope);
  const inspected = await inspectedUnits(run, scope);
  const ids = [...inspected, ...problems.flatMap(({ unitId }) => unitId ?? [])];
  return lampBoard(problems, inspected, await unitsInOrder(run, scope.campaignId, [...new Set(ids)]), light);
}

/** Pure: problems of a window count for the hall or unit above it that is inspected. */
export function lampBoard(
  problems: readonly ProblemCount[],
  inspected: readonly string[],
  units: readonly Place[],
  light: Light,
): LampBoard {
  const boarded = new Set(inspected);
  const parents = new Map(units.map(({ id, parent }) => [id, parent]));
  const standsFor = (id: string) =>
    boarded.has(id) ? id : (wayUp(id, parents).find((above) => boarded.has(above)) ?? id);
  const own = [
    ...new Set([
      ...inspected,
      ...problems.flatMap(({ unitId }) => (unitId === null ? [] : standsFor(unitId))),
    ]),
  ];
  const rows = rolledUp(own, units, cellsMax);
  const rowOf = (id: string) => rows.get(standsFor(id)) ?? id;
  const byRow = new Map<string | null, ProblemCount[]>(own.map((id) => [rowOf(id), []]));
  for (const problem of problems) {
    const row = problem.unitId === null ? null : rowOf(problem.unitId);
    byRow.set(row, [...(byRow.get(row) ?? []), problem]);
  }
  const named = units.flatMap(({ id, name }) =>
    byRow.has(id) ? [cellOf(id, name, byRow.get(id) ?? [], light)] : [],
  );
  const nowhere = byRow.get(null);
  const cells = nowhere === undefined ? named : [...named, cellOf(null, null, nowhere, light)];
  const counted = countByLamp(problems, light);
  return {
    lamps: [...light.lamps].reverse().map((lamp) => ({
      lamp,
      problems: counted.get(lamp) ?? 0,
      units: cells.filter((cell) => cell.lamp === lamp).length,
    })),
    waiting: sum(problems.filter(({ dueOn }) => dueOn === null)),
    open: sum(problems),
    cells: cells.slice(0, cellsMax),
    left: Math.max(0, cells.length - cellsMax),
  };
}

function cellOf(id: string | null, name: Text | null, problems: readonly ProblemCount[], light: Light): Cell {
  const counted = countByLamp(problems, light);
  const lamp = light.lamps.findLast((one) => counted.has(one)) ?? null;
  return { id, name, lamp, lit: lamp === null ? 0 : (counted.get(lamp) ?? 0), open: sum(problems) };
}

function countByLamp(
  problems: readonly ProblemCount[],
  { lamps, today, calendar }: Light,
): Map<Lamp, number> {
  const counted = new Map<Lamp, number>();
  const lit = new Map<string, Lamp>();
  for (const { dueOn, count } of problems) {
    if (dueOn === null) continue;
    const lamp = lit.get(dueOn) ?? lampOf(lamps, dueOn, today, calendar);
    lit.set(dueOn, lamp);
    counted.set(lamp, (counted.get(lamp) ?? 0) + count);
  }
  return counted;
}

function sum(problems: readonly ProblemCount[]): number {
  return problems.reduce((all, { count }) => all + count, 0);
}
