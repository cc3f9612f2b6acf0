import { fileTypeFromBuffer } from 'file-type';
import { expect, test } from 'vitest';
import { plainFile } from '../../src/plain-file/plain.ts';
import { imageSize } from '../../src/web/desk/image-size.ts';
import { thumbnailOf } from '../../src/web/desk/thumbnail.ts';
import { photo } from '../story/photo.ts';
import { exif, film, gif, heic, jpeg, pngChunk, taggedPng, tellTale, webp } from './pictures.ts';

const png = Buffer.from(plainFile(photo(100)) ?? []);

test.each([
  ['jpg', jpeg()],
  ['png', taggedPng(png)],
  ['webp', webp()],
  ['gif', gif()],
  ['heic', heic()],
  ['mov', film()],
])('%s: nothing of the device is left, and it is still what it was', async (kind, given) => {
  expect(given.toString('latin1')).toContain('GPS');
  const before = Buffer.from(given);
  const plain = Buffer.from(plainFile(given) ?? []);
  expect(given).toEqual(before);
  for (const word of tellTale.split(' ')) expect(plain.toString('latin1')).not.toContain(word);
  expect((await fileTypeFromBuffer(plain))?.ext).toBe(kind);
  // What is plain stays as it is.
  expect(Buffer.from(plainFile(plain) ?? [])).toEqual(plain);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('a photo held as %i stays as upright as it was', (orientation) => {
  const plain = Buffer.from(plainFile(jpeg(orientation)) ?? []);
  expect(imageSize(plain)).toMatchObject({ width: 80, height: 60, orientation });
  expect(plain.includes(exif(orientation).subarray(0, 18)) || orientation === 1).toBe(true);
});

test('a picture that says its items are in millions of pieces, or over each other, is not handed on', () => {
  const entry = (pieces: number) => Buffer.from([0, 2, 0, 0, pieces >> 8, pieces & 0xff]);
  const many = Array.from({ length: 40 }, () => entry(0xffff));
  expect(plainFile(heic({ entries: many, size: 0 }))).toBeNull();
  expect(plainFile(heic({ entries: [entry(1)], size: 0 }))).not.toBeNull();
  expect(plainFile(heic({ entries: [entry(3)], size: 0 }))).toBeNull();
  expect(plainFile(heic({ entries: [Buffer.concat([entry(3), Buffer.alloc(12)])], size: 4 }))).toBeNull();
});

test('boxes within boxes within boxes end somewhere', () => {
  const depth = 200_000;
  const nested = Buffer.alloc(depth * 8);
  for (let at = 0; at < depth; at += 1) {
    nested.writeUInt32BE((depth - at) * 8, at * 8);
    nested.write('moov', at * 8 + 4, 'latin1');
  }
  const given = Buffer.concat([film(), nested]);
  expect(plainFile(given)?.byteLength).toBe(given.length);
});

test('the film beside a burst is wiped too', () => {
  const beside = film();
  const given = Buffer.concat([heic(), beside.subarray(beside.readUInt32BE(0))]);
  const plain = Buffer.from(plainFile(given) ?? []).toString('latin1');
  for (const word of tellTale.split(' ')) expect(plain).not.toContain(word);
  expect(plain).toContain('coded picture');
  expect(plain).toContain('frames');
});

test('the picture itself is the same, byte for byte', async () => {
  const plain = Buffer.from(plainFile(jpeg(1)) ?? []).toString('latin1');
  expect(plain).toContain('\x2a\xff\0\xff\xd0\x2b');
  expect(plain).toContain('ICC_PROFILE\0colours');
  expect(plain.endsWith('\x2c\xff\xd9')).toBe(true);
  const upright = Buffer.from(plainFile(taggedPng(png)) ?? []);
  const held = pngChunk('eXIf', Buffer.alloc(26)).length;
  expect(upright.length).toBe(png.length + held);
  expect(await thumbnailOf('plain', upright)).toEqual(await thumbnailOf('given', png));
  expect(Buffer.from(plainFile(heic()) ?? []).toString('latin1')).toContain('coded picture');
  const plainFilm = Buffer.from(plainFile(film()) ?? []);
  expect(plainFilm.length).toBe(film().length);
  expect(plainFilm.toString('latin1')).toContain('frames');
  // When it was made is wiped, how long it is stays.
  expect(plainFilm.includes(Buffer.from([0xde, 0xad, 0xbe, 0xef]))).toBe(false);
  expect(plainFilm.includes(Buffer.from([0, 0, 2, 0x58, 0, 0, 4, 0xb0]))).toBe(true);
});

test('what calls itself a photo and cannot be read as one is not handed on; what is none comes back', () => {
  const broken = jpeg();
  broken.writeUInt16BE(0xffff, 22);
  expect(plainFile(broken)).toBeNull();
  expect(plainFile(Buffer.from('\x89PNG\r\n\x1a\nnothing', 'latin1'))).toBeNull();
  expect(plainFile(heic().subarray(0, 60))).toBeNull();
  const table = Buffer.from('PK\x03\x04 a workbook');
  expect(plainFile(table)).toBe(table);
  for (const kind of [jpeg(), taggedPng(png), webp(), gif(), heic(), film()])
    for (let length = 0; length < kind.length; length += 7)
      expect(String(plainFile(kind.subarray(0, length)))).toBeTypeOf('string');
});
