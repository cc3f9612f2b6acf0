import { runOn } from '../store/database.ts';
import clearSurveys from '../store/sql/clear-surveys.sql';
import type { BackgroundOptions } from './background.ts';

/** How long handled messages are kept, in days: long enough to answer "what was said", no longer (PIPL art. 19). */
export const keptDays = 90;

/** How long citizens' answers are kept after a campaign's last due day, in days, as its consent text promises. */
export const surveyKeptDays = 90;

/**
 * Removes handled messages that are older than {@link keptDays}, and citizens' answers {@link surveyKeptDays} after their
 * campaign. Checklists, findings and evidence stay.
 */
export async function clearOut({ database, clock, log }: BackgroundOptions): Promise<void> {
  const before = new Date(clock.now().getTime() - keptDays * 86_400_000).toISOString();
  const run = runOn(database.pool);
  const inbox = await run(
    `DELETE FROM inbox WHERE status = 'done' AND received_at < $1::timestamptz RETURNING 1`,
    [before],
  );
  const outbox = await run(
    `DELETE FROM outbox WHERE status = 'sent' AND sent_at < $1::timestamptz AND key IS NULL RETURNING 1`,
    [before],
  );
  const lastDay = new Date(clock.now().getTime() - surveyKeptDays * 86_400_000).toISOString().slice(0, 10);
  const surveys = await run(clearSurveys, [lastDay]);
  log.info(
    { inbox: inbox.length, outbox: outbox.length, surveys: surveys.length },
    'what is no longer kept is removed',
  );
}
