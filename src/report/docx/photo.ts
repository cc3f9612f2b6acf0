import { plainPng } from '../../plain-file/chunks.ts';
import { plainJpeg } from '../../plain-file/jpeg.ts';
import type { Picture } from './paper.ts';

type Image = Pick<Picture, 'type' | 'bytes' | 'width' | 'height' | 'turned'>;

/**
 * A photo as Word shows it; null for what is neither PNG nor JPEG, or is broken. What a phone writes beside the picture is left out as
 * in all that is handed on (plain-file/plain.ts); how it was held is told to Word apart.
 */
export function readPhoto(given: Uint8Array): Image | null {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  if (bytes.length < 5) return null;
  if (bytes.readUInt32BE(0) === 0x89504e47) {
    const plain = plainPng(bytes);
    if (plain === null) return null;
    const [width, height] = [plain.readUInt32BE(16), plain.readUInt32BE(20)];
    return sized({ type: 'png', bytes: new Uint8Array(plain), width, height, turned: 0 });
  }
  const plain = bytes.readUInt16BE(0) === 0xffd8 ? plainJpeg(bytes) : null;
  if (plain === null) return null;
  const { width, height, orientation } = plain;
  const turned = turns[orientation] ?? 0;
  return sized({ type: 'jpg', bytes: new Uint8Array(plain.bytes), width, height, turned });
}

const sized = (image: Image) => (image.width > 0 && image.height > 0 ? image : null);

/** In degrees clockwise, by Exif orientation; a mirrored one counts as turned. */
const turns: Record<number, Image['turned']> = { 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270 };
