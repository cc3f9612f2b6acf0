import { crc32 } from 'node:zlib';

/** What a phone writes beside a picture, and nobody but its sender should read. */
export const tellTale = 'GPS N30.52 E120.94 PhoneMaker Model-9';

const latin = (text: string) => Buffer.from(text, 'latin1');

function u16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

function u32(value: number): Buffer {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(value);
  return four;
}

/** Exif that says how the camera was held (1–8), and more than that. */
export function exif(orientation: number): Buffer {
  const entry = Buffer.concat([u16(0x0112), u16(3), u32(1), u16(orientation), u16(0)]);
  return Buffer.concat([latin('MM\0*'), u32(8), u16(1), entry, u32(0), latin(tellTale)]);
}

/** A JPEG of 80 by 60 with Exif, XMP, IPTC, a comment, two scans, and another picture behind it. */
export function jpeg(orientation = 6): Buffer {
  const segment = (marker: number, data: Buffer) =>
    Buffer.concat([Buffer.from([0xff, marker]), u16(data.length + 2), data]);
  const scan = segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0]));
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, latin('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')),
    segment(0xe1, Buffer.concat([latin('Exif\0\0'), exif(orientation)])),
    segment(0xe1, latin(`http://ns.adobe.com/xap/1.0/\0${tellTale}`)),
    segment(0xe2, latin('ICC_PROFILE\0colours')),
    segment(0xe2, latin(`MPF\0${tellTale}`)),
    segment(0xed, latin(`Photoshop 3.0\0${tellTale}`)),
    segment(0xfe, latin(tellTale)),
    segment(0xc0, Buffer.from([8, 0, 60, 0, 80, 1, 1, 0x11, 0])),
    scan,
    Buffer.from([0x2a, 0xff, 0, 0xff, 0xd0, 0x2b]),
    segment(0xc4, Buffer.from([1, 2, 3])),
    scan,
    Buffer.from([0x2c, 0xff, 0xd9]),
    latin(tellTale),
  ]);
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([latin(type), data]);
  return Buffer.concat([u32(data.length), named, u32(crc32(named))]);
}

/** The PNG with Exif and text before its picture, and something behind its end. */
export function taggedPng(plain: Buffer): Buffer {
  const added = [pngChunk('eXIf', exif(6)), pngChunk('tEXt', latin(`Comment\0${tellTale}`))];
  return Buffer.concat([plain.subarray(0, 33), ...added, plain.subarray(33), latin(tellTale)]);
}

export function webp(orientation = 8): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(data.length);
    return Buffer.concat([latin(type), length, data, Buffer.alloc(data.length % 2)]);
  };
  const body = Buffer.concat([
    latin('WEBP'),
    chunk('VP8X', Buffer.from([0x0c, 0, 0, 0, 79, 0, 0, 59, 0, 0])),
    chunk('VP8L', latin('picture')),
    chunk('EXIF', exif(orientation)),
    chunk('XMP ', latin(tellTale)),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([latin('RIFF'), length, body]);
}

export function gif(): Buffer {
  const block = (text: string) => Buffer.concat([Buffer.from([text.length]), latin(text)]);
  return Buffer.concat([
    latin('GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff'),
    Buffer.from([0x21, 0xff]),
    block('NETSCAPE2.0'),
    block('\x01\0\0'),
    Buffer.from([0, 0x21, 0xff]),
    block('XMP DataXMP'),
    block(tellTale),
    Buffer.from([0, 0x21, 0xfe]),
    block(tellTale),
    Buffer.from([0]),
    latin(',\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;'),
    latin(tellTale),
  ]);
}

function box(type: string, ...parts: Buffer[]): Buffer {
  const data = Buffer.concat(parts);
  return Buffer.concat([u32(data.length + 8), latin(type), data]);
}

/**
 * A HEIF picture whose item 1 is coded data and item 2 is Exif.
 * @param places entries that say where items are, in place of its own; `size`: of an offset in them, in bytes
 */
export function heic(places?: { entries: Buffer[]; size: number }): Buffer {
  const file = latin('ftypheic\0\0\0\0mif1heic');
  const head = Buffer.concat([u32(file.length + 4), file]);
  const item = (id: number, type: string) =>
    box('infe', u32(0x02000000), u16(id), u16(0), latin(`${type}\0`));
  const coded = latin('coded picture');
  const data = exif(6);
  const meta = (base: number) =>
    box(
      'meta',
      u32(0),
      box('iinf', u32(0), u16(2), item(1, 'hvc1'), item(2, 'Exif')),
      box(
        'iloc',
        u32(0),
        u16(places === undefined ? 0x4400 : places.size << 12),
        ...(places === undefined
          ? [
              u16(2),
              ...[u16(1), u16(0), u16(1), u32(base), u32(coded.length)],
              ...[u16(2), u16(0), u16(1), u32(base + coded.length), u32(data.length)],
            ]
          : [u16(places.entries.length), ...places.entries]),
      ),
    );
  const begin = head.length + meta(0).length + 8;
  return Buffer.concat([head, meta(begin), box('mdat', coded, data)]);
}

/** A film with the place of its maker, as iPhones and Androids write it. */
export function film(): Buffer {
  return Buffer.concat([
    box('ftyp', latin('qt  \0\0\0\0qt  ')),
    box('mdat', latin('frames')),
    box(
      'moov',
      box('mvhd', u32(0), u32(0xdeadbeef), u32(0xdeadbeef), u32(600), u32(1200)),
      box('trak', box('tkhd', u32(0), u32(0xdeadbeef)), box('udta', box('name', latin(tellTale)))),
      box('udta', box('\xa9xyz', latin(tellTale))),
      box('meta', u32(0), latin(tellTale)),
    ),
  ]);
}
