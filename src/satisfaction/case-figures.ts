/** What the indicators are reckoned from: cases without those that are not counted (不计入), changed or taken back. */
export interface CaseCounts {
  cases: number;
  open: number;
  /** Raters who left a contact or can answer by receipt, of cases that came as far as the call-back; those who answered. */
  toCall: number;
  called: number;
  /** Closed, or past a last day; closed with no stage past its own. */
  toClose: number;
  inTime: number;
  /** Of units and matters that are known; such that the same unit had for the same matter within the 90 days before. */
  told: number;
  repeated: number;
}

/**
 * A share of n cases. Where it rests on one to four cases on either side, no count is told (DOMAIN 2.9): `most` is more than
 * `percent`, `few` less; where all are fewer than five nothing is (`none` where there are none).
 */
export type CaseFigure =
  | { kind: 'exact'; n: number; count: number; percent: number }
  | { kind: 'most' | 'few'; n: number; percent: number }
  | { kind: 'hidden' | 'none' };

/** 回访率, 按时办结率, 重复差评. `cases` and `open`: null where they are fewer than five, but not none. */
export interface CaseFigures {
  cases: number | null;
  open: number | null;
  called: CaseFigure;
  inTime: CaseFigure;
  repeated: CaseFigure;
}

export function caseFigures(counts: CaseCounts): CaseFigures {
  const { cases, open, toCall, called, toClose, inTime, told, repeated } = counts;
  return {
    cases: isShown(cases) ? cases : null,
    // With the total, the open ones tell the closed ones.
    open: isShown(cases) && isShown(open) && isShown(cases - open) ? open : null,
    called: figure(called, toCall),
    inTime: figure(inTime, toClose),
    repeated: figure(repeated, told),
  };
}

/** Fewer than these are not told of. */
const few = 5;

function isShown(count: number): boolean {
  return count === 0 || count >= few;
}

function figure(count: number, n: number): CaseFigure {
  if (n === 0) return { kind: 'none' };
  if (!isShown(n)) return { kind: 'hidden' };
  if (isShown(count) && isShown(n - count)) return { kind: 'exact', n, count, percent: percentOf(count, n) };
  // One to four of five to nine are hidden from both sides.
  if (n < 2 * few) return { kind: 'hidden' };
  return isShown(count)
    ? { kind: 'most', n, percent: Math.floor((100 * (n - few)) / n) }
    : { kind: 'few', n, percent: Math.ceil((100 * few) / n) };
}

/** To one decimal; never 100 when one is missing, never 0 when there is one. */
function percentOf(count: number, n: number): number {
  const rounded = Math.round((1000 * count) / n) / 10;
  if (rounded === 100 && count < n) return 99.9;
  return rounded === 0 && count > 0 ? 0.1 : rounded;
}
