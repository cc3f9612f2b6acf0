import { dateOf } from '../campaign/instant.ts';
import type { Clock } from '../clock.ts';
import { sentence } from '../conversation/wording.ts';
import type { Say } from '../flow/say.ts';
import type { Language } from '../flow/text.ts';
import { sheetPages } from '../report/qr-sheet.ts';
import { sheetPdf } from '../report/qr-sheet-pdf.ts';
import { sheetCodes } from '../report/sheet-codes.ts';
import { keepMade } from '../store/attachments.ts';
import { type Database, inTransaction, runOn } from '../store/database.ts';
import type { SheetJob } from '../store/later.ts';
import { codesNamed } from '../store/survey-codes.ts';
import { noWrites, writeRows } from '../store/writes.ts';
import { isThisMachine } from '../survey-link.ts';
import { replyTo } from './reply.ts';

/** Makes the printable sheet of codes and sends it where it was asked for. */
export async function sendSheet(
  { database, clock }: { database: Database; clock: Clock },
  job: SheetJob,
): Promise<void> {
  const at = clock.now().toISOString();
  const run = runOn(database.pool);
  const [known] = await run<{ zone: string; language: Language | null }>(
    `SELECT p.zone, c.language FROM campaign p, contact c WHERE p.id = $1::uuid AND c.id = $2::uuid`,
    [job.campaignId, job.to.contactId],
  );
  if (known === undefined) return;
  const day = dateOf(at, known.zone);
  const rows = new Map((await codesNamed(run, job.codes, at)).map((one) => [one.code, one]));
  const codes = sheetCodes(
    job.codes.flatMap((code) => rows.get(code) ?? []),
    job.pages,
  );
  if (codes.length === 0) return;
  const bytes = await sheetPdf(sheetPages(codes));
  const name = sentence(known.language ?? 'zh-CN', 'codes:sheet.file', { day });
  await inTransaction(database.pool, async (within) => {
    const id = await keepMade(within, { name, mime: 'application/pdf', bytes }, at);
    const key = isThisMachine(job.pages) ? 'codes:sheet.sample.done' : 'codes:sheet.done';
    const say: Say = { lines: [{ key, params: { count: codes.length } }], attachments: [id] };
    await writeRows(within, { ...noWrites(), outbox: [replyTo(job.to, say, at)] });
  });
}
