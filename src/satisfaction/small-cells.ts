import type { LevelCounts } from './summary.ts';

/** Groups of fewer people are not shown (DOMAIN 2.9); nobody at all is. */
export const shownFrom = 5;

/** What may be told of a group: how many they are, and on which side of each of the two lines how many stand. */
export interface Told {
  size: boolean;
  satisfied: boolean;
  notNegative: boolean;
}

/** A group of people by the two lines that are drawn through the levels. */
interface Cut {
  size: number;
  satisfied: number;
  notNegative: number;
}

const lines = ['notNegative', 'satisfied'] as const;

/** What may be told of a group that stands alone: nobody of one to four people is told anything about (DOMAIN 2.9). */
export function toldAlone(counts: LevelCounts): Told {
  const { size, satisfied, notNegative } = cutOf(counts);
  if (size === 0 || !isShown(size)) return { size: size === 0, satisfied: false, notNegative: false };
  const tellsNegative = isShown(notNegative) && isShown(size - notNegative);
  // With both lines the fairly satisfied can be reckoned: where they are few, the reading of 国办发〔2019〕51号 is told alone.
  const tellsSatisfied =
    isShown(satisfied) && isShown(size - satisfied) && (!tellsNegative || isShown(notNegative - satisfied));
  return { size: true, satisfied: tellsSatisfied, notNegative: tellsNegative };
}

/**
 * What may be told of each part of a group beside the group itself, which is told as it is alone. Where a total minus the parts
 * shown would leave one to four people on a side, the smallest part that is shown gives way, until it does not (complementary
 * suppression; Hundepool et al., Statistical Disclosure Control, 2012, ch. 4); likewise where the parts would add up to what is
 * not told of the whole.
 * @param parts nobody in two of them, everybody in one
 * @param within what is told of the whole where that is itself a part of something: of its own parts no more is told, else
 * they would tell on which side the whole's neighbours stand
 */
export function toldParts(parts: readonly LevelCounts[], within?: Told): Told[] {
  const cuts = parts.map(cutOf);
  const all = sum(cuts);
  const whole = within ?? toldAlone(addCounts(parts));
  const told = parts.map((counts) =>
    within === undefined ? toldAlone(counts) : bothTold(toldAlone(counts), within, counts),
  );
  for (;;) {
    const fault = faultIn(all, whole, cuts, told);
    if (fault === null) return told;
    const [smallest] = fault.of.sort((one, other) => (cuts[one]?.size ?? 0) - (cuts[other]?.size ?? 0));
    if (smallest === undefined) throw new Error('a whole that gives itself away');
    const part = told[smallest];
    if (part === undefined) throw new Error(`no part ${smallest}`);
    if (fault.line === 'size') Object.assign(part, { size: false, satisfied: false, notNegative: false });
    else part[fault.line] = false;
  }
}

/** What two say that may be told of a group. Nobody at all is always told. */
export function bothTold(one: Told, other: Told, counts: LevelCounts): Told {
  const size = (one.size && other.size) || counts.every((count) => count === 0);
  return {
    size,
    satisfied: size && one.satisfied && other.satisfied,
    notNegative: size && one.notNegative && other.notNegative,
  };
}

/** What can still be reckoned that must not be, and the parts of which one must give way. */
function faultIn(
  all: Cut,
  whole: Told,
  cuts: Cut[],
  told: Told[],
): { line: keyof Told; of: number[] } | null {
  const which = (is: (part: Told) => boolean) =>
    told.flatMap((part, index) => ((cuts[index]?.size ?? 0) > 0 && is(part) ? [index] : []));
  const rest = (shown: number[]) => sum(cuts.filter((_, index) => !shown.includes(index)));
  const sized = which(({ size }) => size);
  if (whole.size && !isShown(rest(sized).size)) return { line: 'size', of: sized };
  for (const line of lines) {
    const of = which((part) => part[line]);
    const left = rest(of);
    const bares = whole[line] && !(isShown(left[line]) && isShown(left.size - left[line]));
    const addsUp = !whole[line] && all.size > 0 && left.size === 0;
    if (bares || addsUp) return { line, of };
  }
  if (barelyBetween(whole, cuts, told)) return { line: 'satisfied', of: which(({ satisfied }) => satisfied) };
  return null;
}

/**
 * Whether one to four are between the lines in a group of which both sides can be reckoned. Such groups, beside the parts of
 * which both lines are told: all that is left of the whole at a line that is told of it, unless the other line is not known
 * there; with a part in common both are one group.
 */
function barelyBetween(whole: Told, cuts: Cut[], told: Told[]): boolean {
  const left = lines.map((line) =>
    cuts.filter(({ size }, index) => size > 0 && told[index]?.[line] === false),
  );
  const [one = [], other = []] = left;
  const isOne = one.some((cut) => other.includes(cut));
  const known = left.filter((_, index) => whole[lines[index] ?? 'size']);
  if (isOne && known.length < 2) return false;
  const groups = isOne ? [[...new Set([...one, ...other])]] : known;
  return groups.map(sum).some(({ satisfied, notNegative }) => !isShown(notNegative - satisfied));
}

/** Whether it may be told that so many people stand on one side. */
export function isShown(people: number): boolean {
  return people === 0 || people >= shownFrom;
}

function cutOf([one, two, three, four, five]: LevelCounts): Cut {
  const satisfied = four + five;
  return { size: one + two + three + satisfied, satisfied, notNegative: three + satisfied };
}

function sum(cuts: Cut[]): Cut {
  const total = { size: 0, satisfied: 0, notNegative: 0 };
  for (const { size, satisfied, notNegative } of cuts) {
    total.size += size;
    total.satisfied += satisfied;
    total.notNegative += notNegative;
  }
  return total;
}

/** All of some groups together. */
export function addCounts(groups: readonly LevelCounts[]): LevelCounts {
  const total: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  for (const group of groups)
    for (const [level, count] of group.entries()) total[level] = (total[level] ?? 0) + count;
  return total;
}
