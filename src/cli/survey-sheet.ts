import { writeFile } from 'node:fs/promises';
import { postersOpen } from '../commands/codes-list.ts';
import { sheetPages } from '../report/qr-sheet.ts';
import { sheetPdf } from '../report/qr-sheet-pdf.ts';
import { sheetPng } from '../report/qr-sheet-png.ts';
import { sheetCodes } from '../report/sheet-codes.ts';
import type { SurveyCode } from '../store/survey-codes.ts';
import { isThisMachine, pagesAddress } from '../survey-link.ts';
import { type Terminal, tell } from './terminal.ts';

/** survey sheet --out: all codes that are open, as one PDF, or as a PNG a page (`sheet.png`, or `sheet-1.png` and so on). */
export async function writeSheet(
  { config, options }: Terminal,
  codes: readonly SurveyCode[],
): Promise<number> {
  const [, stem, ending] = /^(.*)\.(pdf|png)$/i.exec(options.out ?? '') ?? [];
  if (stem === undefined || ending === undefined) {
    tell(process.stderr, 'codes:cli.bad-out');
    return 2;
  }
  const open = postersOpen(codes);
  if (open.length === 0) {
    const hasCases = codes.some(({ kind }) => kind === 'case');
    tell(process.stderr, hasCases ? 'codes:sheet.cases' : 'codes:cli.no-code');
    return 1;
  }
  const address = pagesAddress(config);
  warnOfGuess(address);
  const pages = sheetPages(sheetCodes(open, address));
  const files: [path: string, bytes: Uint8Array][] =
    ending.toLowerCase() === 'pdf'
      ? [[`${stem}.${ending}`, await sheetPdf(pages)]]
      : pages.map((page, n) => [`${stem}${pages.length > 1 ? `-${n + 1}` : ''}.${ending}`, sheetPng(page)]);
  for (const [path, bytes] of files) await writeFile(path, bytes);
  tell(process.stdout, isThisMachine(address) ? 'codes:cli.sample' : 'codes:cli.sheet', {
    path: { list: files.map(([path]) => path) },
    count: open.length,
  });
  return 0;
}

/** A command line knows neither where people reach the service nor on which port it listens, unless PUBLIC_URL says it. */
export function warnOfGuess(pages: string): void {
  if (isThisMachine(pages)) tell(process.stderr, 'codes:cli.no-address', { pages });
}
