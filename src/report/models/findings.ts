import type { Text } from '../../flow/text.ts';
import { countKinds, type KindCount, type OverviewScope } from '../../store/overview.ts';
import type { Run } from '../../store/writes.ts';

/** Problems by kind, the most frequent first; `rest`: all rarer kinds together, `plain`: told in a person's own words. */
export interface FindingKinds {
  open: number;
  closed: number;
  /** `kind` is null for both. */
  rows: { kind: Text | null; is: 'kind' | 'rest' | 'plain'; open: number; closed: number }[];
}

/** Kinds that stand for themselves; what is rarer is added up. */
export const kindsMax = 12;

export async function readFindings(run: Run, scope: OverviewScope): Promise<FindingKinds> {
  return findingKinds(await countKinds(run, scope));
}

/** Pure. Kinds are ordered by how often they were found: they are no units. */
export function findingKinds(counts: readonly KindCount[]): FindingKinds {
  const kinds = counts
    .flatMap(({ kind, ...count }) => (kind === null ? [] : [{ kind, ...count }]))
    .sort((one, other) => sizeOf(other) - sizeOf(one) || keyOf(one.kind).localeCompare(keyOf(other.kind)));
  const rest = total(kinds.slice(kindsMax));
  const plain = total(counts.filter(({ kind }) => kind === null));
  return {
    ...total(counts),
    rows: [
      ...kinds.slice(0, kindsMax).map((row) => ({ ...row, is: 'kind' as const })),
      ...(sizeOf(rest) === 0 ? [] : [{ kind: null, is: 'rest' as const, ...rest }]),
      ...(sizeOf(plain) === 0 ? [] : [{ kind: null, is: 'plain' as const, ...plain }]),
    ],
  };
}

type Counts = Pick<KindCount, 'open' | 'closed'>;

function sizeOf({ open, closed }: Counts): number {
  return open + closed;
}

function total(counts: readonly Counts[]): Counts {
  return {
    open: counts.reduce((sum, { open }) => sum + open, 0),
    closed: counts.reduce((sum, { closed }) => sum + closed, 0),
  };
}

function keyOf(kind: Text): string {
  return typeof kind === 'string' ? kind : kind['zh-CN'];
}
