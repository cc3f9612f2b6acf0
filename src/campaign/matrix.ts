import { z } from 'zod';

/** One row of a cross-inspection table: who inspects whom, by unit. */
export const Pair = z.strictObject({ inspector: z.string().min(1), inspected: z.string().min(1) });
export type Pair = z.infer<typeof Pair>;

/** What is wrong or worth a warning in a matrix; rows by index, units by id. */
export interface MatrixCheck {
  /** Rows in which a unit inspects itself. */
  self: number[];
  /** Rows whose inspector, or inspected unit, stands in an earlier row already. */
  inspectsTwice: number[];
  inspectedTwice: number[];
  /** Units that take part but inspect nobody, or are inspected by nobody. */
  neverInspects: string[];
  neverInspected: string[];
  /** Two units that inspect one another: allowed, but they may spare each other (JX-3.5). */
  mutual: [string, string][];
  /** Lengths of the cycles, longest first (JX-3.4 is 4+2+2); null when the rows are no permutation. */
  cycles: number[] | null;
}

/**
 * Looks a cross-inspection matrix over: it must be a permutation of the participants without a fixed point, each unit
 * inspecting exactly one other and inspected by exactly one other (JX-3.5). Without `participants`, they are all units
 * in the rows.
 */
export function checkMatrix(pairs: readonly Pair[], participants?: readonly string[]): MatrixCheck {
  const next = new Map(pairs.map(({ inspector, inspected }) => [inspector, inspected]));
  const inspected = new Set(pairs.map((pair) => pair.inspected));
  const all = [...new Set([...(participants ?? []), ...next.keys(), ...inspected])];
  const rows = (wrong: (pair: Pair, index: number) => boolean) =>
    pairs.flatMap((pair, index) => (wrong(pair, index) ? [index] : []));
  const check = {
    self: rows((pair) => pair.inspector === pair.inspected),
    inspectsTwice: rows((pair, index) => isRepeated(pairs, index, pair.inspector, 'inspector')),
    inspectedTwice: rows((pair, index) => isRepeated(pairs, index, pair.inspected, 'inspected')),
    neverInspects: all.filter((unit) => !next.has(unit)),
    neverInspected: all.filter((unit) => !inspected.has(unit)),
  };
  const isPermutation = Object.entries(check).every(([name, found]) => name === 'self' || found.length === 0);
  return { ...check, mutual: mutualOf(next), cycles: isPermutation ? cyclesOf(next) : null };
}

function isRepeated(pairs: readonly Pair[], index: number, unit: string, side: keyof Pair): boolean {
  return pairs.findIndex((pair) => pair[side] === unit) < index;
}

function mutualOf(next: Map<string, string>): [string, string][] {
  return [...next].filter(([a, b]) => next.get(b) === a && isFirst(next, a, b));
}

/** Whether `a` stands in an earlier row than `b`, so that a mutual pair is told once. */
function isFirst(next: Map<string, string>, a: string, b: string): boolean {
  const order = [...next.keys()];
  return order.indexOf(a) < order.indexOf(b);
}

function cyclesOf(next: Map<string, string>): number[] {
  const seen = new Set<string>();
  const lengths = [...next.keys()].map((start) => {
    let length = 0;
    for (let unit: string | undefined = start; unit !== undefined && !seen.has(unit); unit = next.get(unit)) {
      seen.add(unit);
      length += 1;
    }
    return length;
  });
  return lengths.filter((length) => length > 0).sort((a, b) => b - a);
}
