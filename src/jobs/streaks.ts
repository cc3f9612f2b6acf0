import { inTransaction } from '../store/database.ts';
import { createLibrary } from '../store/library.ts';
import { markStreaks } from '../store/streaks.ts';
import type { BackgroundOptions } from './background.ts';

const dayMs = 86_400_000;
/** How many days are looked at each night: one more than has just ended, for a night on which nothing ran. */
const daysBack = 2;

/** Each night: days on which a unit got the highest level and nothing else (satisfaction/signals.ts). */
export async function lookForStreaks({ database, clock, log }: BackgroundOptions): Promise<void> {
  const since = new Date(clock.now().getTime() - daysBack * dayMs).toISOString().slice(0, 10);
  const days = await inTransaction(database.pool, (run) => markStreaks(run, createLibrary(database), since));
  log.info({ days }, 'days of nothing but the highest level are marked');
}
