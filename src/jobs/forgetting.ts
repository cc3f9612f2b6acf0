import { dropOldForms } from '../store/command-forms.ts';
import { inTransaction } from '../store/database.ts';
import { forgetDevices } from '../store/devices.ts';
import { dropOldDrafts } from '../store/interview-drafts.ts';
import clearLocks from '../store/sql/clear-locks.sql';
import forgetStrangers from '../store/sql/forget-strangers.sql';
import mixCases from '../store/sql/mix-cases.sql';
import mixRatings from '../store/sql/mix-ratings.sql';
import sweepFiles from '../store/sql/sweep-files.sql';
import sweepTraces from '../store/sql/sweep-traces.sql';
import type { Run } from '../store/writes.ts';
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
  const before = (instant: Date) => new Date(instant.getTime() - tracesKeptMs).toISOString();
  const dayAgo = (days: number) => new Date(now.getTime() - days * dayMs).toISOString().slice(0, 10);
  const alone = <Result>(step: (run: Run) => Promise<Result>) => stepAlone(database, step);
  const messages = await alone((run) => run(sweepTraces, [before(now), before(machine.now())]));
  const drafts = await alone((run) => dropOldDrafts(run, now.toISOString()));
  const forms = await alone((run) => dropOldForms(run, now.toISOString()));
  const files = await alone((run) => run(sweepFiles, []));
  const strangers = await alone((run) => run(forgetStrangers, []));
  await alone((run) => run(clearLocks, []));
  const devices = await alone((run) => forgetDevices(run, now.toISOString()));
  const mixed = await alone(async (run) => {
    const ratings = await run(mixRatings, [dayAgo(mixedDays)]);
    await run(mixCases, [dayAgo(mixedDays)]);
    return ratings;
  });
  const counts = {
    messages: messages.length,
    drafts,
    forms,
    files: files.length,
    strangers: strangers.length,
    devices,
  };
  log.info({ ...counts, mixed: mixed.length }, 'what led to anonymous answers is forgotten');
}

/** Two processes that sweep at once would each hold rows that the other waits for: a step is taken by one at a time. */
function stepAlone<Result>(
  { pool }: BackgroundOptions['database'],
  step: (run: Run) => Promise<Result>,
): Promise<Result> {
  return inTransaction(pool, async (run) => {
    await run(
      `SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended('forgetting', 20300))) waited`,
      [],
    );
    return step(run);
  });
}
