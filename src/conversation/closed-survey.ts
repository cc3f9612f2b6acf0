import { dateOf } from '../campaign/instant.ts';
import type { SurveyRow } from '../store/surveys.ts';

/** Why nothing more is taken by this code; null while something is. */
export function closedFor(row: SurveyRow | undefined, now: Date, zone: string): ClosedReason | null {
  if (row === undefined || row.flowId === null) return 'unknown';
  if (row.status === 'draft') return 'not-begun';
  if (row.status === 'closed' || row.isClosed) return 'closed';
  if (row.expiresOn !== null && row.expiresOn < dateOf(now.toISOString(), zone)) return 'expired';
  return row.used ? 'used' : null;
}

/** Why a code takes no ratings. */
export type ClosedReason = 'unknown' | 'not-begun' | 'closed' | 'expired' | 'used';
