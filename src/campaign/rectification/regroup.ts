import { type LedgerRefusal, refuse } from './moved.ts';
import { isOver, isTakenBack, type Rectification, type RectificationState } from './record.ts';

/** A problem that is to be merged or split, with its rectification where one was ordered. */
export interface Regrouped {
  number: number;
  unit: string | null;
  campaign: string;
  status: string;
  seenBy: 'unit' | 'coordinators';
  record: Rectification | null;
  /** The number that it was merged into, and those that it was split into. */
  mergedInto: number | null;
  parts: readonly number[];
}

/** Parts that one problem can be split into. */
export const partsMax = 10;

/** Why two problems can't become one; null when they can. What is merged goes on under the number that is kept. */
export function mergeRefusal(kept: Regrouped, gone: Regrouped): LedgerRefusal | null {
  const params = { number: kept.number, other: gone.number };
  if (kept.number === gone.number) return refuse('refused.merge-self', params);
  if (kept.campaign !== gone.campaign || kept.unit !== gone.unit)
    return refuse('refused.merge-units', params);
  const settled = settledRefusal(kept) ?? settledRefusal(gone);
  if (settled !== null) return settled;
  // Photos of the one would show the unit what only coordinators may see, or the unit's order would go on out of its sight.
  if (kept.seenBy !== gone.seenBy) {
    const hidden = kept.seenBy === 'coordinators' ? kept.number : gone.number;
    return refuse('refused.merge-sight', { ...params, hidden });
  }
  if (kept.record === null && gone.record !== null) return refuse('refused.merge-order', params);
  return pendingRefusal(kept) ?? pendingRefusal(gone);
}

/** Why a problem can't be split; null when it can. The parts take over its order as it stands. */
export function splitRefusal(whole: Regrouped, parts: readonly string[]): LedgerRefusal | null {
  const params = { number: whole.number, max: partsMax };
  if (parts.length < 2 || parts.length > partsMax) return refuse('refused.split-parts', params);
  return settledRefusal(whole) ?? pendingRefusal(whole);
}

/** Nothing is done any more with what goes on under other numbers, which are named. */
export function regroupedRefusal({
  number,
  mergedInto,
  parts,
  status,
}: Pick<Regrouped, 'number' | 'mergedInto' | 'parts' | 'status'>): LedgerRefusal | null {
  if (mergedInto !== null) return refuse('refused.merged', { number, other: mergedInto });
  return status === 'split' ? refuse('refused.split', { number, parts: { list: [...parts] } }) : null;
}

/**
 * What waits for an answer must not vanish unheard, nor may what was replied for one problem close another that nobody has
 * looked at.
 */
function pendingRefusal(one: Regrouped): LedgerRefusal | null {
  const { record, number } = one;
  if (record === null) return null;
  const isPending = (['replied', 'verified', 'disputed'] as RectificationState[]).includes(record.state);
  return isPending || record.extension !== null
    ? refuse('refused.regroup-pending', { number, state: stateOf(record) })
    : null;
}

function settledRefusal(one: Regrouped): LedgerRefusal | null {
  const gone = regroupedRefusal(one);
  if (gone !== null) return gone;
  if (one.status === 'open' && (one.record === null || !isOver(one.record))) return null;
  const isGone = isTakenBack(one.status, one.record);
  return refuse(isGone ? 'refused.withdrawn' : 'refused.settled', { number: one.number });
}

/** How far it is; with a wish for more time, that. */
function stateOf({ state, extension }: Rectification) {
  return { key: `ledger:state.${extension === null ? state : ('extension' as const)}` } as const;
}
