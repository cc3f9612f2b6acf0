import { type Cell, cellXml, textXml } from './cell.ts';

/** A column's heading and how wide it is, in letters of the body. */
export interface Column {
  title: string;
  width: number;
}

/** Rows of a sheet, each with a cell a column. */
export type Rows = readonly (readonly Cell[])[];

/** A table. `caption` stands above the headings; rows come a batch at a time. */
export interface Sheet {
  name: string;
  caption?: string;
  columns: readonly Column[];
  rows: AsyncIterable<Rows> | Iterable<Rows>;
}

/** Rows of one sheet, headings included (Excel's limit). */
export const rowsMax = 1_048_576;
/** Characters of one sheet's XML, well below what an archive's entry may be. */
const lengthMax = 1_200_000_000;
/** Characters that are handed on at once. */
const pieceMin = 65_536;

/** Rows on their way into one sheet or, when that is full, several. */
export interface RowSource {
  /** The next batch; null when there is none. */
  next(): Promise<Rows | null>;
  putBack(rows: Rows): void;
  isOver(): boolean;
}

export function rowSource(rows: Sheet['rows']): RowSource {
  const batches = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  let left: Rows = [];
  let over = false;
  return {
    next: async () => {
      if (left.length > 0) {
        const given = left;
        left = [];
        return given;
      }
      const batch = await batches.next();
      over = batch.done === true;
      return batch.done === true ? null : batch.value;
    },
    putBack: (rest) => {
      left = rest;
    },
    isOver: () => over,
  };
}

/** One sheet (ECMA-376 part 1, 18.3): headings that stay in sight, then rows for as long as there is room, then the filter. */
export async function* sheetXml(
  { caption, columns, rows: _, ...sheet }: Sheet,
  source: RowSource,
  limits = { rows: rowsMax, length: lengthMax },
): AsyncGenerator<string> {
  const names = columns.map((_column, index) => columnName(index));
  const headRow = caption === undefined ? 1 : 2;
  let piece = headXml({ ...sheet, columns, ...(caption === undefined ? {} : { caption }) }, names, headRow);
  const written = rowWriter(names);
  let row = headRow;
  let length = 0;
  for (let batch = await source.next(); batch !== null; batch = await source.next()) {
    let taken = 0;
    for (const cells of batch) {
      if (row === limits.rows || length + piece.length > limits.length) break;
      taken += 1;
      row += 1;
      piece += written(cells, row);
      if (piece.length < pieceMin) continue;
      length += piece.length;
      yield piece;
      piece = '';
    }
    if (taken < batch.length) {
      source.putBack(batch.slice(taken));
      break;
    }
  }
  const last = names.at(-1) ?? 'A';
  const merged =
    caption === undefined || names.length < 2
      ? ''
      : `<mergeCells count="1"><mergeCell ref="A1:${last}1"/></mergeCells>`;
  yield `${piece}</sheetData><autoFilter ref="A${headRow}:${last}${row}"/>${merged}${printed}</worksheet>`;
}

/** A4, lying; as wide as one page. */
const printed =
  '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>';

function headXml({ caption, columns }: Omit<Sheet, 'rows'>, names: string[], headRow: number): string {
  const widths = columns.map(
    ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const above =
    caption === undefined
      ? ''
      : `<row r="1" ht="32" customHeight="1"><c r="A1"${textXml(caption, 'caption')}</row>`;
  const heads = columns.map(
    ({ title }, index) => `<c r="${names[index]}${headRow}"${textXml(title, 'head')}`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headRow}" topLeftCell="A${headRow + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    `<sheetFormatPr defaultRowHeight="15"/><cols>${widths.join('')}</cols><sheetData>`,
    `${above}<row r="${headRow}">${heads.join('')}</row>`,
  ].join('');
}

/** Writes rows; a text that stands below the same text, as what a record is of does in each of its rows, is made once. */
function rowWriter(names: readonly string[]): (cells: readonly Cell[], row: number) => string {
  const above: { cell: Cell; xml: string }[] = names.map(() => ({ cell: null, xml: '' }));
  return (cells, row) => {
    let xml = `<row r="${row}">`;
    names.forEach((name, index) => {
      const last = above[index];
      const cell = cells[index] ?? null;
      if (last === undefined || cell === null) return;
      if (cell !== last.cell) {
        last.cell = cell;
        last.xml = cellXml(cell);
      }
      if (last.xml !== '') xml += `<c r="${name}${row}"${last.xml}`;
    });
    return `${xml}</row>`;
  };
}

/** A, B … Z, AA … */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}
