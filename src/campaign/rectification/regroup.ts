import { type LedgerRefusal, refuse } from './moved.ts';
import { isOver, type Rectification } from './record.ts';

/** A problem that is to be merged or split, with its rectification where one was ordered. */
export interface Regrouped {
  number: number;
  unit: string | null;
  campaign: string;
  status: string;
  record: Rectification | null;
}

/** Parts that one problem can be split into. */
export const partsMax = 10;

/** Why two problems can't become one; null when they can. What is merged goes on under the number that is kept. */
export function mergeRefusal(kept: Regrouped, gone: Regrouped): LedgerRefusal | null {
  const params = { number: kept.number, other: gone.number };
  if (kept.number === gone.number) return refuse('refused.merge-self', params);
  if (kept.campaign !== gone.campaign || kept.unit !== gone.unit)
    return refuse('refused.merge-units', params);
  for (const one of [kept, gone]) {
    const settled = settledRefusal(one);
    if (settled !== null) return settled;
  }
  // A reply that waits to be verified, or an objection, must not vanish unheard.
  const state = gone.record?.state;
  if (state === 'replied' || state === 'verified' || state === 'disputed' || gone.record?.extension)
    return refuse('refused.regroup-pending', { number: gone.number, state: stateOf(gone) });
  return null;
}

/** Why a problem can't be split; null when it can. The parts take over its order as it stands. */
export function splitRefusal(whole: Regrouped, parts: readonly string[]): LedgerRefusal | null {
  const params = { number: whole.number, max: partsMax };
  if (parts.length < 2 || parts.length > partsMax) return refuse('refused.split-parts', params);
  const settled = settledRefusal(whole);
  if (settled !== null) return settled;
  const state = whole.record?.state;
  if (state === 'replied' || state === 'verified' || state === 'disputed' || whole.record?.extension)
    return refuse('refused.regroup-pending', { number: whole.number, state: stateOf(whole) });
  return null;
}

function settledRefusal(one: Regrouped): LedgerRefusal | null {
  if (one.status === 'open' && (one.record === null || !isOver(one.record))) return null;
  return refuse('refused.settled', { number: one.number });
}

function stateOf({ record }: Regrouped) {
  return record === null
    ? ({ key: 'ledger:state.none' } as const)
    : ({ key: `ledger:state.${record.state}` } as const);
}
