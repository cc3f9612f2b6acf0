import type { Param, SentenceKey } from '../flow/say.ts';
import type { Snapshot } from '../store/snapshots.ts';

/** What the rows of a kept file are: of 台账 problems, of a report its records; the others are tables of rows, of 评价 of no single rating. */
const units: Readonly<Record<string, SentenceKey>> = {
  ledger: 'exports:rows.ledger',
  answers: 'exports:rows.tables',
  ratings: 'exports:rows.ratings',
  report: 'exports:rows.report',
};

/** How much is in a file, in words. */
export function rowsTold({ kind, rows: n }: Pick<Snapshot, 'kind' | 'rows'>): Param {
  return { key: units[kind] ?? 'exports:rows.table', params: { n } };
}
