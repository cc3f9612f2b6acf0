import { renderAsync } from '@resvg/resvg-js';
import { type ImageSize, imageSize } from './image-size.ts';

/** Edge of a thumbnail in pixels: twice what the page shows, for sharp screens. */
const edge = 320;
/** Larger pictures are not decoded: a file of some kB can claim to be gigabytes. */
const pixelsMax = 25_000_000;
/** Thumbnails kept in memory, about 100 kB each. */
const keptMax = 200;

const pictured = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

/** Whether a file of this kind may be shown as a picture. */
export function isPictured(mime: string): boolean {
  return pictured.includes(mime);
}

const kept = new Map<string, Buffer>();
let last: Promise<unknown> = Promise.resolve();

/**
 * A square PNG of the middle of a picture, upright. One is made at a time: a decoded photo takes 50 MB.
 * @param sha256 of the bytes, by which it is remembered
 * @returns null for what is too large or no picture
 */
export async function thumbnailOf(sha256: string, bytes: Buffer): Promise<Buffer | null> {
  const known = kept.get(sha256);
  if (known !== undefined) return known;
  const size = imageSize(bytes);
  if (size === null || size.width * size.height > pixelsMax || size.width * size.height === 0) return null;
  const making = last.then(() => render(bytes, size));
  last = making.catch(() => undefined);
  const made = await making;
  const oldest = kept.keys().next();
  if (kept.size >= keptMax && oldest.done !== true) kept.delete(oldest.value);
  kept.set(sha256, made);
  return made;
}

async function render(bytes: Buffer, { mime, width, height, orientation }: ImageSize): Promise<Buffer> {
  const scale = edge / Math.min(width, height);
  const [w, h] = [width * scale, height * scale];
  // The camera's picture around the middle, then turned as it was held.
  const image = `<image x="${-w / 2}" y="${-h / 2}" width="${w}" height="${h}" href="data:${mime};base64,${bytes.toString('base64')}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${edge}" height="${edge}"><g transform="translate(${edge / 2} ${edge / 2}) ${turns[orientation] ?? ''}">${image}</g></svg>`;
  const drawn = await renderAsync(svg, { font: { loadSystemFonts: false } });
  return drawn.asPng();
}

/** By Exif orientation. */
const turns: Record<number, string> = {
  2: 'scale(-1 1)',
  3: 'rotate(180)',
  4: 'scale(1 -1)',
  5: 'rotate(90) scale(1 -1)',
  6: 'rotate(90)',
  7: 'rotate(-90) scale(1 -1)',
  8: 'rotate(-90)',
};
