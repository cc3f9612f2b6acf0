import type { Post } from '../channels/channel.ts';
import type { Database } from './database.ts';

/** Stored files by their ids, in that order, as they were received. */
export async function loadFiles({ prisma }: Database, ids: string[]): Promise<Post['files']> {
  if (ids.length === 0) return [];
  const rows = await prisma.attachment.findMany({
    where: { id: { in: ids }, status: 'stored' },
    include: { content: true },
  });
  return ids.flatMap((id) => {
    const row = rows.find((one) => one.id === id);
    if (row?.content == null) return [];
    return [{ name: row.name ?? id, mime: row.mime, bytes: row.content.bytes }];
  });
}
