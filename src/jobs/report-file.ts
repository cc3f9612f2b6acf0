import { mayKnowTask, sightOf } from '../campaign/visibility.ts';
import type { Clock } from '../clock.ts';
import { rolesOf } from '../conversation/circumstances.ts';
import type { Line, Say } from '../flow/say.ts';
import { type Language, languages } from '../flow/text.ts';
import { type MadeReport, makeReport } from '../report/docx/make.ts';
import { snapshotBytes } from '../report/snapshot.ts';
import { printedSnapshot } from '../short-code.ts';
import { keepMade } from '../store/attachments.ts';
import { appendAudit } from '../store/audit.ts';
import { type Database, inTransaction, runOn } from '../store/database.ts';
import type { ReportJob } from '../store/later.ts';
import { noWrites, type OutboxRow, writeRows } from '../store/writes.ts';
import { replyTo } from './reply.ts';

/** Writes a report in Word and sends it to whoever asked, in private, if they may still know what it is about. */
export async function sendReport(
  { database, clock }: { database: Database; clock: Clock },
  job: ReportJob,
): Promise<void> {
  const at = clock.now().toISOString();
  const { contactId: by } = job.to;
  const contact = await database.prisma.contact.findUnique({ where: { id: by }, select: { language: true } });
  if (contact === null) return;
  const language = (contact.language as Language | null) ?? languages[0];
  const made: MadeReport = (await mayStillKnow(database, job))
    ? await makeReport(database, { ...job, language, by, at })
    : { kind: 'gone' };
  if (made.kind === 'made') return deliver(database, job, made, at);
  const line: Line =
    made.kind === 'gone'
      ? { key: 'docx:gone' }
      : { key: 'docx:none-yet', params: { title: made.material.activity.title } };
  await inTransaction(database.pool, (run) =>
    writeRows(run, { ...noWrites(), outbox: [replyTo(job.to, { lines: [line] }, at)] }),
  );
}

/** In the audit log before it is handed out. */
async function deliver(
  database: Database,
  job: ReportJob,
  { snapshot, title, day, secret }: Extract<MadeReport, { kind: 'made' }>,
  at: string,
): Promise<void> {
  const { id, name, mime, campaignId, rows, sha256 } = snapshot;
  await inTransaction(database.pool, async (run) => {
    const parts: Buffer[] = [];
    for await (const part of snapshotBytes(run, snapshot)) parts.push(part);
    const attachment = await keepMade(run, { name, mime, bytes: Buffer.concat(parts) }, at);
    const params = { title, day: { date: day }, id: printedSnapshot(id) };
    const say: Say = { lines: [{ key: 'docx:done', params }], attachments: [attachment] };
    const row: OutboxRow = {
      ...replyTo(job.to, say, at),
      key: `report-file:${job.key}`,
      ...(secret === null ? {} : { secret }),
    };
    await writeRows(run, { ...noWrites(), outbox: [row] });
    const data = { what: 'report', snapshot: id, sha256, rows };
    const about = `campaign:${campaignId}`;
    const event = { at, by: job.to.contactId, kind: 'export.made' as const, campaignId, about, data };
    await appendAudit(run, [secret === null ? event : { ...event, secret }]);
  });
}

/** Between the asking and the writing somebody may have lost their part, or an activity have become secret again. */
async function mayStillKnow(
  { pool, prisma }: Database,
  { activityId, task, to }: ReportJob,
): Promise<boolean> {
  const activity = await prisma.activity.findUnique({ where: { id: activityId } });
  if (activity === null) return false;
  if (!activity.hidden) return true;
  const viewer = { roles: await rolesOf(prisma, to.contactId), overheard: false };
  if (task === null) return sightOf(activity, viewer) === 'all';
  const [row] = await runOn(pool)<{ unit: string }>(
    'SELECT assignee_unit_id::text AS unit FROM assignment WHERE activity_id = $1::uuid AND number = $2',
    [activityId, task],
  );
  return row !== undefined && mayKnowTask(activity, row.unit, viewer);
}
