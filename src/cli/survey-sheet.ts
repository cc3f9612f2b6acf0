import { writeFile } from 'node:fs/promises';
import { postersOpen } from '../commands/codes-list.ts';
import { sheetPages } from '../report/qr-sheet.ts';
import { sheetPdf } from '../report/qr-sheet-pdf.ts';
import { sheetPng } from '../report/qr-sheet-png.ts';
import { sheetCodes } from '../report/sheet-codes.ts';
import type { SurveyCode } from '../store/survey-codes.ts';
import { isThisMachine, pagesAddress } from '../survey-link.ts';
import { type Terminal, tell } from './terminal.ts';

/** survey sheet --out: all codes that are open and of no single case. */
export async function printAgain(terminal: Terminal, codes: readonly SurveyCode[]): Promise<number> {
  if (!isSheetName(terminal.options.out ?? '')) {
    tell(process.stderr, 'codes:cli.bad-out');
    return 2;
  }
  const open = postersOpen(codes);
  if (open.length === 0) {
    const hasCases = codes.some(({ kind }) => kind === 'case');
    tell(process.stderr, hasCases ? 'codes:sheet.cases' : 'codes:cli.no-code');
    return 1;
  }
  warnOfGuess(pagesAddress(terminal.config));
  await writeSheet(terminal, open);
  return 0;
}

const sheetName = /^(.*)\.(pdf|png)$/i;

export function isSheetName(out: string): boolean {
  return sheetName.test(out);
}

/** Codes as one PDF, or as a PNG a page (`sheet.png`, or `sheet-1.png` and so on), named by --out ({@link isSheetName}). */
export async function writeSheet({ config, options }: Terminal, codes: readonly SurveyCode[]): Promise<void> {
  const [, stem = '', ending = ''] = sheetName.exec(options.out ?? '') ?? [];
  const address = pagesAddress(config);
  const pages = sheetPages(sheetCodes(codes, address));
  const files: [path: string, bytes: Uint8Array][] =
    ending.toLowerCase() === 'pdf'
      ? [[`${stem}.${ending}`, await sheetPdf(pages)]]
      : pages.map((page, n) => [`${stem}${pages.length > 1 ? `-${n + 1}` : ''}.${ending}`, sheetPng(page)]);
  for (const [path, bytes] of files) await writeFile(path, bytes);
  // Where a script reads the codes, nothing else stands among them.
  const stream = options.json === true ? process.stderr : process.stdout;
  tell(stream, isThisMachine(address) ? 'codes:cli.sample' : 'codes:cli.sheet', {
    path: { list: files.map(([path]) => path) },
    count: codes.length,
  });
}

/** A command line knows neither where people reach the service nor on which port it listens, unless PUBLIC_URL says it. */
export function warnOfGuess(pages: string): void {
  if (isThisMachine(pages)) tell(process.stderr, 'codes:cli.no-address', { pages });
}
