import { z } from 'zod';
import { languages } from '../flow/text.ts';
import type { Run } from './writes.ts';

/** A publication that is too large to be done while somebody waits for the answer; `by` is a contact. */
export const PublishJob = z.object({ campaignId: z.uuid(), by: z.uuid() });
export type PublishJob = z.infer<typeof PublishJob>;

/** The name of that work among the background jobs. */
export const publishTask = 'publish';

/** Enqueues a publication in the caller's transaction, once for a campaign. */
export async function publishLater(run: Run, job: PublishJob): Promise<void> {
  await run(
    `SELECT 1 FROM graphile_worker.add_job($1, $2::json, job_key := $3, job_key_mode := 'preserve_run_at')`,
    [publishTask, JSON.stringify(job), `publish:${job.campaignId}`],
  );
}

/** A sheet of codes to be made and sent to whoever asked (`to`), where they asked. `key`: of what asked for it. */
export const SheetJob = z.object({
  key: z.string(),
  campaignId: z.uuid(),
  codes: z.array(z.string()).min(1),
  /** Address of the pages that the codes lead to. */
  pages: z.string(),
  to: z.object({ contactId: z.uuid(), address: z.string(), only: z.string().nullable() }),
});
export type SheetJob = z.infer<typeof SheetJob>;

/** The name of that work among the background jobs. */
export const sheetTask = 'survey-sheet';

/** Enqueues a sheet in the caller's transaction. */
export async function sheetLater(run: Run, job: SheetJob): Promise<void> {
  await run(`SELECT 1 FROM graphile_worker.add_job($1, $2::json, job_key := $3)`, [
    sheetTask,
    JSON.stringify(job),
    job.key,
  ]);
}

/** What a picture can show. */
export const pictureKinds = ['progress', 'lamps', 'satisfaction', 'findings', 'trend'] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** A picture of one campaign, or of a unit with all below it, to be drawn and sent to whoever asked (`to`), where they asked. */
export const PictureJob = z.object({
  key: z.string(),
  kind: z.enum(pictureKinds),
  campaignId: z.uuid(),
  unitId: z.uuid().nullable(),
  /** With its parts beside one another. */
  compares: z.boolean(),
  /** See store/results.ts: the highest page of ratings that the reader may see. */
  highest: z.uuid().nullable(),
  /** With problems that only coordinators may see. */
  all: z.boolean(),
  to: z.object({ contactId: z.uuid(), address: z.string(), only: z.string().nullable() }),
});
export type PictureJob = z.infer<typeof PictureJob>;

/** The name of that work among the background jobs. */
export const pictureTask = 'picture';

/** Enqueues a picture in the caller's transaction. */
export async function pictureLater(run: Run, job: PictureJob): Promise<void> {
  await run(`SELECT 1 FROM graphile_worker.add_job($1, $2::json, job_key := $3)`, [
    pictureTask,
    JSON.stringify(job),
    job.key,
  ]);
}

/** Tables that can be had as a workbook. */
export const exportKinds = ['ledger', 'answers', 'ratings', 'attachment-1', 'attachment-3'] as const;
export type ExportKind = (typeof exportKinds)[number];

/**
 * A workbook to be made and sent to whoever asked (`to`); `snapshot`: one that was made before. `id`: by which it is kept, so that a
 * job that is repeated makes no second one; `progressId`: of the message that tells how far it is.
 */
export const ExportJob = z.object({
  key: z.string(),
  id: z.string(),
  progressId: z.uuid(),
  kind: z.enum([...exportKinds, 'snapshot']),
  campaignId: z.uuid(),
  /** The ledger of these units alone (ids). */
  units: z.array(z.uuid()).nullable(),
  /** With problems that only coordinators may see. */
  all: z.boolean(),
  to: z.object({ contactId: z.uuid(), address: z.string() }),
});
export type ExportJob = z.infer<typeof ExportJob>;

/** The name of that work among the background jobs. */
export const exportTask = 'export';

/** Enqueues an export in the caller's transaction. */
export async function exportLater(run: Run, job: ExportJob): Promise<void> {
  await run(`SELECT 1 FROM graphile_worker.add_job($1, $2::json, job_key := $3)`, [
    exportTask,
    JSON.stringify(job),
    job.key,
  ]);
}

/**
 * A report in Word: of one task by its number, or of a whole activity; to be made and sent to whoever asked, in private. `id`: of its
 * snapshot, so that a job that is repeated makes no second one.
 */
export const ReportJob = z.object({
  key: z.string(),
  id: z.string(),
  activityId: z.uuid(),
  task: z.int().nullable(),
  to: z.object({ contactId: z.uuid(), address: z.string() }),
});
export type ReportJob = z.infer<typeof ReportJob>;

/** The name of that work among the background jobs. */
export const reportTask = 'report-file';

/** Enqueues a report in the caller's transaction. */
export async function reportLater(run: Run, job: ReportJob): Promise<void> {
  await run(`SELECT 1 FROM graphile_worker.add_job($1, $2::json, job_key := $3)`, [
    reportTask,
    JSON.stringify(job),
    job.key,
  ]);
}

/** The weekly picture of a campaign for one leaders' room. `key`: of the message. */
export const WeeklyJob = z.object({
  key: z.string(),
  campaignId: z.uuid(),
  urn: z.string(),
  language: z.enum(languages),
});
export type WeeklyJob = z.infer<typeof WeeklyJob>;

/** The name of that work among the background jobs. */
export const weeklyTask = 'weekly-picture';

/** Enqueues a weekly picture, once however often it is asked for while it is being made. */
export async function weeklyLater(run: Run, job: WeeklyJob): Promise<void> {
  await run(
    `SELECT 1 FROM graphile_worker.add_job($1, $2::json, job_key := $3, job_key_mode := 'unsafe_dedupe')`,
    [weeklyTask, JSON.stringify(job), job.key],
  );
}

/**
 * What is to be done with a roster that somebody sent: `read` the files of message `seq`, `show` again what is pending, take the `answer`
 * to a question (by its key, the option by its place) or the `reason`, `apply` it, send an empty `template`. One after another for each person.
 */
export const RosterJob = z.object({
  key: z.string(),
  campaignId: z.uuid(),
  act: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('read'), seq: z.number() }),
    z.object({ kind: z.enum(['show', 'apply', 'template']) }),
    z.object({ kind: z.literal('answer'), question: z.string(), option: z.int() }),
    z.object({ kind: z.literal('reason'), reason: z.string() }),
  ]),
  to: z.object({ contactId: z.uuid(), address: z.string(), only: z.string().nullable() }),
});
export type RosterJob = z.infer<typeof RosterJob>;

/** The name of that work among the background jobs. */
export const rosterTask = 'roster-in';

/** Enqueues it in the caller's transaction, behind what the same person asked for before. */
export async function rosterLater(run: Run, job: RosterJob): Promise<void> {
  await run(`SELECT 1 FROM graphile_worker.add_job($1, $2::json, queue_name := $4, job_key := $3)`, [
    rosterTask,
    JSON.stringify(job),
    job.key,
    `roster:${job.to.contactId}`,
  ]);
}
