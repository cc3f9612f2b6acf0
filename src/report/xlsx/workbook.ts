import { partsXml, workbookXml } from './parts.ts';
import { rowSource, type Sheet, sheetXml } from './sheet.ts';
import { stylesXml } from './styles.ts';
import { type ZipEntry, zipped } from './zip.ts';

export type { Column, Rows, Sheet } from './sheet.ts';

/** A workbook: its title for the file's properties, the instant (ISO) it is as of, its sheets in the order of their tabs. */
export interface Book {
  title: string;
  at: string;
  sheets: readonly Sheet[];
}

/**
 * A workbook as .xlsx (ECMA-376), made while its rows are read: of a million rows a few thousand are in memory. Sheets are
 * written one after another, so that a later one may tell what was counted in an earlier. What is more than a sheet holds goes on in
 * another. The same book gives the same bytes.
 */
export function writeWorkbook(book: Book): AsyncGenerator<Buffer> {
  return zipped(entriesOf(book));
}

async function* entriesOf({ title, at, sheets }: Book): AsyncGenerator<ZipEntry> {
  for (const [name, content] of Object.entries(partsXml(title, at))) yield { name, content: [content] };
  yield { name: 'xl/styles.xml', content: [declaration, stylesXml] };
  const written: { name: string; headRow: number }[] = [];
  for (const sheet of sheets) {
    const source = rowSource(sheet.rows);
    do {
      const name = sheetName(
        sheet.name,
        written.map((one) => one.name),
      );
      written.push({ name, headRow: sheet.caption === undefined ? 1 : 2 });
      yield { name: `xl/worksheets/sheet${written.length}.xml`, content: sheetXml(sheet, source) };
    } while (!source.isOver());
  }
  const { workbook, relations } = workbookXml(written);
  yield { name: 'xl/_rels/workbook.xml.rels', content: [declaration, relations] };
  yield { name: 'xl/workbook.xml', content: [declaration, workbook] };
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Characters of a tab's name. */
const nameMax = 31;

/** A name that Excel takes for a tab, of its own in the workbook whatever the case of its letters. */
export function sheetName(wanted: string, taken: readonly string[]): string {
  const clean =
    wanted
      .replaceAll(/[[\]:*?/\\]/g, ' ')
      .replaceAll(/^'+|'+$/g, '')
      .trim() || 'Sheet';
  const used = new Set(taken.map((one) => one.toLowerCase()));
  for (let n = 1; ; n += 1) {
    const suffix = n === 1 ? '' : ` ${n}`;
    const name = `${[...clean]
      .slice(0, nameMax - suffix.length)
      .join('')
      .slice(0, nameMax - suffix.length)}${suffix}`;
    if (!used.has(name.toLowerCase())) return name;
  }
}
