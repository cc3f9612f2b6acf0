import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { imageSize } from '../../../src/web/desk/image-size.ts';
import { thumbnailOf } from '../../../src/web/desk/thumbnail.ts';
import { photo, sha256 } from '../../story/photo.ts';

const drawn = (width: number, height: number): Buffer =>
  new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#ffffff"/><rect width="${width / 2}" height="${height}" fill="#ff0000"/></svg>`,
  )
    .render()
    .asPng();

test('sizes are read from the first bytes of every kind of picture', () => {
  expect(imageSize(drawn(300, 200))).toEqual({ mime: 'image/png', width: 300, height: 200, orientation: 1 });
  const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([0x20, 0x03, 0x58, 0x02]), Buffer.alloc(40)]);
  expect(imageSize(gif)).toMatchObject({ mime: 'image/gif', width: 800, height: 600 });
  const exif = Buffer.from('Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0', 'latin1');
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif]);
  const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, 0x0b, 0xb8, 0x0f, 0xa0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8]), segment, frame, Buffer.alloc(30)]);
  expect(imageSize(jpeg)).toEqual({ mime: 'image/jpeg', width: 4000, height: 3000, orientation: 6 });
  const webp = Buffer.concat([
    Buffer.from('RIFF\0\0\0\0WEBPVP8X', 'latin1'),
    Buffer.from([10, 0, 0, 0, 0, 0, 0, 0, 0x1f, 3, 0, 0x57, 2, 0]),
    Buffer.alloc(20),
  ]);
  expect(imageSize(webp)).toMatchObject({ mime: 'image/webp', width: 800, height: 600 });
});

test('what is no picture, or cut short, has no size', () => {
  for (const bytes of [
    '',
    '\xff\xd8',
    '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    'MZ'.repeat(50),
    '\xff\xd8\xff\xe1\xff\xff'.repeat(20),
  ])
    expect([bytes.slice(0, 4), imageSize(Buffer.from(bytes, 'latin1'))]).toEqual([bytes.slice(0, 4), null]);
  const noStep = Buffer.alloc(60, 0);
  noStep.set([0xff, 0xd8, 0xff, 0xe0]);
  expect(imageSize(noStep)).toBeNull();
});

test('a thumbnail is a square PNG of the middle', async () => {
  const bytes = drawn(1200, 600);
  const made = await thumbnailOf(sha256(bytes), bytes);
  expect(made === null ? null : imageSize(made)).toEqual({
    mime: 'image/png',
    width: 320,
    height: 320,
    orientation: 1,
  });
  const { pixels, width } = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320"><image width="320" height="320" href="data:image/png;base64,${made?.toString('base64')}"/></svg>`,
  ).render();
  const at = (x: number, y: number) => [...pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)];
  expect([at(10, 160), at(310, 160)]).toEqual([
    [255, 0, 0],
    [255, 255, 255],
  ]);
});

test('a file that claims to be gigabytes is not decoded', async () => {
  const bytes = Buffer.from(photo(10));
  bytes.writeUInt32BE(60_000, 16);
  bytes.writeUInt32BE(60_000, 20);
  expect(await thumbnailOf(sha256(bytes), bytes)).toBeNull();
});
