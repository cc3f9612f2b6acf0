import { writeFile } from 'node:fs/promises';
import { languages } from '../flow/text.ts';
import { type Attachment, attachmentOf, attachments } from '../report/attachments.ts';
import { writeCsv } from '../report/csv.ts';
import { appendAudit } from '../store/audit.ts';
import { runOn } from '../store/database.ts';
import { type Terminal, tell } from './terminal.ts';

/** export <campaign> --attachment 1|3 [--out file] [--language en]: a table of the notice, filled in, as CSV (JX-1.6, JX-3.4). */
export async function exportAttachment({ args, options, database, clock }: Terminal): Promise<number> {
  const [code = ''] = args;
  const which = attachments.find((one) => one === options.attachment);
  if (which === undefined) {
    tell(process.stderr, 'cli:export.attachment');
    return 2;
  }
  const language = languages.find((one) => one === options.language) ?? languages[0];
  const table = await attachmentOf(database, code, which, language);
  if (table.kind !== 'table') return refuse(database, table.kind, code, which);
  const at = clock.now().toISOString();
  // Kept before the document is handed out: what is out can't be taken back.
  const data = { attachment: which };
  const event = {
    at,
    by: null,
    kind: 'export.made' as const,
    campaignId: null,
    about: `campaign:${code}`,
    data,
  };
  await appendAudit(runOn(database.pool), [event]);
  const text = writeCsv(table.rows);
  if (options.out === undefined) process.stdout.write(text);
  else {
    await writeFile(options.out, text);
    tell(process.stderr, 'cli:export.done', { path: options.out });
  }
  return 0;
}

async function refuse(
  { prisma }: Terminal['database'],
  why: 'unknown' | 'draft' | 'no-mode',
  code: string,
  attachment: Attachment,
): Promise<number> {
  if (why === 'unknown') {
    const campaigns = await prisma.campaign.findMany({ select: { code: true } });
    tell(process.stderr, 'cli:export.which', { codes: { list: campaigns.map((one) => one.code) } });
    return 2;
  }
  tell(process.stderr, `cli:export.${why}`, { code, attachment });
  return 1;
}
