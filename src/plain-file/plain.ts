import { plainHeif, plainMovie } from './boxes.ts';
import { plainGif, plainPng, plainWebp } from './chunks.ts';
import { exifOf, plainJpeg } from './jpeg.ts';

/**
 * A photo or short video as it may be handed on: without what the device wrote beside the picture (where and when it was taken, by which
 * device, in whose hands: Exif, XMP, IPTC, comments, thumbnails, whatever is appended), and upright as before. Bytes of the picture itself
 * stay as they are. What is no photo or video comes back as it is; WebM and BMP too, which have no place for a position.
 * @returns null for what calls itself a photo and cannot be read as one: nobody can say what is in it, so it is not handed on
 */
export function plainFile(bytes: Uint8Array): Uint8Array | null {
  const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = given.toString('latin1', 0, 12);
  if (mark.startsWith('\xff\xd8\xff')) {
    const found = plainJpeg(given);
    if (found === null) return null;
    const [start, rest] = [found.bytes.subarray(0, 2), found.bytes.subarray(2)];
    return found.orientation === 1 ? found.bytes : Buffer.concat([start, segment(found.orientation), rest]);
  }
  if (mark.startsWith('\x89PNG')) return plainPng(given);
  if (mark.startsWith('GIF8')) return plainGif(given);
  if (mark.startsWith('RIFF') && mark.endsWith('WEBP')) return plainWebp(given);
  if (mark.slice(4, 8) !== 'ftyp') return bytes;
  return stills.test(mark.slice(8)) ? plainHeif(given) : plainMovie(given);
}

/** Brands of ISO/IEC 23008-12: one picture or a burst, and not a film. */
const stills = /^(?:hei|hev|mif|msf|avi)/;

/** APP1 that says how the camera was held, and nothing else. */
function segment(orientation: number): Buffer {
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifOf(orientation)]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([head, exif]);
}
