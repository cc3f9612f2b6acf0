import type { Table } from './table.ts';
import { dateStyles, type Numbers } from './workbook-dates.ts';
import { readSheet } from './workbook-sheet.ts';
import { readXml } from './xml.ts';

/**
 * The tables of a workbook (ECMA-376 part 1, 18): its sheets that can be seen, as text; dates as YYYY-MM-DD, formulas as what
 * they last gave. Null when it can't be read.
 */
export function readWorkbook(
  files: ReadonlyMap<string, Uint8Array>,
  rowsMax: number,
): Table[] | 'too-many-rows' | null {
  const targets = targetsOf(files);
  const book = sheetsOf(files);
  if (targets === null || book === null) return null;
  const texts = textsOf(files, targets);
  const formats = dateStyles(files);
  if (texts === null || formats === null) return null;
  const numbers: Numbers = { isDate: formats, from1904: book.from1904 };
  const tables: Table[] = [];
  for (const { name, id } of book.sheets) {
    const file = files.get(targets.get(id)?.target ?? '');
    // A sheet of charts has no cells.
    if (file === undefined || !(targets.get(id)?.type ?? '').endsWith('/worksheet')) continue;
    const rows = readSheet(file, texts, numbers, rowsMax);
    if (rows === null || rows === 'too-many-rows') return rows;
    tables.push({ name, rows });
  }
  return tables;
}

type Targets = Map<string, { target: string; type: string }>;

/** Which files belong to the workbook, by the ids under which it names them. */
function targetsOf(files: ReadonlyMap<string, Uint8Array>): Targets | null {
  const targets: Targets = new Map();
  const isSound = readXml(files.get('xl/_rels/workbook.xml.rels') ?? new Uint8Array(), {
    open: (name, { Id = '', Target = '', Type = '' }) => {
      if (name === 'Relationship')
        targets.set(Id, {
          target: Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`,
          type: Type,
        });
    },
  });
  return isSound ? targets : null;
}

function sheetsOf(files: ReadonlyMap<string, Uint8Array>) {
  const sheets: { name: string; id: string }[] = [];
  let from1904 = false;
  const isSound = readXml(files.get('xl/workbook.xml') ?? new Uint8Array(), {
    open: (element, attributes) => {
      if (element === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (element !== 'sheet' || /hidden/iu.test(attributes.state ?? '')) return;
      const id = Object.entries(attributes).find(([name]) => /(?:^|:)id$/.test(name))?.[1] ?? '';
      sheets.push({ name: attributes.name ?? '', id });
    },
  });
  return isSound ? { sheets, from1904 } : null;
}

/** Texts that cells share; what says how they are read aloud (rPh) is none of them. */
function textsOf(files: ReadonlyMap<string, Uint8Array>, targets: Targets): string[] | null {
  const shared = [...targets.values()].find(({ type }) => type.endsWith('/sharedStrings'))?.target;
  const file = shared === undefined ? undefined : files.get(shared);
  const texts: string[] = [];
  if (file === undefined) return texts;
  let [text, isText, aloud] = ['', false, 0];
  const isSound = readXml(file, {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') aloud += 1;
      else isText = name === 't' && aloud === 0;
    },
    text: (part) => {
      if (isText) text += part;
    },
    close: (name) => {
      if (name === 'si') texts.push(text);
      else if (name === 'rPh') aloud -= 1;
      isText = false;
    },
  });
  return isSound ? texts : null;
}
