/** What a picture says of itself, read from its first bytes: nothing is decoded before it is known how large it becomes. */
export interface ImageSize {
  mime: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  width: number;
  height: number;
  /** Exif orientation, 1–8: how the camera was held. */
  orientation: number;
}

/** Null for what is no picture of these kinds, whatever it calls itself. */
export function imageSize(bytes: Buffer): ImageSize | null {
  if (bytes.length < 30) return null;
  if (bytes.readUInt32BE(0) === 0x89504e47)
    return {
      mime: 'image/png',
      width: bytes.readUInt32BE(16),
      height: bytes.readUInt32BE(20),
      orientation: 1,
    };
  if (bytes.toString('latin1', 0, 4) === 'GIF8')
    return { mime: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8), orientation: 1 };
  if (bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP')
    return webp(bytes);
  return bytes.readUInt16BE(0) === 0xffd8 ? jpeg(bytes) : null;
}

function webp(bytes: Buffer): ImageSize | null {
  const size = (width: number, height: number): ImageSize => ({
    mime: 'image/webp',
    width,
    height,
    orientation: 1,
  });
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return size(1 + bytes.readUIntLE(24, 3), 1 + bytes.readUIntLE(27, 3));
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return size(1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff));
    }
    case 'VP8 ':
      return size(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
    default:
      return null;
  }
}

/** Walks the segments up to the one that tells the size. */
function jpeg(bytes: Buffer): ImageSize | null {
  let orientation = 1;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    const length = bytes.readUInt16BE(at + 2);
    if (marker === 0xe1) orientation = orientationIn(bytes.subarray(at + 4, at + 2 + length)) ?? orientation;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return {
        mime: 'image/jpeg',
        width: bytes.readUInt16BE(at + 7),
        height: bytes.readUInt16BE(at + 5),
        orientation,
      };
    at += 2 + length;
  }
  return null;
}

/** Tag 0x0112 of the first directory (Exif 2.3, 4.6.4). */
function orientationIn(segment: Buffer): number | null {
  if (segment.toString('latin1', 0, 4) !== 'Exif' || segment.length < 16) return null;
  const tiff = segment.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const u32 = (at: number) =>
    at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at);
  const first = u32(4);
  for (let index = 0; index < Math.min(u16(first), 200); index += 1) {
    const entry = first + 2 + index * 12;
    const value = u16(entry) === 0x0112 ? u16(entry + 8) : 0;
    if (value >= 1 && value <= 8) return value;
  }
  return null;
}
