import type { PoolConfig } from 'pg';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { type Database, openDatabase, runOn } from './database.ts';
import { type Claim, claimService } from './embedded/claim.ts';
import { startEmbedded } from './embedded/embedded.ts';
import { StartFault } from './embedded/fault.ts';
import { migrate } from './migrate.ts';

export interface OpenStore {
  database: Database;
  config: PoolConfig;
  embedded: boolean;
  /** One line to tell the operator. */
  note: string | null;
  /** Resolves when the database is lost for good or another service has claimed it. Never rejects. */
  lost: Promise<Error>;
  close(): Promise<void>;
}

/**
 * Opens and migrates the database of the environment: `DATABASE_URL`, or the embedded server of `DATA_DIR`.
 * @param claim as the one service of an embedded database; a command beside it makes no claim
 * @throws StartFault
 */
export async function openStore(
  { dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
  log: Log,
  claim: boolean,
): Promise<OpenStore> {
  const server = databaseUrl === null ? await startEmbedded(dataDir) : null;
  const config: PoolConfig = server?.config ?? { connectionString: databaseUrl ?? '' };
  const giveUp = async () => server?.stop();
  try {
    const claimed = claim && server !== null ? await claimService(server.config) : undefined;
    if (claimed === null) throw new StartFault('second-service', { dataDir });
    const database = openDatabase(config, (fault) =>
      log.warn({ err: fault }, 'a database connection was lost'),
    );
    await checkVersion(database).catch(closing(database));
    await migrate(database.pool).catch(closing(database));
    return {
      database,
      config,
      embedded: server !== null,
      note: server?.note === undefined ? null : server.home,
      lost: Promise.race([server?.lost ?? never(), claimed?.lost ?? never()]),
      close: async () => {
        await database.close();
        await release(claimed);
        await giveUp();
      },
    };
  } catch (fault) {
    await giveUp();
    throw fault;
  }
}

function never(): Promise<Error> {
  return new Promise(() => undefined);
}

async function release(claimed: Claim | undefined): Promise<void> {
  await claimed?.release();
}

function closing(database: Database): (fault: unknown) => Promise<never> {
  return async (fault) => {
    await database.close();
    throw fault;
  };
}

async function checkVersion(database: Database): Promise<void> {
  const rows = await runOn(database.pool)<{ number: string }>(
    `SELECT current_setting('server_version_num') AS number`,
    [],
  ).catch((fault: unknown) => {
    const reason = fault instanceof Error && 'code' in fault ? String(fault.code) : 'no connection';
    throw new StartFault('database', { reason }, { cause: fault });
  });
  const found = Math.floor(Number(rows[0]?.number ?? 0) / 10_000);
  if (found < 15) throw new StartFault('old-postgres', { found: String(found) });
}
