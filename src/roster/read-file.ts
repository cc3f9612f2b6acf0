import { type CsvSlip, readCsv } from '../campaign/loading/csv.ts';
import { decode } from './decode.ts';
import type { RosterFault, RosterSentence, Table } from './table.ts';
import { readWorkbook } from './workbook.ts';
import { readZip } from './zip.ts';

/** How much a roster may hold: bytes of the file, bytes when unpacked, rows of all its tables. */
export interface RosterLimits {
  bytes: number;
  unpacked: number;
  rows: number;
}

/** What is read while a service runs for others: some seconds' work on a slow machine. */
export const chatLimits: RosterLimits = { bytes: 10_000_000, unpacked: 60_000_000, rows: 20_000 };
/** From a terminal: 100,000 windows and their halls. */
export const terminalLimits: RosterLimits = { bytes: 64_000_000, unpacked: 400_000_000, rows: 200_000 };

export type ReadFile = { tables: Table[]; faults?: never } | { tables?: never; faults: RosterFault[] };

/**
 * Reads a file as tables of text: .xlsx, or .csv in UTF-8 (with or without a mark), UTF-16 or GB 18030. What it is comes from
 * its bytes; the name only helps to say what is wrong with others.
 */
export function readRosterFile(name: string, bytes: Uint8Array, limits: RosterLimits): ReadFile {
  if (bytes.byteLength > limits.bytes)
    return refused('roster:file.too-big', { mb: limits.bytes / 1_000_000 });
  const read = startsWith(bytes, zipMark)
    ? readXlsx(bytes, limits)
    : startsWith(bytes, compoundMark)
      ? refused(compoundFault(name, bytes))
      : readText(name, bytes);
  if (read.tables === undefined) return read;
  const rows = read.tables.reduce((sum, table) => sum + table.rows.length, 0);
  return rows > limits.rows ? refused('roster:file.too-many-rows', { max: limits.rows }) : read;
}

const zipMark = [0x50, 0x4b, 0x03, 0x04];
/** OLE compound files: .xls of before 2007, and workbooks that open with a password ([MS-OFFCRYPTO] 2.3). */
const compoundMark = [0xd0, 0xcf, 0x11, 0xe0];

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

function compoundFault(name: string, bytes: Uint8Array): RosterSentence['key'] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.includes(Buffer.from('EncryptedPackage', 'utf16le'))) return 'roster:file.protected';
  return /\.et$/iu.test(name) ? 'roster:file.wps' : 'roster:file.old';
}

function readXlsx(bytes: Uint8Array, limits: RosterLimits): ReadFile {
  const zip = readZip(bytes, limits.unpacked);
  switch (zip.kind) {
    case 'damaged':
      return refused('roster:file.damaged');
    case 'encrypted':
      return refused('roster:file.protected');
    case 'swollen':
      return refused('roster:file.swollen', { mb: limits.unpacked / 1_000_000 });
    case 'files':
      return readWorkbookFiles(zip.files, limits);
  }
}

/** Calls itself what we take: then it is broken, and not of another kind. */
function isWorkbookName(name: string): boolean {
  return /\.xlsx$/iu.test(name);
}

function readWorkbookFiles(files: ReadonlyMap<string, Uint8Array>, limits: RosterLimits): ReadFile {
  const names = [...files.keys()];
  const types = Buffer.from(files.get('[Content_Types].xml') ?? []).toString();
  if (names.some((name) => /vbaProject\.bin$/iu.test(name)) || /macroEnabled/iu.test(types))
    return refused('roster:file.macro');
  if (!names.includes('xl/workbook.xml')) return refused('roster:file.other');
  const tables = readWorkbook(files, limits.rows);
  if (tables === 'too-many-rows') return refused('roster:file.too-many-rows', { max: limits.rows });
  return tables === null ? refused('roster:file.damaged') : { tables };
}

function readText(name: string, bytes: Uint8Array): ReadFile {
  if (bytes.byteLength === 0) return refused('roster:file.empty');
  const text = decode(bytes);
  if (text === null && isWorkbookName(name)) return refused('roster:file.damaged');
  if (text === null)
    return refused(/\.(?:csv|txt)$/iu.test(name) ? 'roster:file.binary' : 'roster:file.other');
  const { records, slip } = readCsv(text);
  if (slip !== null) return { faults: [slipFault(slip)] };
  return { tables: [{ name: null, rows: records }] };
}

function slipFault({ row, column, kind }: CsvSlip): RosterFault {
  return { sheet: null, row, column, sentence: { key: `roster:csv.${kind}`, params: {} } };
}

function refused(key: RosterSentence['key'], params: RosterSentence['params'] = {}): ReadFile {
  return { faults: [{ sheet: null, row: null, column: null, sentence: { key, params } }] };
}
