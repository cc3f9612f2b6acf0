import { Resvg } from '@resvg/resvg-js';
import { expect } from 'vitest';

/** Decodes a PNG by drawing it. */
export function pixelsOf(png: Uint8Array): { width: number; height: number; pixels: Uint8Array } {
  const buffer = Buffer.from(png);
  expect(buffer.subarray(1, 4).toString('latin1')).toBe('PNG');
  const [width, height] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20)];
  const href = `data:image/png;base64,${buffer.toString('base64')}`;
  const picture = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image href="${href}" width="${width}" height="${height}"/></svg>`,
  ).render();
  return { width: picture.width, height: picture.height, pixels: new Uint8Array(picture.pixels) };
}

/** The shades that occur in some of its dots, by their red. */
export function greysOf({ pixels }: { pixels: Uint8Array }): Set<number> {
  const greys = new Set<number>();
  for (let at = 0; at < pixels.length; at += 4 * 7) greys.add(pixels[at] ?? 0);
  return greys;
}
