import { inTransaction, runOn } from '../store/database.ts';
import { forgetDevices } from '../store/devices.ts';
import { dropOldDrafts } from '../store/interview-drafts.ts';
import clearLocks from '../store/sql/clear-locks.sql';
import forgetStrangers from '../store/sql/forget-strangers.sql';
import mixCases from '../store/sql/mix-cases.sql';
import mixRatings from '../store/sql/mix-ratings.sql';
import sweepFiles from '../store/sql/sweep-files.sql';
import sweepTraces from '../store/sql/sweep-traces.sql';
import type { BackgroundOptions } from './background.ts';

/**
 * How long it stays known that somebody took part in an anonymous survey, ms: a redelivered message must still be met. More
 * than any budget of messages looks back on.
 */
const tracesKeptMs = 3_600_000;

const dayMs = 86_400_000;

/** How far back ratings are mixed again: today's and yesterday's of every zone. */
const mixedDays = 2;

/**
 * The second half of forgetting (docs/decisions/0009-anonymous-answers.md), every hour. First what tells that somebody took
 * part goes: their messages and ours, files, devices, people of whom nothing else is known, and of the others the mark of their
 * last turn. Then the ratings and cases of the last days are written anew, all in one transaction and in random order, because
 * rows on the disk lie in the order in which they came and carry the number of their transaction. Each step can be done again.
 */
export async function forgetTraces({ database, clock, machine, log }: BackgroundOptions): Promise<void> {
  const now = clock.now();
  const run = runOn(database.pool);
  const before = (instant: Date) => new Date(instant.getTime() - tracesKeptMs).toISOString();
  const messages = await run(sweepTraces, [before(now), before(machine.now())]);
  const drafts = await dropOldDrafts(run, now.toISOString());
  const files = await run(sweepFiles, []);
  const strangers = await run(forgetStrangers, []);
  const dayAgo = (days: number) => new Date(now.getTime() - days * dayMs).toISOString().slice(0, 10);
  await run(clearLocks, []);
  const devices = await forgetDevices(run, dayAgo(1));
  const mixed = await inTransaction(database.pool, async (within) => {
    const ratings = await within(mixRatings, [dayAgo(mixedDays)]);
    await within(mixCases, [dayAgo(mixedDays)]);
    return ratings;
  });
  const counts = {
    messages: messages.length,
    drafts,
    files: files.length,
    strangers: strangers.length,
    devices,
  };
  log.info({ ...counts, mixed: mixed.length }, 'what led to anonymous answers is forgotten');
}
