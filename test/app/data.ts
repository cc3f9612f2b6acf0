import type { Database } from '../../src/store/database.ts';
import { startEmbedded } from '../../src/store/embedded/embedded.ts';
import { openStrictly } from '../strict-database.ts';

/** Works on the database of a DATA_DIR, beside the service or without one. */
export async function onDatabase<Result>(
  dataDir: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const server = await startEmbedded(dataDir);
  const database = openStrictly(server.config);
  return work(database).finally(async () => {
    await database.close();
    await server.stop();
  });
}
