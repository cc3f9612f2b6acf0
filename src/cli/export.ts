import { writeFile } from 'node:fs/promises';
import { exportOf } from '../report/export.ts';
import { type AuditEvent, appendAudit } from '../store/audit.ts';
import { runOn } from '../store/database.ts';
import { exportAttachment } from './attachment.ts';
import { exportXlsx, writeSnapshot } from './export-xlsx.ts';
import { type Terminal, tell } from './terminal.ts';

/** export <campaign> [--out file]: everything the campaign has collected, as one JSON document; or one of its attachments. */
export async function exportCampaign(terminal: Terminal): Promise<number> {
  const { args, options, database, clock } = terminal;
  if (options.snapshot !== undefined) return writeSnapshot(terminal, options.snapshot);
  if (options.xlsx !== undefined) return exportXlsx(terminal);
  if (options.attachment !== undefined) return exportAttachment(terminal);
  const [code] = args;
  const exported = code === undefined ? null : await exportOf(database, code, clock.now().toISOString());
  if (exported === null) {
    const campaigns = await database.prisma.campaign.findMany({ select: { code: true } });
    tell(process.stderr, 'cli:export.which', { codes: { list: campaigns.map((one) => one.code) } });
    return 2;
  }
  await appendAudit(runOn(database.pool), [exportEvent(code ?? '', clock.now().toISOString())]);
  const text = `${JSON.stringify(exported, null, 2)}\n`;
  if (options.out === undefined) process.stdout.write(text);
  else {
    await writeFile(options.out, text);
    tell(process.stderr, 'cli:export.done', { path: options.out });
  }
  return 0;
}

/** Kept before the document is handed out: what is out can't be taken back. */
function exportEvent(code: string, at: string): AuditEvent {
  return { at, by: null, kind: 'export.made', campaignId: null, about: `campaign:${code}`, data: {} };
}
