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
  /** `precision`: how many characters of the instant name the tick. */
  const every = (when: string, task: string, precision: number) =>
    cron.schedule(when, async () => {
      const tick = clock.now().toISOString().slice(0, precision);
      await enqueueOnce(runOn(database.pool), task, `${task}:${tick}`).catch((fault) =>
        log.error({ err: fault, task }, 'scheduled work could not be enqueued'),
      );
    });
  const ticks = [
    every('30 3 * * *', 'housekeeping', 'YYYY-MM-DD'.length),
    every('40 3 * * *', 'streaks', 'YYYY-MM-DD'.length),
    every('7 * * * *', 'forgetting', 'YYYY-MM-DDTHH'.length),
    every('0 * * * *', 'rating-cases', 'YYYY-MM-DDTHH'.length),
  ];
  return {
    stop: async () => {
      for (const tick of ticks) await tick.stop();
    },
  };
}
