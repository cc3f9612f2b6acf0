import type { TableRow } from './table.ts';
import { dateOfSerial, type Numbers } from './workbook-dates.ts';
import { readXml } from './xml.ts';

/** Columns that are looked at; a roster has ten at most. */
const columnsMax = 64;
/** Merged cells that are looked at, for each row there may be: some stand in rows with nothing else. */
const mergedMax = 4 * columnsMax;
/** The largest number that is a date in a workbook: 31 December 9999. */
const serialMax = 2_958_465;

interface Cell {
  column: number;
  type: string;
  style: number;
  value: string;
  /** Null where it has none. */
  formula: string | null;
}

/** The rows of one sheet that have anything in them; null when it can't be read. */
export function readSheet(
  file: Uint8Array,
  texts: readonly string[],
  numbers: Numbers,
  rowsMax: number,
): TableRow[] | 'too-many-rows' | null {
  const rows = new Map<number, string[]>();
  const merges: string[] = [];
  let row = 0;
  let column = 0;
  let cell: Cell | null = null;
  let takes = false;
  let inFormula = false;
  let aloud = 0;
  const isSound = readXml(file, {
    open: (name, attributes) => {
      if (name === 'row') {
        row = Number(attributes.r ?? row + 1);
        column = 0;
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnIn(attributes.r);
        cell = {
          column,
          type: attributes.t ?? 'n',
          style: Number(attributes.s ?? 0),
          value: '',
          formula: null,
        };
      } else if (name === 'mergeCell') merges.push(attributes.ref ?? '');
      else if (name === 'rPh') aloud += 1;
      if (name === 'f' && cell !== null) cell.formula = '';
      inFormula = name === 'f';
      takes = cell !== null && aloud === 0 && (name === 'v' || name === 't');
    },
    text: (part) => {
      if (takes && cell !== null) cell.value += part;
      else if (inFormula && cell?.formula != null) cell.formula += part;
    },
    close: (name) => {
      takes = false;
      inFormula = false;
      if (name === 'rPh') aloud -= 1;
      if (name !== 'c' || cell === null) return;
      const given = cell.column > columnsMax ? '' : textOf(cell, texts, numbers);
      // One that nobody has worked out yet is told as what it is; what came to an empty text (`str`) is empty.
      const text =
        given.trim() === '' && cell.formula !== null && cell.type !== 'str' ? `=${cell.formula}` : given;
      if (text.trim() !== '') put(rows, row, cell.column, text);
      cell = null;
    },
  });
  if (!isSound) return null;
  if (rows.size > rowsMax) return 'too-many-rows';
  // Merged cells never lie over each other; a file in which they do would keep us busy for hours.
  let left = mergedMax * rowsMax;
  for (const merge of merges) {
    left -= spread(rows, merge);
    if (left < 0) return null;
  }
  return [...rows]
    .sort(([one], [other]) => one - other)
    .map(([number, cells]) => ({ row: number, cells: Array.from(cells, (text) => text ?? '') }));
}

function put(rows: Map<number, string[]>, row: number, column: number, text: string): void {
  const cells = rows.get(row) ?? [];
  cells[column - 1] = text;
  rows.set(row, cells);
}

function textOf(
  { type, style, value }: Cell,
  texts: readonly string[],
  { isDate, from1904 }: Numbers,
): string {
  if (type === 's') return texts[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  // `_x000D_` is how a workbook writes what XML can't (ECMA-376 part 1, 22.9.2.19).
  if (type !== 'n')
    return value.replace(/_x([0-9A-F]{4})_/giu, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) return value;
  if (isDate[style] === true && number >= 0 && number <= serialMax) return dateOfSerial(number, from1904);
  return String(number);
}

/**
 * What lies in merged cells stands in their first one; here in all of them that lie in a row with something else.
 * @returns how many cells were looked at
 */
function spread(rows: Map<number, string[]>, merge: string): number {
  const [, from = '', first, to = '', last] = /^\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)$/.exec(merge) ?? [];
  if (first === undefined || last === undefined) return 0;
  const [left, right] = [columnIn(from), Math.min(columnIn(to), columnsMax)];
  const [top, bottom] = [Number(first), Number(last)];
  const text = rows.get(top)?.[left - 1];
  if (text === undefined) return 0;
  const within =
    bottom - top > rows.size
      ? [...rows.keys()].filter((row) => row >= top && row <= bottom)
      : range(top, bottom);
  for (const row of within)
    if (rows.has(row)) for (let column = left; column <= right; column += 1) put(rows, row, column, text);
  return Math.min(bottom - top + 1, rows.size) * Math.max(1, right - left + 1);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function columnIn(address: string): number {
  let column = 0;
  for (const letter of address.replace(/[^A-Z]/gu, '')) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
