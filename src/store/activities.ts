import type { Guarded } from '../campaign/visibility.ts';
import type { Transaction } from './database.ts';

/** An activity, as far as it says who may know of it. */
export interface GuardedActivity extends Guarded {
  id: string;
}

const select = { id: true, campaignId: true, hidden: true, coordinatorUnitId: true } as const;

/** The hidden activities of a campaign: secret, and not released. There are few, if any. */
export function hiddenActivities(transaction: Transaction, campaignId: string): Promise<GuardedActivity[]> {
  return transaction.activity.findMany({
    where: { campaignId, hidden: true },
    select,
    orderBy: { code: 'asc' },
  });
}
