import type { RectificationState, Task } from '../campaign/rectification/record.ts';
import type { Text } from '../flow/text.ts';
import type { Reading } from './exports.ts';
import rowsSql from './sql/export-ledger.sql';
import countSql from './sql/export-ledger-count.sql';

/** Whose ledger: a campaign's, or some of its units' (ids). `all`: with what only coordinators may see. */
export interface LedgerPart {
  campaignId: string;
  units: string[] | null;
  all: boolean;
}

/** A problem as it is handed in. `dueOn` is null while it is not the unit's turn, what was ordered while nothing was. */
export interface LedgerRow {
  number: number;
  problem: Text;
  unit: Text | null;
  status: 'open' | 'closed';
  source: 'inspection' | 'selfcheck';
  stage: RectificationState | null;
  dueOn: string | null;
  /** Where a claimed matter was accompanied, while no unit is known for that. */
  place: string | null;
  /** The window or place that the checklist asked for. */
  askedPlace: string | null;
  /** What was answered where it was found; `readFoundIn` reads it. */
  answers: unknown;
  /** What the activity is called that found it. */
  activity: Text | null;
  task: Task | null;
  requirement: string | null;
  owner: string | null;
  measure: string | null;
  steps: string | null;
  /** The day that more time is asked for. */
  until: string | null;
  /** Photos and files that show it, and its putting-right. */
  proofs: number;
  closedAt: Date | null;
}

export function ledgerRows({ rows }: Reading, part: LedgerPart): AsyncGenerator<LedgerRow[]> {
  return rows<LedgerRow>(rowsSql, [part.campaignId, part.units, part.all]);
}

export async function countLedgerRows({ run }: Reading, part: LedgerPart): Promise<number> {
  const [row] = await run<{ count: number }>(countSql, [part.campaignId, part.units, part.all]);
  return row?.count ?? 0;
}
