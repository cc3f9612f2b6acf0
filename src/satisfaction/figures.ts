import { reachable } from './reachable.ts';
import { isShown, type Told, toldAlone, toldParts } from './small-cells.ts';
import { type LevelCounts, type SatisfactionSummary, type Share, shareOf, summarise } from './summary.ts';

/** Points of the five levels, the best first: a setting of the campaign (DOMAIN 2.9). */
export type Scores = readonly [number, number, number, number, number];

/**
 * What is printed of a group. `none`: nobody rated, which is not zero percent. `few`: one to four people. `withheld`: five or
 * more, who would give away a smaller group beside them.
 */
export type Figures = { kind: 'none' } | { kind: 'few' } | { kind: 'withheld' } | ToldFigures;

export interface ToldFigures extends SatisfactionSummary {
  kind: 'told';
  /** Mean score, to one decimal; null without a score map, and where one to four chose a level: they would show in it. */
  score: number | null;
}

/** Of a group that stands alone. @param told what may be told of it where others stand beside it */
export function figuresOf(
  counts: LevelCounts,
  scores: Scores | null,
  told: Told = toldAlone(counts),
): Figures {
  return figures(counts, told, scores);
}

/** Of the parts of one group, of which all is told that can be, or that is told `within` it: see {@link toldParts}. In the order given. */
export function partFigures(parts: readonly LevelCounts[], scores: Scores | null, within?: Told): Figures[] {
  const told = toldParts(parts, within);
  return parts.map((counts, index) =>
    figures(counts, told[index] ?? { size: false, satisfied: false, notNegative: false }, scores),
  );
}

function figures(counts: LevelCounts, told: Told, scores: Scores | null): Figures {
  const summary = summarise(counts, told);
  if (summary.n === 0) return { kind: 'none' };
  if (!told.size) return { kind: isShown(summary.n) ? 'withheld' : 'few' };
  for (const share of [summary.satisfied, summary.notNegative]) assertReachable(share, summary.n);
  const tellsBoth = summary.satisfied !== null && summary.notNegative !== null;
  // Both shares and the mean of 26 fives and a four leave no doubt about the four.
  const tellsMean = tellsBoth && counts.every(isShown);
  return { kind: 'told', ...summary, score: tellsMean && scores !== null ? mean(counts, scores) : null };
}

/** A share of all who were asked or came: how many gave a rating. Null where it is not known. */
export function responseOf(rated: number, asked: number): Share | null {
  // More ratings than openings of a page: it was not counted from the beginning.
  return asked === 0 || rated > asked ? null : shareOf(rated, asked);
}

/** Whether a share reaches what is aimed at, the aim included (民法典 art. 1259), by the counts and not by what is printed. */
export function meets({ count }: Share, n: number, aim: number): boolean {
  return 100 * count >= aim * n;
}

function mean(counts: LevelCounts, scores: Scores): number {
  const n = counts.reduce((sum, count) => sum + count, 0);
  const points = counts.reduce((sum, count, index) => sum + count * (scores[4 - index] ?? 0), 0);
  return Math.round((10 * points) / n) / 10;
}

function assertReachable(share: Share | null, n: number): void {
  if (share !== null && !reachable(share.percent, 1, n))
    throw new Error(`${share.percent} % is no share of ${n}`);
}
