import type { Flow } from '../flow/definition.ts';
import type { Text } from '../flow/text.ts';
import type { Values } from '../flow/value.ts';
import { inTransaction, runOn } from '../store/database.ts';
import { insertRatings, type ReceiptedRating, ratingOf, removeRating } from '../store/ratings.ts';
import type { Run } from '../store/writes.ts';
import { ratedIn, wordsIn } from './rated.ts';
import type { RatingsOptions } from './ratings.ts';

/** What somebody who holds a receipt sees. */
export interface LookedUp {
  campaignTitle: Text;
  unitName: Text | null;
  matter: string | null;
  flow: Flow;
  zone: string;
  values: Values;
  level: number;
  negative: boolean;
  /** YYYY-MM-DD. */
  day: string;
  /** Whether it can still be changed: withdrawn it can be at any time. */
  open: boolean;
}

/** What can be done by a receipt and by nothing else. */
export interface Receipts {
  look(receipt: string): Promise<LookedUp | null>;
  change(receipt: string, values: Values): Promise<'changed' | 'closed' | 'unknown'>;
  /** Deletes the rating (PIPL art. 15 and 47). @returns whether there was one */
  withdraw(receipt: string): Promise<boolean>;
  /** All that is kept under the receipt, as plain JSON. */
  exportOf(receipt: string): Promise<object | null>;
}

export function createReceipts(options: RatingsOptions): Receipts {
  const { database, library, keys } = options;
  const run = runOn(database.pool);
  const hex = (receipt: string) => keys.receipt(receipt).toString('hex');
  return {
    look: async (receipt) => {
      const rating = await ratingOf(run, hex(receipt));
      return rating === null ? null : lookedUp(run, options, rating);
    },
    change: (receipt, values) =>
      inTransaction(database.pool, async (within) => {
        const rating = await ratingOf(within, hex(receipt), true);
        if (rating === null) return 'unknown';
        if ((await campaignOf(within, rating)).status !== 'published') return 'closed';
        const { campaignId, flowId, flowVersion } = rating;
        const flow = await library.flow(flowId, flowVersion);
        const { ratings: rules } = await library.campaign(campaignId);
        const words = wordsIn(flow, values, { keys, campaignId, rules });
        await insertRatings(within, [
          {
            ...rating,
            ...ratedIn(flow, values),
            source: 'scan',
            interviewFor: null,
            marks: [],
            receipt: hex(receipt),
            words,
          },
        ]);
        return 'changed';
      }),
    withdraw: (receipt) =>
      inTransaction(database.pool, async (within) => {
        const rating = await ratingOf(within, hex(receipt), true);
        if (rating === null) return false;
        await removeRating(within, rating.id);
        return true;
      }),
    exportOf: async (receipt) => {
      const rating = await ratingOf(run, hex(receipt));
      if (rating === null) return null;
      const { id: _, campaignId: __, unitId: ___, ...kept } = rating;
      const { title, unit } = await campaignOf(run, rating);
      return { campaign: title, unit, ...kept };
    },
  };
}

async function lookedUp(run: Run, { library }: RatingsOptions, rating: ReceiptedRating): Promise<LookedUp> {
  const { title, unit, status } = await campaignOf(run, rating);
  const { zone } = await library.campaign(rating.campaignId);
  const { answers: values, level, day, matter } = rating;
  return {
    ...{ campaignTitle: title, unitName: unit, matter, zone, values, level, day },
    flow: await library.flow(rating.flowId, rating.flowVersion),
    negative: level <= 2,
    open: status === 'published',
  };
}

async function campaignOf(
  run: Run,
  { campaignId, unitId }: ReceiptedRating,
): Promise<{ title: Text; unit: Text | null; status: string }> {
  const [row] = await run<{ title: Text; unit: Text | null; status: string }>(
    `SELECT c.title, c.status, u.name AS unit FROM campaign c LEFT JOIN unit u ON u.id = $2::uuid WHERE c.id = $1::uuid`,
    [campaignId, unitId],
  );
  if (row === undefined) throw new Error(`no campaign ${campaignId}`);
  return row;
}
