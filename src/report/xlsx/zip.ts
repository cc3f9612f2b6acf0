import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** One file of an archive; its text is asked for when its turn comes, piece by piece. */
export interface ZipEntry {
  name: string;
  content: AsyncIterable<string> | Iterable<string>;
}

/** What the directory at the end tells of an entry. */
interface Written {
  name: Buffer;
  at: number;
  crc: number;
  packed: number;
  size: number;
}

/**
 * Packs files as they are made (PKWARE APPNOTE 6.3, deflate, sizes behind the data): nothing is held but one piece. No date is
 * kept but the format's first day, so that the same text gives the same bytes.
 * @throws RangeError for what needs more than 32 bits: no reader of tables takes such a file anyway
 */
export async function* zipped(entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const directory: Written[] = [];
  let at = 0;
  for await (const { name, content } of entries) {
    const entry: Written = { name: Buffer.from(name), at, crc: 0, packed: 0, size: 0 };
    const head = localHeader(entry);
    yield head;
    for await (const bytes of deflated(content, entry)) {
      entry.packed += bytes.length;
      yield bytes;
    }
    const tail = Buffer.concat([words32([0x08074b50]), sizes(entry)]);
    yield tail;
    at += head.length + entry.packed + tail.length;
    directory.push(entry);
  }
  const listed = Buffer.concat(directory.map(centralHeader));
  yield listed;
  yield endOfDirectory(directory.length, listed.length, at);
}

async function* deflated(content: ZipEntry['content'], entry: Written): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw();
  const done = pipeline(measured(content, entry), deflate);
  // Whatever goes wrong is thrown by the loop as well.
  done.catch(() => undefined);
  for await (const bytes of deflate) yield bytes as Buffer;
  await done;
}

async function* measured(content: ZipEntry['content'], entry: Written): AsyncGenerator<Buffer> {
  for await (const text of content) {
    const bytes = Buffer.from(text);
    entry.crc = crc32(bytes, entry.crc);
    entry.size += bytes.length;
    yield bytes;
  }
}

/** 1980-01-01, 00:00. */
const date = 0x0021;
/** Sizes stand behind the data; names are UTF-8. */
const flags = 0x0808;
const deflate = 8;
const version = 20;

function localHeader({ name }: Written): Buffer {
  return Buffer.concat([
    words32([0x04034b50]),
    words16([version, flags, deflate, 0, date]),
    words32([0, 0, 0]),
    words16([name.length, 0]),
    name,
  ]);
}

function centralHeader(entry: Written): Buffer {
  return Buffer.concat([
    words32([0x02014b50]),
    words16([version, version, flags, deflate, 0, date]),
    sizes(entry),
    words16([entry.name.length, 0, 0, 0, 0]),
    words32([0, entry.at]),
    entry.name,
  ]);
}

function endOfDirectory(count: number, size: number, at: number): Buffer {
  return Buffer.concat([
    words32([0x06054b50]),
    words16([0, 0, count, count]),
    words32([size, at]),
    words16([0]),
  ]);
}

function sizes({ crc, packed, size }: Written): Buffer {
  return words32([crc, packed, size]);
}

function words16(values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, index) => {
    bytes.writeUInt16LE(value, 2 * index);
  });
  return bytes;
}

/** @throws RangeError beyond 32 bits */
function words32(values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => {
    bytes.writeUInt32LE(value, 4 * index);
  });
  return bytes;
}
