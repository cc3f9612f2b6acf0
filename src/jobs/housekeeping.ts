import type { Clock } from '../clock.ts';
import { clearMadeFiles } from '../store/attachments.ts';
import { foldCounts } from '../store/counts.ts';
import { runOn } from '../store/database.ts';
import { clearPending } from '../store/rosters.ts';
import clearSurveys from '../store/sql/clear-surveys.sql';
import { clearSessions } from '../store/web-sessions.ts';
import type { BackgroundOptions } from './background.ts';

/** How long messages are kept, in days: long enough to answer "what was said", no longer (PIPL art. 19). */
export const keptDays = 90;

/** How long citizens' answers are kept after a campaign's last due day, in days, as its consent text promises. */
export const surveyKeptDays = 90;

/** How long a roster waits to be confirmed, in days: people's names and addresses are in it. */
export const rosterKeptDays = 7;

/** How long it is remembered when somebody was last written to, in days; more than any budget looks back on. */
const laneKeptDays = 1;

/**
 * Removes messages that were handled, or set aside, more than {@link keptDays} ago, and citizens' answers
 * {@link surveyKeptDays} after their campaign. Checklists, findings and evidence stay. Counts are folded together.
 */
export async function clearOut({ database, clock, machine, log }: BackgroundOptions): Promise<void> {
  const daysAgo = ({ now }: Clock, days: number) =>
    new Date(now().getTime() - days * 86_400_000).toISOString();
  const before = daysAgo(clock, keptDays);
  const run = runOn(database.pool);
  const inbox = await run(
    `DELETE FROM inbox WHERE status IN ('done', 'dead') AND received_at < $1::timestamptz RETURNING 1`,
    [before],
  );
  const outbox = await run(
    `DELETE FROM outbox WHERE key IS NULL
       AND ((status = 'sent' AND sent_at < $1::timestamptz) OR (status = 'dead' AND created_at < $1::timestamptz))
     RETURNING 1`,
    [before],
  );
  const files = await clearMadeFiles(run, before);
  const rosters = await clearPending(run, daysAgo(clock, rosterKeptDays));
  const lastDay = daysAgo(clock, surveyKeptDays).slice(0, 10);
  const surveys = await run(clearSurveys, [lastDay]);
  // Nobody is counted there any more.
  await run('DELETE FROM rating_tally WHERE n = 0', []);
  const lanes = await run(
    'DELETE FROM lane WHERE spent[array_upper(spent, 1)] < $1::timestamptz RETURNING 1',
    [daysAgo(machine, laneKeptDays)],
  );
  const browsers = await clearSessions(run, machine.now());
  await foldCounts(run);
  log.info(
    {
      inbox: inbox.length,
      outbox: outbox.length,
      files,
      rosters,
      surveys: surveys.length,
      lanes: lanes.length,
      browsers,
    },
    'what is no longer kept is removed',
  );
}
