/** A box of an ISO base media file (ISO/IEC 14496-12, 4.2): where it and what is in it begin and end. */
interface Box {
  type: string;
  at: number;
  from: number;
  end: number;
}

function boxesIn(bytes: Buffer, from: number, end: number): Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= end; ) {
    const short = bytes.readUInt32BE(at);
    const isLong = short === 1 && at + 16 <= end;
    const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? end - at : short;
    if (size < 8 || at + size > end) break;
    const type = bytes.toString('latin1', at + 4, at + 8);
    found.push({ type, at, from: at + (isLong ? 16 : 8), end: at + size });
    at += size;
  }
  return found;
}

/** Boxes of a film that tell of whoever made it; what is in them is wiped where it stands, so that nothing else moves. */
const telling = new Set(['udta', 'meta', 'uuid', 'cprt', 'loci']);
const holding = new Set(['moov', 'trak', 'mdia']);

/** A film without what stands beside its tracks, and without its times. */
export function plainMovie(given: Buffer): Buffer {
  const bytes = Buffer.from(given);
  for (const box of boxesIn(bytes, 0, bytes.length)) wipe(bytes, box);
  return bytes;
}

/** @param depth of what stands in others: a film's go no deeper than moov, trak, mdia and what is in that */
function wipe(bytes: Buffer, box: Box, depth = 0): void {
  if (telling.has(box.type)) {
    bytes.write('free', box.at + 4, 'latin1');
    bytes.fill(0, box.from, box.end);
  } else if (['mvhd', 'tkhd', 'mdhd'].includes(box.type))
    bytes.fill(0, box.from + 4, box.from + (bytes[box.from] === 1 ? 20 : 12));
  else if (holding.has(box.type) && depth < 3)
    for (const inside of boxesIn(bytes, box.from, box.end)) wipe(bytes, inside, depth + 1);
}

/**
 * A HEIF picture with its Exif and XMP wiped (ISO/IEC 23008-12, A.2): these are items beside the picture, and how it was held is a
 * property of the picture. Null when it is not told where they are.
 */
export function plainHeif(given: Buffer): Buffer | null {
  const bytes = Buffer.from(given);
  const all = boxesIn(bytes, 0, bytes.length);
  const meta = all.find(({ type }) => type === 'meta');
  if (meta === undefined) return null;
  // A burst has a film beside it.
  for (const box of all) if (box !== meta) wipe(bytes, box);
  const inside = boxesIn(bytes, meta.from + 4, meta.end);
  const at = (type: string) => inside.find((one) => one.type === type);
  const [info, places] = [at('iinf'), at('iloc')];
  if (info === undefined || places === undefined) return null;
  const items = tellingItems(bytes, info);
  let left = bytes.length;
  try {
    for (const { item, from, end } of extentsIn(bytes, places, at('idat'))) {
      if (!items.has(item)) continue;
      // No two items are in one place.
      left -= end - from;
      if (left < 0) return null;
      bytes.fill(0, from, end);
    }
  } catch (fault) {
    // It ends before what it promises.
    if (fault instanceof RangeError) return null;
    throw fault;
  }
  return bytes;
}

/** Items that are Exif or XMP, by their numbers (infe, version 2 and 3). */
function tellingItems(bytes: Buffer, info: Box): Set<number> {
  const head = info.from + (bytes[info.from] === 0 ? 6 : 8);
  return new Set(
    boxesIn(bytes, head, info.end).flatMap(({ from }) => {
      const isLong = bytes[from] === 3;
      const type = bytes.toString('latin1', from + (isLong ? 10 : 8), from + (isLong ? 14 : 12));
      if (type !== 'Exif' && type !== 'mime' && type !== 'uri ') return [];
      return isLong ? bytes.readUInt32BE(from + 4) : bytes.readUInt16BE(from + 4);
    }),
  );
}

/** Pieces of the items of one file: a burst of large pictures, each of many tiles, has some thousands. */
const extentsMax = 100_000;

/** Where the items' data stand in the file (iloc, versions 0 to 2). @throws RangeError for what is cut short */
function extentsIn(
  bytes: Buffer,
  { from }: Box,
  idat: Box | undefined,
): { item: number; from: number; end: number }[] {
  const version = bytes[from] ?? 0;
  const sizes = bytes.readUInt16BE(from + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  let at = from + 6;
  const take = (size: number): number => {
    const value =
      size === 0 ? 0 : size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size);
    at += size;
    return value;
  };
  const found: { item: number; from: number; end: number }[] = [];
  const wide = version < 2 ? 2 : 4;
  for (let left = take(wide); left > 0; left -= 1) {
    const item = take(wide);
    const isInside = version > 0 && (take(2) & 15) === 1;
    take(2);
    const base = take(baseSize) + (isInside ? (idat?.from ?? 0) : 0);
    for (let extents = take(2); extents > 0; extents -= 1) {
      if (found.length === extentsMax) throw new RangeError('more pieces than a picture has');
      take(indexSize);
      const begin = base + take(offsetSize);
      const length = take(lengthSize);
      found.push({ item, from: begin, end: length === 0 ? bytes.length : begin + length });
    }
  }
  return found;
}
