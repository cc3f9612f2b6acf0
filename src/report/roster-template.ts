import { sentence } from '../conversation/wording.ts';
import type { SentenceKey } from '../flow/say.ts';
import type { Language } from '../flow/text.ts';
import { type Column, columns, type SheetKind, sheetKinds, sheetNames } from '../roster/sheet.ts';
import { xlsxMime } from './xlsx/book.ts';
import { type Sheet, writeWorkbook } from './xlsx/workbook.ts';

/** Widths of columns, in letters. */
const width = { cell: 22, sheet: 12, field: 14, what: 90 } as const;

/** An empty roster: a sheet of headings for each kind, and one that explains every column. The same bytes for the same instant. */
export async function rosterTemplate(
  language: Language,
  at: string,
): Promise<{ name: string; mime: string; bytes: Uint8Array }> {
  const pieces: Buffer[] = [];
  const title = sentence(language, 'roster:template.title');
  const sheets = [explanations(language), ...sheetKinds.map((kind) => headed(kind, language))];
  for await (const piece of writeWorkbook({ title, at, sheets })) pieces.push(piece);
  return { name: `${title}.xlsx`, mime: xlsxMime, bytes: Buffer.concat(pieces) };
}

function word({ zh, en }: { zh: string; en: string }, language: Language): string {
  return language === 'zh-CN' ? zh : en;
}

function headed(kind: SheetKind, language: Language): Sheet {
  const known: Record<string, Column> = columns[kind];
  return {
    name: word(sheetNames[kind], language),
    columns: Object.values(known).map((column) => ({
      title: `${word(column, language)}${column.needed === true ? '*' : ''}`,
      width: width.cell,
    })),
    rows: [],
  };
}

function explanations(language: Language): Sheet {
  const say = (key: Parameters<typeof sentence>[1]) => sentence(language, key);
  const rows = sheetKinds.flatMap((kind) => {
    const known: Record<string, Column> = columns[kind];
    return Object.entries(known).map(([field, column]) => [
      word(sheetNames[kind], language),
      `${word(column, language)}${column.needed === true ? '*' : ''}`,
      say(explained(kind, field)),
    ]);
  });
  return {
    name: say('roster:template.sheet'),
    caption: say('roster:template.caption'),
    columns: [
      { title: say('roster:template.column.sheet'), width: width.sheet },
      { title: say('roster:template.column.field'), width: width.field },
      { title: say('roster:template.column.what'), width: width.what },
    ],
    rows: [rows],
  };
}

type Explained = Extract<SentenceKey, `roster:template.${string}`>;

/** What a column is for: of one kind of sheet, else of all. */
function explained(kind: SheetKind, field: string): Explained {
  return ofKind[`${kind}.${field}`] ?? ofAll[field] ?? 'roster:template.name';
}

const ofKind: Record<string, Explained> = {
  'units.kind': 'roster:template.kind',
  'windows.parent': 'roster:template.hall',
  'people.title': 'roster:template.person',
  'people.role': 'roster:template.role',
  'people.unit': 'roster:template.person-unit',
  'people.addresses': 'roster:template.addresses',
  'matters.name': 'roster:template.matter',
  'matters.unit': 'roster:template.matter-unit',
  'matters.flags': 'roster:template.flags',
  'matters.activity': 'roster:template.activity',
};

const ofAll: Record<string, Explained> = {
  id: 'roster:template.id',
  parent: 'roster:template.parent',
  aliases: 'roster:template.aliases',
  'name-en': 'roster:template.english',
  weight: 'roster:template.weight',
};
