import { sentence } from '../../conversation/wording.ts';
import type { Database } from '../../store/database.ts';
import { type Attachment, type AttachmentTable, attachmentOf } from '../attachments.ts';
import type { Cell } from './cell.ts';
import type { Exported, ExportFacts } from './exported.ts';

const widths: Record<Attachment, number[]> = { '1': [7, 26, 26, 14, 44, 36], '3': [7, 34, 34, 36] };

/** 附件1 and 附件3 in the notice's own shape (JX-1.6, JX-3.4): its title above its columns; or why there is none. */
export async function attachmentExport(
  database: Database,
  facts: Pick<ExportFacts, 'code' | 'language'>,
  which: Attachment,
): Promise<Exported | Exclude<AttachmentTable, { kind: 'table' }>> {
  const { code, language } = facts;
  const table = await attachmentOf(database, code, which, language);
  if (table.kind !== 'table') return table;
  const [heads = [], ...rows] = table.rows;
  const caption = sentence(language, `exports:attachment.${which}.caption`);
  const sheet = {
    name: sentence(language, `exports:attachment.${which}`),
    caption,
    columns: heads.map((title, index) => ({ title, width: widths[which][index] ?? 20 })),
    rows: [rows.map(typed)],
  };
  return { total: rows.length, sheets: [sheet], notes: ['exports:note.hidden'] };
}

/** The number of a row is one. */
function typed([number = '', ...cells]: string[]): Cell[] {
  return [Number(number), ...cells];
}
