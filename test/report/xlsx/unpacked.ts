import { crc32, inflateRawSync } from 'node:zlib';
import sax from 'sax';
import { expect } from 'vitest';

/** A cell as it is stored: its style's number, its type, what is in it. */
export interface StoredCell {
  style: number;
  type: string;
  value: string;
}

/** A sheet as any reader finds it: cells by their places, and the document itself. */
export interface StoredSheet {
  name: string;
  cells: Map<string, StoredCell>;
  rows: string[][];
  xml: string;
}

/** The files of an archive by its directory, each checked against its sum. */
export function unzipped(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [crc, packed, length] = [16, 20, 28].map((offset) =>
      offset === 28 ? bytes.readUInt16LE(at + offset) : bytes.readUInt32LE(at + offset),
    ) as [number, number, number];
    const name = bytes.toString('utf8', at + 46, at + 46 + length);
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = inflateRawSync(bytes.subarray(from, from + packed));
    expect([name, crc32(content)]).toEqual([name, crc]);
    files.set(name, content.toString('utf8'));
    at += 46 + length;
  }
  return files;
}

/** The sheets of a workbook in the order of their tabs. Every part is read strictly: what is not well-formed fails the test. */
export function sheetsOf(bytes: Buffer): StoredSheet[] {
  const files = unzipped(bytes);
  for (const [name, xml] of files) expect([name, faultIn(xml)]).toEqual([name, null]);
  const workbook = files.get('xl/workbook.xml') ?? '';
  return [...workbook.matchAll(/<sheet name="([^"]*)"/g)].map(([, name = ''], index) =>
    sheetOf(name, files.get(`xl/worksheets/sheet${index + 1}.xml`) ?? ''),
  );
}

function faultIn(xml: string): string | null {
  let fault: string | null = null;
  const parser = sax.parser(true, {});
  parser.onerror = (error) => {
    fault ??= error.message;
  };
  parser.write(xml).close();
  return fault;
}

function sheetOf(name: string, xml: string): StoredSheet {
  const cells = new Map<string, StoredCell>();
  const rows: string[][] = [];
  const parser = sax.parser(true, {});
  let at: { place: string; cell: StoredCell } | null = null;
  let inValue = false;
  parser.onopentag = ({ name: tag, attributes }) => {
    if (tag === 'row') rows.push([]);
    if (tag === 'c') {
      const { r, s, t } = attributes as Record<string, string>;
      at = { place: r ?? '', cell: { style: Number(s), type: t ?? 'n', value: '' } };
    }
    inValue = tag === 'v' || tag === 't';
  };
  parser.ontext = (text) => {
    if (inValue && at !== null) at.cell.value += text;
  };
  parser.onclosetag = (tag) => {
    if (tag === 'v' || tag === 't') inValue = false;
    if (tag !== 'c' || at === null) return;
    cells.set(at.place, at.cell);
    const row = rows.at(-1) ?? [];
    row[columnIndex(at.place)] = at.cell.value;
    at = null;
  };
  parser.write(xml).close();
  return { name, cells, rows: rows.map((row) => Array.from(row, (value) => value ?? '')), xml };
}

function columnIndex(place: string): number {
  return [...place.replace(/\d+/, '')].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0) - 1;
}
