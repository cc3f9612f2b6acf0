import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isWorkday, makeCalendar } from './campaign/calendar.ts';
import { addDays } from './campaign/day.ts';
import { dateOf } from './campaign/instant.ts';
import { filesIn } from './campaign-files.ts';
import type { Clock } from './clock.ts';
import { loadCampaign } from './conversation/load.ts';
import { packageRoot } from './package-root.ts';
import type { Database } from './store/database.ts';

/** The sample campaign, and the day it starts on: said aloud at the start, because the notice itself names no year. */
export interface Sample {
  code: string;
  start: string;
}

const file = 'campaigns/jiaxing-2014.yaml';
const zone = 'Asia/Shanghai';

/** Loads the sample into a database that has no campaign, to start on the first workday from today. */
export async function loadSample(database: Database, clock: Clock, console: boolean): Promise<Sample | null> {
  if ((await database.prisma.campaign.count()) > 0) return null;
  const text = await readFile(path.join(packageRoot(), file), 'utf8');
  const start = firstWorkday(clock.now());
  const open = filesIn(path.join(packageRoot(), 'campaigns'));
  const loaded = await loadCampaign(database, text, { start, path: file, open, clock, console });
  if (loaded.faults !== undefined)
    throw new Error(
      `${file} has ${loaded.faults.length} faults; see: npm run duban -- load ${file} --start ${start}`,
    );
  return { code: loaded.code, start };
}

function firstWorkday(now: Date): string {
  const calendar = makeCalendar();
  let date = dateOf(now.toISOString(), zone);
  while (!isWorkday(calendar, date)) date = addDays(date, 1);
  return date;
}
