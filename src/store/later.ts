import { z } from 'zod';
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
