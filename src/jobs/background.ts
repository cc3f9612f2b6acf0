import { Logger, type Runner, runMigrations, run as runWorker } from 'graphile-worker';
import type { ZodType } from 'zod';
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
import { createLibrary } from '../store/library.ts';
import { callForWork } from '../store/listen.ts';
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
  const drawing = { ...options, library: createLibrary(database) };
  /** What is done with a job; what it has to say is sent at once. */
  const heard =
    <Job>(shape: ZodType<Job>, work: (job: Job) => Promise<unknown>) =>
    async (payload: unknown): Promise<void> => {
      await work(shape.parse(payload));
      await callForWork(runOn(database.pool));
    };
  const runner: Runner = await runWorker({
    pgPool: database.pool,
    taskList: {
      housekeeping: () => clearOut(options),
      forgetting: () => forgetTraces(options),
      streaks: () => lookForStreaks(options),
      'rating-cases': () => lookAfterCases(options),
      [publishTask]: heard(PublishJob, (job) => publishLarge(options, job)),
      [exportTask]: heard(ExportJob, (job) => sendExport(options, job)),
      [sheetTask]: heard(SheetJob, (job) => sendSheet(options, job)),
      [pictureTask]: heard(PictureJob, (job) => sendPicture(drawing, job)),
      [weeklyTask]: heard(WeeklyJob, (job) => sendWeekly(drawing, job)),
      [reportTask]: heard(ReportJob, (job) => sendReport(options, job)),
      [rosterTask]: heard(RosterJob, (job) => takeRoster(drawing, job)),
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
