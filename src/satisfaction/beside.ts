import { addCounts, bothTold, isShown, type Told, toldAlone, toldParts } from './small-cells.ts';
import type { LevelCounts } from './summary.ts';

/** Ratings of a part of a page: of one of the units on it, or null for what is of no unit of the campaign. */
export interface PartCounts {
  part: string | null;
  counts: LevelCounts;
}

/** The same by one more trait, as a week or a source. */
export interface CellCounts extends PartCounts {
  cell: string;
}

/** One page that the reader may see and that what they ask about stands on, from the highest to the one directly above it. */
export interface PageAbove {
  parts: readonly PartCounts[];
  /** The part that the way goes through. */
  through: string;
  /** That is the unit above all others: all of this page but what is of no unit. */
  isAllUnits: boolean;
  /** All of it by what a page tells one by one. */
  cells: Record<Breakdown, readonly CellCounts[]>;
}

export const breakdowns = ['trend', 'sources', 'marks', 'struck'] as const;
export type Breakdown = (typeof breakdowns)[number];

/** What may be told of a unit to somebody who sees those beside it, too. */
export interface ToldBeside {
  told: Told;
  /** Whether by week, by source and so on. */
  open: Record<Breakdown, boolean>;
  /** The mean. */
  score: boolean;
}

/**
 * A unit asked for alone is told as in the lists of all that stand above it, and no more: a total minus all others would give
 * away what those lists hide. Of its weeks or sources the same reader could subtract those of all others from those of the
 * whole, in two directions at once: they are told where no cell of any such table is small, so that no difference can be.
 */
export function toldBeside(above: readonly PageAbove[]): ToldBeside | null {
  let told: Told | null = null;
  for (const page of above) told = toldOn(page, told);
  if (told === null) return null;
  const opens = (one: Breakdown) => above.every(({ cells }) => isWhollyShown(cells[one]));
  return {
    told,
    open: {
      trend: opens('trend'),
      sources: opens('sources'),
      marks: opens('marks'),
      struck: above.every(({ cells }) => summed(cells.struck).every(({ counts }) => isShown(sizeOf(counts)))),
    },
    score: above.every(({ parts }) => parts.every(({ counts }) => counts.every(isShown))),
  };
}

function toldOn({ parts, through, isAllUnits }: PageAbove, within: Told | null): Told {
  const counts = parts.map((one) => one.counts);
  const told = toldParts(counts, within ?? undefined);
  const of = (part: string | null) => {
    const at = parts.findIndex((one) => one.part === part);
    return told[at] ?? toldAlone(nobody);
  };
  if (!isAllUnits) return of(through);
  const none = parts.find(({ part }) => part === null)?.counts ?? nobody;
  const all = addCounts(counts);
  const whole = within ?? toldAlone(all);
  // The page's total is told as well: the difference is what is of no unit.
  return none.every((count) => count === 0) ? whole : bothTold(whole, of(null), all);
}

function isWhollyShown(cells: readonly CellCounts[]): boolean {
  return summed(cells).every(({ counts }) => {
    const { satisfied, notNegative } = toldAlone(counts);
    return (satisfied && notNegative) || sizeOf(counts) === 0;
  });
}

/** Several entries for one cell are added up. */
function summed(cells: readonly CellCounts[]): { counts: LevelCounts }[] {
  const groups = new Map<string, LevelCounts[]>();
  for (const { part, cell, counts } of cells) {
    const key = `${part} ${cell}`;
    groups.set(key, [...(groups.get(key) ?? []), counts]);
  }
  return [...groups.values()].map((some) => ({ counts: addCounts(some) }));
}

function sizeOf(counts: LevelCounts): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

const nobody: LevelCounts = [0, 0, 0, 0, 0];
