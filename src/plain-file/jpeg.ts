/** A JPEG without anything beside its picture. */
export interface PlainJpeg {
  bytes: Buffer;
  width: number;
  height: number;
  /** How the camera was held: Exif 2.3, tag 0x0112, 1–8. */
  orientation: number;
}

/**
 * Marker by marker (ITU T.81, B.1.1) to the end of the first picture: cameras append others, with data of their own. Of application data
 * only what the colours need is kept. Null for what is broken.
 */
export function plainJpeg(bytes: Buffer): PlainJpeg | null {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  let orientation = 1;
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) break;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end < at + 4 || end > bytes.length) return null;
    const segment = bytes.subarray(at, end);
    if (marker === 0xe1 && segment.toString('latin1', 4, 8) === 'Exif')
      orientation = orientationIn(segment.subarray(10)) ?? orientation;
    if (isFrame(marker) && segment.length > 9)
      size = { height: segment.readUInt16BE(5), width: segment.readUInt16BE(7) };
    if (isNeeded(marker, segment)) kept.push(segment);
    at = end;
    if (marker !== 0xda) continue;
    at = endOfScan(bytes, end);
    kept.push(bytes.subarray(end, at));
  }
  if (size === null || kept.length < 3) return null;
  return { bytes: Buffer.concat([...kept, Buffer.from([0xff, 0xd9])]), ...size, orientation };
}

/** SOF0 … SOF15 without DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** All but application data and comments; of those JFIF, colour profiles and Adobe's colour transform. */
function isNeeded(marker: number, segment: Buffer): boolean {
  if (marker === 0xfe) return false;
  if (marker < 0xe0 || marker > 0xef) return true;
  const name = segment.toString('latin1', 4, 16);
  return name.startsWith('JFIF\0') || name.startsWith('ICC_PROFILE\0') || name.startsWith('Adobe');
}

/** The marker after the coded data that begins here; restarts and stuffed bytes belong to it. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0xd9;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** Tag 0x0112 of the first directory of a TIFF header (Exif 2.3, 4.6.4); null where it is not said. */
export function orientationIn(tiff: Buffer): number | null {
  if (tiff.length < 14) return null;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let index = 0; index < Math.min(u16(first), 200); index += 1) {
    const entry = first + 2 + index * 12;
    const value = u16(entry) === 0x0112 ? u16(entry + 8) : 0;
    if (value >= 1 && value <= 8) return value;
  }
  return null;
}

/** A TIFF header whose only entry is how the camera was held. */
export function exifOf(orientation: number): Buffer {
  return Buffer.from([
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
}
