import { crc32 } from 'node:zlib';
import { exifOf, orientationIn } from './jpeg.ts';

/** What draws a PNG and its animation (PNG 3rd edition, 11): texts, times, Exif, provenance and whatever is unknown are left out. */
const drawn = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(
    ' ',
  ),
);

/** Null for what does not begin as a PNG does. What follows its end is left out. */
export function plainPng(bytes: Buffer): Buffer | null {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return null;
  const kept: Buffer[] = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const held = type === 'eXIf' ? orientationIn(bytes.subarray(at + 8, end - 4)) : null;
    if (held !== null && held !== 1) kept.push(pngChunk('eXIf', exifOf(held)));
    if (drawn.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') break;
    at = end;
  }
  return Buffer.concat(kept);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** Of the chunks of the container those that draw (WebP container specification); null for what is broken. */
export function plainWebp(bytes: Buffer): Buffer | null {
  const kept: Buffer[] = [];
  let orientation = 1;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    const type = bytes.toString('latin1', at, at + 4);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'EXIF') {
      const begins = data.toString('latin1', 0, 4) === 'Exif' ? 6 : 0;
      orientation = orientationIn(data.subarray(begins)) ?? orientation;
    } else if (['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'].includes(type))
      kept.push(Buffer.from(bytes.subarray(at, at + 8 + length + (length % 2))));
    at += 8 + length + (length % 2);
  }
  if (kept.length === 0) return null;
  const [first] = kept;
  const isExtended = first?.toString('latin1', 0, 4) === 'VP8X' && first.length > 8;
  // Flags: Exif 0x08, XMP 0x04.
  if (isExtended) first[8] = ((first[8] ?? 0) & ~0x0c) | (orientation === 1 ? 0 : 0x08);
  if (isExtended && orientation !== 1) {
    const exif = exifOf(orientation);
    const head = Buffer.from('EXIF\0\0\0\0', 'latin1');
    head.writeUInt32LE(exif.length, 4);
    kept.push(head, exif);
  }
  const riff = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  const body = Buffer.concat(kept);
  riff.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([riff, body]);
}

/** Without comments and application data but the count of loops (GIF89a, 24 and 26); null for what is broken. */
export function plainGif(bytes: Buffer): Buffer | null {
  if (bytes.length < 14) return null;
  const table = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 << ((flags & 7) + 1));
  let at = 13 + table(bytes[10] ?? 0);
  const kept: Buffer[] = [bytes.subarray(0, at)];
  while (at < bytes.length && bytes[at] !== 0x3b) {
    const isImage = bytes[at] === 0x2c;
    if (!isImage && bytes[at] !== 0x21) return null;
    const data = isImage ? at + 11 + table(bytes[at + 9] ?? 0) : at + 2;
    let end = data;
    while (end < bytes.length && bytes[end] !== 0) end += (bytes[end] ?? 0) + 1;
    const label = bytes[at + 1];
    const isLoop = /^(?:NETSCAPE2\.0|ANIMEXTS1\.0)/.test(bytes.toString('latin1', at + 3, at + 14));
    if (isImage || label === 0xf9 || (label === 0xff && isLoop)) kept.push(bytes.subarray(at, end + 1));
    at = end + 1;
  }
  return Buffer.concat([...kept, Buffer.from([0x3b])]);
}
