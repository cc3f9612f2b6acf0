import { type Database, openDatabase } from '../../src/store/database.ts';
import { startEmbedded } from '../../src/store/embedded/embedded.ts';

/** Works on the database of a DATA_DIR, beside the service or without one. */
export async function onDatabase<Result>(
  dataDir: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const server = await startEmbedded(dataDir);
  const database = openDatabase(server.config, (fault) => {
    throw fault;
  });
  return work(database).finally(async () => {
    await database.close();
    await server.stop();
  });
}
