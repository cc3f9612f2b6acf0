import { inTransaction, runOn } from '../store/database.ts';
import forgetAnonymous from '../store/sql/forget-anonymous.sql';
import forgetStrangers from '../store/sql/forget-strangers.sql';
import recentAnonymous from '../store/sql/recent-anonymous.sql';
import sweepFiles from '../store/sql/sweep-files.sql';
import sweepTraces from '../store/sql/sweep-traces.sql';
import type { BackgroundOptions } from './background.ts';

/**
 * How long it stays known that somebody took part in an anonymous survey, ms: a redelivered message must still be met. More
 * than any budget of messages looks back on.
 */
const tracesKeptMs = 3_600_000;

/**
 * The second half of forgetting (docs/decisions/0009-anonymous-answers.md), every hour. First what tells that somebody took
 * part goes: their messages and ours, files that are no answer, people of whom nothing else is known. Then the submitted
 * answers of the last days are written anew, all in one transaction and in random order, because rows on the disk lie
 * in the order in which they came and carry the number of their transaction. Each step can be done again.
 */
export async function forgetTraces({ database, clock, machine, log }: BackgroundOptions): Promise<void> {
  const now = clock.now();
  const run = runOn(database.pool);
  const before = (instant: Date) => new Date(instant.getTime() - tracesKeptMs).toISOString();
  const messages = await run(sweepTraces, [before(now), before(machine.now())]);
  const files = await run(sweepFiles, []);
  const strangers = await run(forgetStrangers, []);
  const sessions = await inTransaction(database.pool, async (within) => {
    const recent = await within<{ id: string }>(recentAnonymous, [now.toISOString()]);
    await within(forgetAnonymous, [recent.map(({ id }) => id)]);
    return recent;
  });
  const counts = { messages: messages.length, files: files.length, strangers: strangers.length };
  log.info({ ...counts, mixed: sessions.length }, 'what led to anonymous answers is forgotten');
}
