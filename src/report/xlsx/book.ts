import { dateOf, timeOf } from '../../campaign/instant.ts';
import { sentence } from '../../conversation/wording.ts';
import { inLanguage, type Language, type Text } from '../../flow/text.ts';
import { printedSnapshot } from '../../short-code.ts';
import type { Database } from '../../store/database.ts';
import { type Reading, readingAt } from '../../store/exports.ts';
import type { ExportKind } from '../../store/later.ts';
import type { Library } from '../../store/library.ts';
import type { Snapshot } from '../../store/snapshots.ts';
import { takeSnapshot } from '../snapshot.ts';
import { answersExport } from './answers.ts';
import { attachmentExport } from './attachment.ts';
import type { Cell } from './cell.ts';
import type { Exported, ExportFacts } from './exported.ts';
import { leanly } from './lean-heap.ts';
import { ledgerExport } from './ledger.ts';
import { ratingsExport } from './ratings.ts';
import type { Rows, Sheet } from './sheet.ts';
import { writeWorkbook } from './workbook.ts';

/** What is asked for. `id`: under which it will be kept; `units` (ids) and `all` narrow a ledger down, see `LedgerPart`. */
export interface ExportWanted {
  id: string;
  kind: ExportKind;
  campaignId: string;
  units: string[] | null;
  all: boolean;
  language: Language;
  /** Who asks, by id; null for somebody at a terminal. */
  by: string | null;
  /** Now, ISO. */
  at: string;
}

/** A kept file, or why there is none: nothing is in it yet, or the campaign has no such table. */
export type ExportMade =
  | { kind: 'made'; snapshot: Snapshot }
  | { kind: 'draft' | 'no-mode' | 'empty' | 'unknown' };

/** What a spreadsheet's file is called among mail and chats. */
export const xlsxMime = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Makes and keeps a workbook. All of it is read at one moment, and nothing of hidden activities is in it.
 * @param told how many rows of how many are written
 */
export function makeExport(
  { database, library }: { database: Database; library: Library },
  wanted: ExportWanted,
  told: (done: number, total: number) => Promise<void> = () => Promise.resolve(),
): Promise<ExportMade> {
  return readingAt(database, async (reading): Promise<ExportMade> => {
    const facts = await factsOf(reading, library, wanted);
    if (facts === null) return { kind: 'unknown' };
    if (facts === 'draft') return { kind: 'draft' };
    const exported = await exportedOf(database, facts, wanted);
    if ('kind' in exported) return { kind: exported.kind };
    if (exported.total === 0) return { kind: 'empty' };
    const { id, kind, campaignId, language, at, by } = wanted;
    const name = sentence(language, `exports:file.${kind}`, { day: dateOf(at, facts.zone), id });
    const parameters = { language, ...(wanted.units === null ? {} : { units: wanted.units.join(' ') }) };
    const what = { id, kind, campaignId, parameters, name, mime: xlsxMime, at, madeBy: by };
    const count = counter(exported, told);
    const notes = await about(facts, wanted, exported, count);
    const make = () => ({
      bytes: leanly(
        writeWorkbook({
          title: `${inLanguage(facts.title, language)} ${sentence(language, `exports:${kind}`)}`,
          at,
          sheets: [...exported.sheets.map(count.counted), notes],
        }),
      ),
      rows: () => count.done(),
    });
    const snapshot = await takeSnapshot(database, what, make);
    return { kind: 'made', snapshot };
  });
}

async function factsOf(
  reading: Reading,
  library: Library,
  { campaignId, language, at }: ExportWanted,
): Promise<ExportFacts | 'draft' | null> {
  const [row] = await reading.run<{ code: string; title: Text; zone: string; status: string }>(
    'SELECT code, title, zone, status FROM campaign WHERE id = $1::uuid',
    [campaignId],
  );
  if (row === undefined) return null;
  if (row.status === 'draft') return 'draft';
  const { ledger, calendar } = await library.campaign(campaignId);
  const { code, title, zone } = row;
  return { campaignId, code, title, zone, lamps: ledger.lamps, calendar, language, at, reading, library };
}

function exportedOf(
  database: Database,
  facts: ExportFacts,
  { kind, campaignId, units, all }: ExportWanted,
): Promise<Exported | { kind: 'unknown' | 'draft' | 'no-mode' }> {
  switch (kind) {
    case 'ledger':
      return ledgerExport(facts, { campaignId, units, all });
    case 'answers':
      return answersExport(facts);
    case 'ratings':
      return ratingsExport(facts);
    case 'attachment-1':
      return attachmentExport(database, facts, '1');
    case 'attachment-3':
      return attachmentExport(database, facts, '3');
  }
}

interface Counter {
  counted(sheet: Sheet): Sheet;
  done(): number;
  /** Rows of each sheet so far; two may have one name, and Excel's tabs differ. */
  bySheet: readonly { name: string; n: number }[];
}

/** Counts rows while they are written. */
function counter({ total }: Exported, told: (done: number, total: number) => Promise<void>): Counter {
  const bySheet: { name: string; n: number }[] = [];
  let done = 0;
  async function* counting(name: string, rows: Sheet['rows']): AsyncGenerator<Rows> {
    const count = { name, n: 0 };
    bySheet.push(count);
    for await (const batch of rows) {
      yield batch;
      done += batch.length;
      count.n += batch.length;
      await told(done, total);
    }
  }
  return {
    counted: (sheet) => ({ ...sheet, rows: counting(sheet.name, sheet.rows) }),
    done: () => done,
    bySheet,
  };
}

/** 说明: what the tables are of and as of when, how many rows (n) each has, and by which id the same file can be had again. */
async function about(
  facts: ExportFacts,
  { id, kind, units }: ExportWanted,
  { notes }: Exported,
  { bySheet }: Counter,
): Promise<Sheet> {
  const { language, title, at, zone, reading } = facts;
  const named =
    units === null
      ? []
      : await reading.run<{ name: Text }>(
          'SELECT name FROM unit WHERE id = ANY ($1::text[]::uuid[]) ORDER BY code',
          [units],
        );
  const row = (item: 'campaign' | 'kind' | 'of' | 'at' | 'id' | 'note', content: string): Cell[] => [
    sentence(language, `exports:about.${item}`),
    content,
  ];
  const of = { list: named.map(({ name }) => name) };
  function* rows(): Generator<Rows> {
    yield [
      row('campaign', inLanguage(title, language)),
      row('kind', sentence(language, `exports:${kind}`)),
      ...(units === null ? [] : [row('of', sentence(language, 'exports:words', { words: of }))]),
      row(
        'at',
        sentence(language, 'exports:about.instant', {
          on: { date: dateOf(at, zone) },
          at: timeOf(at, zone),
        }),
      ),
      ...bySheet.map(({ name, n }): Cell[] => [sentence(language, 'exports:about.n', { name }), n]),
      row('id', printedSnapshot(id)),
      ...notes.map((note) => row('note', sentence(language, note))),
    ];
  }
  return {
    name: sentence(language, 'exports:about'),
    columns: [
      { title: sentence(language, 'exports:about.item'), width: 24 },
      { title: sentence(language, 'exports:about.content'), width: 70 },
    ],
    rows: rows(),
  };
}
