import { createHash } from 'node:crypto';
import { fileTypeFromBuffer } from 'file-type';
import type { InboundFile } from '../channels/channel.ts';
import { chatLimits } from '../roster/read-file.ts';
import type { IncomingFile } from '../store/inbox.ts';

/** Largest file kept, in bytes. */
export const fileBytesMax = 20 * 1024 * 1024;

/** What counts as a photo or a short video, by the bytes and not by what the sender calls it. */
export const mediaTypes = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/heic',
  'image/bmp',
  'video/mp4',
  'video/quicktime',
  'video/webm',
];

/** What browsers call tables; Windows calls a CSV file an Excel sheet. */
export const tableTypes = [
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.ms-excel',
  'text/csv',
];

/** What tables are called. Which of them can be read is for whoever reads them to say. */
const tableNames = /\.(?:xlsx|xlsm|xlsb|xls|et|csv|tsv)$/iu;

/** Decides what becomes of a file that came with a message: stored, refused (its metadata is kept), or fetched later. */
export async function inspectFile(file: InboundFile): Promise<IncomingFile> {
  const name = file.name?.replaceAll('\u0000', '').slice(0, 255) ?? null;
  const declared = { name, mime: file.mime.slice(0, 100), size: file.size ?? 0, sha256: null, bytes: null };
  if ('bytes' in file.source) return inspectBytes(name, file.mime, file.source.bytes);
  if (declared.size > fileBytesMax) return { ...declared, status: 'refused', ref: file.source.ref };
  return { ...declared, status: 'waiting', ref: file.source.ref };
}

/** As {@link inspectFile}, for bytes in hand. */
export async function inspectBytes(
  name: string | null,
  declared: string,
  bytes: Uint8Array,
): Promise<IncomingFile> {
  const found = (await fileTypeFromBuffer(bytes))?.mime;
  const known = { name, mime: found ?? declared.slice(0, 100), size: bytes.byteLength, ref: null };
  // Kept until it is known who sent it and what for: see sent-roster.ts.
  if (tableNames.test(name ?? '') && bytes.byteLength <= chatLimits.bytes)
    return { ...known, status: 'roster', sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
  // Bytes that nothing is known by are no photo, whatever they are called.
  if (bytes.byteLength > fileBytesMax || found === undefined || !mediaTypes.includes(found))
    return { ...known, status: 'refused', sha256: null, bytes: null };
  return { ...known, status: 'stored', sha256: createHash('sha256').update(bytes).digest('hex'), bytes };
}
