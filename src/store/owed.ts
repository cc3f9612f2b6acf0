import sql from './sql/owed-elsewhere.sql';
import type { Run } from './writes.ts';

/** What some units still owe in a campaign (id): open problems, and open cases of negative ratings. */
export interface Owed {
  id: string;
  problems: number;
  cases: number;
}

/** Campaigns in which these units (ids) owe nothing are left out. */
export async function owedIn(
  run: Run,
  units: readonly string[],
  campaigns: readonly string[],
): Promise<Owed[]> {
  return units.length === 0 || campaigns.length === 0 ? [] : run<Owed>(sql, [units, campaigns]);
}
