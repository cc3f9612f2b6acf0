import type { Picture } from './paper.ts';

type Image = Pick<Picture, 'type' | 'bytes' | 'width' | 'height' | 'turned'>;

/**
 * A photo as Word shows it; null for what is neither PNG nor JPEG, or is broken. What a phone writes into a JPEG beside the
 * picture (where it was taken, by which device: Exif, XMP, IPTC) is left out, and how it was held is kept.
 */
export function readPhoto(bytes: Uint8Array): Image | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength > 33 && view.getUint32(0) === pngMark && view.getUint32(12) === header)
    return sized({ type: 'png', bytes, width: view.getUint32(16), height: view.getUint32(20), turned: 0 });
  return bytes.byteLength > 4 && view.getUint16(0) === jpegMark ? jpeg(bytes, view) : null;
}

const pngMark = 0x89504e47;
/** IHDR */
const header = 0x49484452;
const jpegMark = 0xffd8;
/** Exif and XMP, and Photoshop's IPTC. */
const tellTales = [0xe1, 0xed];

/** Marker by marker up to the picture itself (ITU T.81, B.1.1). */
function jpeg(bytes: Uint8Array, view: DataView): Image | null {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  let turned: Image['turned'] = 0;
  let at = 2;
  while (at + 4 <= bytes.byteLength && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const end = at + 2 + view.getUint16(at + 2);
    if (marker === 0xda || end > bytes.byteLength) break;
    if (marker === 0xe1) turned = orientationIn(bytes.subarray(at + 4, end)) ?? turned;
    if (isFrame(marker)) size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    if (!tellTales.includes(marker)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  if (size === null || bytes[at + 1] !== 0xda) return null;
  kept.push(bytes.subarray(at));
  return sized({ type: 'jpg', bytes: new Uint8Array(Buffer.concat(kept)), ...size, turned });
}

/** SOF0 … SOF15 without DHT, JPG and DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

const sized = (image: Image) => (image.width > 0 && image.height > 0 ? image : null);

/** How the phone was held (Exif 2.3, tag 0x0112), in degrees clockwise; null where it is not said. A mirrored one counts as turned. */
function orientationIn(segment: Uint8Array): Image['turned'] | null {
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength);
  if (segment.byteLength < 20 || view.getUint32(0) !== 0x45786966) return null;
  const little = view.getUint16(6) === 0x4949;
  const start = 6 + view.getUint32(10, little);
  if (start + 2 > segment.byteLength) return null;
  const entries = view.getUint16(start, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = start + 2 + entry * 12;
    if (at + 12 > segment.byteLength) return null;
    if (view.getUint16(at, little) === 0x0112) return turns[view.getUint16(at + 8, little)] ?? 0;
  }
  return null;
}

const turns: Record<number, Image['turned']> = { 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270 };
