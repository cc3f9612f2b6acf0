import { weeklyOf } from '../campaign/desk.ts';
import { isQuiet, quietOf } from '../campaign/instant.ts';
import { channelOf } from '../channels/address.ts';
import type { Clock } from '../clock.ts';
import type { Language } from '../flow/text.ts';
import { inTransaction, runOn } from '../store/database.ts';
import { type WeeklyJob, weeklyLater } from '../store/later.ts';
import { leadersRooms } from '../store/reach.ts';
import { noWrites, priority, type Run, writeRows } from '../store/writes.ts';
import { type DrawOptions, drawOverview, keepDrawing } from './overview-picture.ts';
import { inWords } from './picture.ts';

type WeeklyOptions = DrawOptions & { clock: Clock };

/**
 * Asks for the weekly picture of every leaders' room whose time has come today. What was sent is known by its key in the outbox, so
 * that any number of processes, and any number of looks, send one.
 * @returns 0: what is to be done is done by a job
 */
export async function askForWeeklies({ database, library, clock }: WeeklyOptions): Promise<number> {
  const now = clock.now().toISOString();
  const run = runOn(database.pool);
  for (const { campaignId, urn, language } of await leadersRooms(run)) {
    const { desk, calendar, rules } = await library.campaign(campaignId);
    const weekly = weeklyOf(desk, { ...rules, calendar }, now);
    if (weekly === null || weekly.at > now || isQuiet(now, rules.quiet, rules.zone)) continue;
    const key = `weekly:${campaignId}:${weekly.day}:${urn}`;
    if (!(await isSaid(run, key)))
      await weeklyLater(run, { key, campaignId, urn, language: language ?? 'zh-CN' });
  }
  return 0;
}

/** Draws the campaign on one page and sends it to a leaders' room: one message, one picture. */
export async function sendWeekly(options: WeeklyOptions, job: WeeklyJob): Promise<void> {
  const { database, library, clock } = options;
  const { key, campaignId, urn } = job;
  const language: Language = job.language;
  const at = clock.now().toISOString();
  const { rules } = await library.campaign(campaignId);
  const drawing = await drawOverview(options, { campaignId, language, at, all: false });
  await inTransaction(database.pool, async (run) => {
    if (await isSaid(run, key)) return;
    const attachment = await keepDrawing(run, drawing, at);
    const row = {
      key,
      channel: channelOf(urn),
      address: urn,
      priority: priority.broadcast,
      say: { lines: inWords(drawing), attachments: [attachment] },
      at,
      dueAt: at,
      ...quietOf(at, rules.quiet, rules.zone),
    };
    await writeRows(run, { ...noWrites(), outbox: [row] });
  });
}

async function isSaid(run: Run, key: string): Promise<boolean> {
  return (await run('SELECT 1 FROM outbox WHERE key = $1', [key])).length > 0;
}
