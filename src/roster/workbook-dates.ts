import { readXml } from './xml.ts';

/** How numbers of a workbook are read. `isDate`: by the index of the cell's style. */
export interface Numbers {
  isDate: readonly boolean[];
  from1904: boolean;
}

/** Formats that every workbook has and that are dates (ECMA-376 part 1, 18.8.30), with those of Chinese workbooks. */
const builtIn = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

/** Which of a workbook's styles show a number as a date; null when they can't be read. */
export function dateStyles(files: ReadonlyMap<string, Uint8Array>): boolean[] | null {
  const own = new Map<number, boolean>();
  const styles: boolean[] = [];
  const file = files.get('xl/styles.xml');
  if (file === undefined) return styles;
  let isCells = false;
  const isSound = readXml(file, {
    open: (name, attributes) => {
      const id = Number(attributes.numFmtId ?? 0);
      if (name === 'numFmt') own.set(id, isDateCode(attributes.formatCode ?? ''));
      if (name === 'cellXfs') isCells = true;
      if (name === 'xf' && isCells) styles.push(own.get(id) ?? builtIn.has(id));
    },
    close: (name) => {
      if (name === 'cellXfs') isCells = false;
    },
  });
  return isSound ? styles : null;
}

/** A year or a day in a format, outside quotes and brackets. */
function isDateCode(code: string): boolean {
  return /[yd]/iu.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./gu, ''));
}

const dayMs = 86_400_000;

/** A number of days since the beginning of its workbook's time as YYYY-MM-DD. 1900 counts a 29 February that was none. */
export function dateOfSerial(serial: number, from1904: boolean): string {
  const first = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30);
  return new Date(first + Math.floor(serial) * dayMs).toISOString().slice(0, 10);
}
