import type { RectificationState, Task } from '../campaign/rectification/record.ts';
import type { Text } from '../flow/text.ts';
import type { Severity } from './ledger.ts';
import countOfCampaign from './sql/ledger-count-campaign.sql';
import countOfUnits from './sql/ledger-count-unit.sql';
import pageOfCampaign from './sql/ledger-page-campaign.sql';
import pageOfUnits from './sql/ledger-page-unit.sql';
import type { Run } from './writes.ts';

/**
 * Whose ledger: some units' (ids), or a whole campaign's. `all`: with what only coordinators may see; `secrets`: with what the hidden
 * activities (ids) found that whoever asks knows all of.
 */
export type LedgerScope = ({ units: string[] } | { campaign: string }) & {
  all: boolean;
  secrets?: readonly string[];
};

/** One entry of a page. `dueOn` is null while it is not the unit's turn, `stage` while nothing was ordered. */
export interface LedgerEntry {
  number: number;
  problem: Text;
  unit: Text | null;
  /** Where a claimed matter was accompanied, while no unit is known for that. */
  place: string | null;
  stage: RectificationState | null;
  dueOn: string | null;
  severity: Severity;
  category: string | null;
  task: Task | null;
  /** The day that more time is asked for. */
  until: string | null;
}

/** What is open of a ledger, counted by due day (YYYY-MM-DD) and stage. */
export interface LedgerCount {
  dueOn: string | null;
  stage: RectificationState | null;
  count: number;
}

export function ledgerPage(
  run: Run,
  scope: LedgerScope,
  limit: number,
  offset: number,
): Promise<LedgerEntry[]> {
  return 'units' in scope
    ? run<LedgerEntry>(pageOfUnits, [scope.units, scope.all, limit, offset, scope.secrets ?? []])
    : run<LedgerEntry>(pageOfCampaign, [scope.campaign, scope.all, limit, offset, scope.secrets ?? []]);
}

export function ledgerCounts(run: Run, scope: LedgerScope): Promise<LedgerCount[]> {
  return 'units' in scope
    ? run<LedgerCount>(countOfUnits, [scope.units, scope.all, scope.secrets ?? []])
    : run<LedgerCount>(countOfCampaign, [scope.campaign, scope.all, scope.secrets ?? []]);
}
