import cron from 'node-cron';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type Database, runOn } from '../store/database.ts';
import { enqueueOnce } from './background.ts';

/**
 * What happens by the machine's clock. A tick only enqueues keyed work: ten processes tick, one job results. Campaigns'
 * own times (reminders, digests, silence) are not here: they are state, found by query (jobs/wake-ups.ts).
 */
export function startSchedule(database: Database, clock: Clock, log: Log): { stop(): Promise<void> } {
  const nightly = cron.schedule('30 3 * * *', async () => {
    const day = clock.now().toISOString().slice(0, 10);
    await enqueueOnce(runOn(database.pool), 'housekeeping', `housekeeping:${day}`).catch((fault) =>
      log.error({ err: fault }, 'the nightly work could not be enqueued'),
    );
  });
  return { stop: async () => void (await nightly.stop()) };
}
