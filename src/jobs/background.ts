import { Logger, type Runner, runMigrations, run as runWorker } from 'graphile-worker';
import type { Clock } from '../clock.ts';
import { publishLarge } from '../conversation/publish-large.ts';
import type { Keys } from '../keys.ts';
import type { Log } from '../log.ts';
import { type Database, runOn } from '../store/database.ts';
import {
  ExportJob,
  exportTask,
  PictureJob,
  PublishJob,
  pictureTask,
  publishTask,
  ReportJob,
  RosterJob,
  reportTask,
  rosterTask,
  SheetJob,
  sheetTask,
  WeeklyJob,
  weeklyTask,
} from '../store/later.ts';
import { createLibrary, type Library } from '../store/library.ts';
import { workChannel } from '../store/listen.ts';
import type { Run } from '../store/writes.ts';
import { sendExport } from './export-file.ts';
import { forgetTraces } from './forgetting.ts';
import { clearOut } from './housekeeping.ts';
import { sendPicture } from './picture.ts';
import { lookAfterCases } from './rating-cases.ts';
import { sendReport } from './report-file.ts';
import { takeRoster } from './roster-in.ts';
import { lookForStreaks } from './streaks.ts';
import { sendSheet } from './survey-sheet.ts';
import { sendWeekly } from './weekly.ts';

export interface BackgroundOptions {
  database: Database;
  clock: Clock;
  machine: Clock;
  log: Log;
}

/** Long work on graphile-worker: large publications, sheets of codes, exports, housekeeping. */
export async function startBackground(
  options: BackgroundOptions & { keys: Keys },
): Promise<{ stop(): Promise<void> }> {
  const { database, log } = options;
  const life = { isOver: false };
  const library = createLibrary(database);
  const runner: Runner = await runWorker({
    pgPool: database.pool,
    taskList: {
      housekeeping: () => clearOut(options),
      forgetting: () => forgetTraces(options),
      streaks: () => lookForStreaks(options),
      'rating-cases': () => lookAfterCases(options),
      [publishTask]: (payload) => publish(options, payload),
      [exportTask]: (payload) => exported(options, payload),
      [sheetTask]: (payload) => sheet(options, payload),
      [pictureTask]: (payload) => picture({ ...options, library }, payload),
      [weeklyTask]: (payload) => weekly({ ...options, library }, payload),
      [reportTask]: (payload) => report(options, payload),
      [rosterTask]: (payload) => roster({ ...options, library }, payload),
    },
    concurrency: 4,
    noHandleSignals: true,
    logger: quietLogger(log, life),
  });
  return {
    stop: async () => {
      life.isOver = true;
      await runner.stop();
    },
  };
}

async function publish({ database, clock }: BackgroundOptions, payload: unknown): Promise<void> {
  await publishLarge({ database, clock }, PublishJob.parse(payload));
  await runOn(database.pool)(`SELECT 1 FROM (SELECT pg_notify($1, '')) told`, [workChannel]);
}

async function exported(options: BackgroundOptions, payload: unknown): Promise<void> {
  await sendExport(options, ExportJob.parse(payload));
  await runOn(options.database.pool)(`SELECT 1 FROM (SELECT pg_notify($1, '')) told`, [workChannel]);
}

async function sheet({ database, clock }: BackgroundOptions, payload: unknown): Promise<void> {
  await sendSheet({ database, clock }, SheetJob.parse(payload));
  await runOn(database.pool)(`SELECT 1 FROM (SELECT pg_notify($1, '')) told`, [workChannel]);
}

async function report({ database, clock }: BackgroundOptions, payload: unknown): Promise<void> {
  await sendReport({ database, clock }, ReportJob.parse(payload));
  await runOn(database.pool)(`SELECT 1 FROM (SELECT pg_notify($1, '')) told`, [workChannel]);
}

async function roster(options: DrawingOptions, payload: unknown): Promise<void> {
  await takeRoster(options, RosterJob.parse(payload));
  await runOn(options.database.pool)(`SELECT 1 FROM (SELECT pg_notify($1, '')) told`, [workChannel]);
}

type DrawingOptions = BackgroundOptions & { library: Library };

async function weekly(options: DrawingOptions, payload: unknown): Promise<void> {
  await sendWeekly(options, WeeklyJob.parse(payload));
  await runOn(options.database.pool)(`SELECT 1 FROM (SELECT pg_notify($1, '')) told`, [workChannel]);
}

async function picture(options: DrawingOptions, payload: unknown): Promise<void> {
  await sendPicture(options, PictureJob.parse(payload));
  await runOn(options.database.pool)(`SELECT 1 FROM (SELECT pg_notify($1, '')) told`, [workChannel]);
}

/** Makes or updates graphile-worker's own tables. Before anything is enqueued. */
export function prepareBackground(database: Database, log: Log): Promise<void> {
  return runMigrations({ pgPool: database.pool, logger: quietLogger(log) });
}

/** Enqueues work once for one key, however many processes ask. */
export async function enqueueOnce(run: Run, task: string, key: string): Promise<void> {
  await run(
    `SELECT 1 FROM graphile_worker.add_job($1, '{}'::json, job_key := $2, job_key_mode := 'unsafe_dedupe')`,
    [task, key],
  );
}

/**
 * Its messages hold no payloads; what it calls info is detail to us. Once it is stopped, so is that a connection of its own,
 * which it may still hold for a moment, ended with the server.
 */
function quietLogger(log: Log, life = { isOver: false }): Logger {
  return new Logger(() => (level, message) => {
    const isFault = level === 'error' && !(life.isOver && message.includes('client generated error'));
    if (isFault) log.error({ worker: message.slice(0, 300) }, 'background work failed');
    else if (level === 'warning') log.warn({ worker: message.slice(0, 300) }, 'background work');
    else log.debug({ worker: message.slice(0, 300) }, 'background work');
  });
}
