import type { Keys } from '../keys.ts';
import type { Database } from './database.ts';
import { StartFault } from './embedded/fault.ts';

/**
 * Holds a database to the key that it was first used with: with another, receipts would fit nothing and contacts could not be
 * read, without anybody noticing. @throws StartFault `other-key`
 */
export async function holdKey({ prisma }: Database, { fingerprint }: Keys): Promise<void> {
  await prisma.setting.createMany({ data: { key: 'key', value: fingerprint }, skipDuplicates: true });
  const row = await prisma.setting.findUniqueOrThrow({ where: { key: 'key' } });
  if (row.value !== fingerprint) throw new StartFault('other-key');
}
