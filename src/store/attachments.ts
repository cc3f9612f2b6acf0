import { createHash } from 'node:crypto';
import type { Post } from '../channels/channel.ts';
import { plainFile } from '../plain-file/plain.ts';
import type { Database } from './database.ts';
import clearMade from './sql/clear-made-files.sql';
import type { Run } from './writes.ts';

/**
 * Stored files by their ids, in that order, as they may be handed on: without what a camera wrote beside the picture. What cannot be
 * read as the photo that it calls itself is left out.
 */
export async function loadFiles({ prisma }: Database, ids: string[]): Promise<Post['files']> {
  if (ids.length === 0) return [];
  const rows = await prisma.attachment.findMany({
    where: { id: { in: ids }, status: 'stored' },
    include: { content: true },
  });
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    if (row?.content == null) return [];
    const bytes = plainFile(row.content.bytes);
    return bytes === null ? [] : [{ name: row.name ?? id, mime: row.mime, bytes }];
  });
}

/** Who brought a file that nobody did. */
const ourselves = 'duban:made';

/** Keeps a file that was made here, to be sent along with a message. @returns its id */
export async function keepMade(
  run: Run,
  { name, mime, bytes }: Post['files'][number],
  at: string,
): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await run('INSERT INTO attachment_content (sha256, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    sha256,
    Buffer.from(bytes),
  ]);
  const [row] = await run<{ id: string }>(
    `INSERT INTO attachment (message_seq, external_id, urn, name, mime, size, sha256, status, received_at)
     VALUES (0, '', $1, $2, $3, $4, $5, 'stored', $6::timestamptz) RETURNING id::text`,
    [ourselves, name, mime, bytes.byteLength, sha256, at],
  );
  if (row === undefined) throw new Error('a file was not kept');
  return row.id;
}

/** Removes what was made here before an instant: it can be made again. */
export async function clearMadeFiles(run: Run, before: string): Promise<number> {
  return (await run(clearMade, [ourselves, before])).length;
}
