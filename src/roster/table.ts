import type { Params, SentenceKey } from '../flow/say.ts';

/** One sheet of a workbook, or a CSV file, as text. Rows and columns count from 1, as a spreadsheet shows them. */
export interface Table {
  /** The sheet's name; null for a file that is one table. */
  name: string | null;
  /** Rows with anything in them. What lies in a merged cell stands in every cell of it. */
  rows: TableRow[];
}

export interface TableRow {
  row: number;
  cells: string[];
}

/** Something wrong in a table, where it stands. `column` is null for the row as a whole, `row` for the table. */
export interface RosterFault {
  sheet: string | null;
  row: number | null;
  column: number | null;
  sentence: RosterSentence;
}

export interface RosterSentence {
  key: Extract<SentenceKey, `roster:${string}`>;
  params: Params;
}

/** A, B … Z, AA: how a spreadsheet calls its columns. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  return letters;
}
