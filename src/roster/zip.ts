import { inflateRawSync } from 'node:zlib';

export type ReadZip =
  | { kind: 'files'; files: Map<string, Uint8Array> }
  | { kind: 'damaged' | 'encrypted' | 'swollen' };

/** Files that a workbook has; far more than any has. */
const filesMax = 5000;
const endMark = 0x06054b50;
const entryMark = 0x02014b50;

/**
 * Unpacks what a workbook's text is in (.xml, .rels; of all other files the name alone), and never more than `bytesMax`,
 * whatever the file says of its sizes.
 */
export function readZip(bytes: Uint8Array, bytesMax: number): ReadZip {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = new Map<string, Uint8Array>();
  let left = bytesMax;
  try {
    const end = endOf(zip);
    const count = zip.readUInt16LE(end + 10);
    let at = zip.readUInt32LE(end + 16);
    if (count > filesMax) return { kind: 'swollen' };
    for (let entry = 0; entry < count; entry += 1) {
      if (zip.readUInt32LE(at) !== entryMark) return { kind: 'damaged' };
      const [nameLength, extraLength, noteLength] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place));
      const name = zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0)).replaceAll('\\', '/');
      if ((zip.readUInt16LE(at + 8) & 1) === 1) return { kind: 'encrypted' };
      const isText = /\.(?:xml|rels)$/iu.test(name);
      const content = isText ? contentAt(zip, at, left) : new Uint8Array();
      files.set(name, content);
      left -= content.byteLength;
      at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (noteLength ?? 0);
    }
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') return { kind: 'swollen' };
    // What reads beyond the end, or does not unpack.
    if (fault instanceof RangeError || code?.startsWith('Z_') === true) return { kind: 'damaged' };
    throw fault;
  }
  return { kind: 'files', files };
}

/** The record at the end; a comment of up to 64 kB may stand behind it. */
function endOf(zip: Buffer): number {
  const first = Math.max(0, zip.length - 22 - 0xffff);
  for (let at = zip.length - 22; at >= first; at -= 1) if (zip.readUInt32LE(at) === endMark) return at;
  throw new RangeError('no end of a zip file');
}

function contentAt(zip: Buffer, entry: number, bytesMax: number): Uint8Array {
  const method = zip.readUInt16LE(entry + 10);
  const size = zip.readUInt32LE(entry + 20);
  const local = zip.readUInt32LE(entry + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  if (start + size > zip.length) throw new RangeError('a file ends before it ends');
  const packed = zip.subarray(start, start + size);
  if (method === 0) {
    if (size > bytesMax) throw Object.assign(new RangeError('too large'), { code: 'ERR_BUFFER_TOO_LARGE' });
    return packed;
  }
  if (method !== 8) throw new RangeError('packed in a way that workbooks are not');
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, bytesMax) });
}
