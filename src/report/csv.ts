/** What a spreadsheet would take for a formula when it opens a file, in either width. */
const formula = /^[=+\-@＝＋－＠\t\r]/u;

/**
 * Rows as comma-separated values (RFC 4180) that spreadsheets open as they are: with a byte order mark, so that Chinese is
 * read as such, CRLF, and an apostrophe before what would be run as a formula: the words in the cells are other people's.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('')}`;
}

function cellOf(text: string): string {
  const harmless = formula.test(text) ? `'${text}` : text;
  return /["\r\n,\t]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
