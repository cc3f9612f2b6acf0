/** One record of a register, and its place: the row as a spreadsheet counts it, from 1, with the heading. */
export interface CsvRecord {
  row: number;
  cells: string[];
}

/** What cannot be read as comma-separated values, with its row and column from 1. */
export interface CsvSlip {
  row: number;
  column: number;
  kind: 'unclosed' | 'after-quote' | 'stray-quote';
}

/**
 * Reads comma-separated values as RFC 4180 has them: quotes around what holds commas, quotes or line ends, a quote
 * within them doubled, LF or CRLF. What spreadsheets add is taken too: a byte order mark, and tabs instead of commas
 * ("Unicode text"). Blank lines are passed over but counted. Reading stops at the first slip: what follows an unclosed
 * quote would all be wrong.
 */
export function readCsv(text: string): { records: CsvRecord[]; slip: CsvSlip | null } {
  const scan: Scan = { text, at: text.startsWith('\ufeff') ? 1 : 0, comma: separatorOf(text) };
  const records: CsvRecord[] = [];
  for (let row = 1; scan.at < text.length; row += 1) {
    const cells: string[] = [];
    let isLast = false;
    while (!isLast) {
      const cell = text[scan.at] === '"' ? quotedCell(scan) : plainCell(scan);
      if (typeof cell !== 'string')
        return { records, slip: { row, column: cells.length + 1, kind: cell.slip } };
      cells.push(cell);
      isLast = endOfCell(scan);
    }
    if (cells.some((cell) => cell.trim() !== '')) records.push({ row, cells });
  }
  return { records, slip: null };
}

interface Scan {
  text: string;
  at: number;
  comma: string;
}

/** Tabs where the heading has one. */
function separatorOf(text: string): string {
  const end = text.indexOf('\n');
  return text.slice(0, end < 0 ? text.length : end).includes('\t') ? '\t' : ',';
}

function plainCell(scan: Scan): string | { slip: CsvSlip['kind'] } {
  const { text, comma } = scan;
  const from = scan.at;
  let to = from;
  for (; to < text.length; to += 1) {
    const sign = text[to];
    if (sign === comma || sign === '\n' || (sign === '\r' && text[to + 1] === '\n')) break;
    if (sign === '"') return { slip: 'stray-quote' };
  }
  scan.at = to;
  return text.slice(from, to);
}

function quotedCell(scan: Scan): string | { slip: CsvSlip['kind'] } {
  const { text, comma } = scan;
  let cell = '';
  let from = scan.at + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return { slip: 'unclosed' };
    cell += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      scan.at = quote + 1;
      break;
    }
    cell += '"';
    from = quote + 2;
  }
  const next = text[scan.at];
  const isEnd = next === undefined || next === comma || next === '\n' || next === '\r';
  return isEnd ? cell : { slip: 'after-quote' };
}

/** Steps over what ends a cell. @returns whether the record ends too */
function endOfCell(scan: Scan): boolean {
  const { text, comma } = scan;
  if (text[scan.at] === comma) {
    scan.at += 1;
    return false;
  }
  scan.at += text[scan.at] === '\r' && text[scan.at + 1] === '\n' ? 2 : 1;
  return true;
}
