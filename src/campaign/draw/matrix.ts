import type { Pair } from '../matrix.ts';
import type { Frame } from './frame.ts';
import { recusalOf } from './recusal.ts';
import { type Refused, refused } from './refused.ts';
import type { DrawStream } from './stream.ts';
import { countTables, eachTable, leftOver, type May, mayFollow, type TableLaws } from './tables.ts';

/** Numbers that a draw takes from the stream before it gives up; a table of 500 units takes about 1,000. */
const numbersMax = 1_000_000;
/** The same where all tables can be counted instead. */
const numbersOfSmall = 50_000;
/** Units of a table whose possibilities are few enough to be listed. */
const listedMax = 9;

/** A table needs two units; more than this takes no part in one (as in a campaign file). */
const unitsMax = 500;

/**
 * Draws who inspects whom, all tables that keep the laws equally likely. Row by row in the order of the frame, a unit is
 * drawn for each from those not yet inspected; as soon as one breaks a law, all begins anew with the next numbers (for a
 * single circle the rows are the circle, from the first unit on). Where that takes too long with up to nine units, the
 * tables that keep the laws are listed in lexicographic order, and one more number takes one of them.
 */
export function drawMatrix(
  stream: DrawStream,
  laws: TableLaws,
  { members, inspectors }: Frame,
): { kind: 'drawn'; pairs: Pair[] } | Refused {
  const size = members.length;
  if (size < 2) return refused('refused.few', { size });
  if (size > unitsMax) return refused('refused.many-units', { size, max: unitsMax });
  const may = inspectors.map((one, row) =>
    members.map((other, place) => row !== place && recusalOf(one, other) === null),
  );
  const stuck = leftOver(may);
  if (stuck !== null) return refused('refused.stuck', { unit: inspectors[stuck]?.name ?? '' });
  const isListed = size <= listedMax;
  const count = isListed ? countTables(may, laws) : 1;
  if (count === 0) return refused('refused.no-table');
  const next =
    shuffled(stream, may, laws, isListed ? numbersOfSmall : numbersMax) ??
    (isListed ? listed(may, laws, stream.below(count)) : null);
  if (next === null) return refused('refused.rare');
  return {
    kind: 'drawn',
    pairs: next.map((other, row) => ({
      inspector: inspectors[row]?.id ?? '',
      inspected: members[other]?.id ?? '',
    })),
  };
}

/** @returns whom each inspects; null when the numbers it may take are used up */
function shuffled(stream: DrawStream, may: May, laws: TableLaws, most: number): number[] | null {
  const tryOnce = laws.oneCycle ? tryCircle : tryRows;
  for (let taken = 0; taken < most; ) {
    const { next, numbers } = tryOnce(stream, may, laws);
    if (next !== null) return next;
    taken += numbers;
  }
  return null;
}

interface Try {
  next: number[] | null;
  /** How many numbers it took. */
  numbers: number;
}

function tryRows(stream: DrawStream, may: May, laws: TableLaws): Try {
  const left = may.map((_, place) => place);
  const next: number[] = [];
  for (let row = 0; row < may.length; row += 1) {
    const [other = -1] = left.splice(stream.below(left.length), 1);
    if (!mayFollow(may, laws, next, row, other)) return { next: null, numbers: row + 1 };
    next.push(other);
  }
  return { next, numbers: may.length };
}

/** A circle of two is a mutual pair. */
function tryCircle(stream: DrawStream, may: May, { mutual }: TableLaws): Try {
  const left = may.map((_, place) => place).slice(1);
  const next = may.map(() => 0);
  let last = 0;
  for (let numbers = 1; left.length > 0; numbers += 1) {
    const [other = -1] = left.splice(stream.below(left.length), 1);
    if (may[last]?.[other] !== true) return { next: null, numbers };
    next[last] = other;
    last = other;
  }
  const closes = may[last]?.[0] === true && (mutual || may.length > 2);
  return { next: closes ? next : null, numbers: may.length };
}

function listed(may: May, laws: TableLaws, wanted: number): number[] | null {
  let found: number[] | null = null;
  let place = 0;
  eachTable(may, laws, (next) => {
    if (place === wanted) found = [...next];
    place += 1;
    return found === null;
  });
  return found;
}
