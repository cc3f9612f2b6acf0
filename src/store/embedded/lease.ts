import pg from 'pg';
import { codeOf, isAway, isPassing } from './fault.ts';
import { lockClass, useLock } from './locks.ts';
import { openSession, type Session } from './session.ts';
import { database, port, superuser } from './settings.ts';

/** Where the server is, for pg.Pool, pg.Client and @prisma/adapter-pg. */
export interface ServerConfig {
  /** The socket's folder. */
  host: string;
  port: number;
  user: string;
  database: string;
  ssl: false;
}

export const serverConfig = (host: string): ServerConfig => ({
  host,
  port,
  user: superuser,
  database,
  ssl: false,
});

/** Our word that the server is in use: as long as any process has a lease, nobody shuts it down. */
export interface Lease {
  config: ServerConfig;
  /** Resolves when the connection is gone, whoever ended it. */
  ended: Promise<void>;
  /** Gives the lease up. True: no other lease is left and none can be taken; the server is ours to shut down. */
  yield(): Promise<boolean>;
  end(): Promise<void>;
}

/**
 * Takes a lease. `nobody`: no server listens there. `later`: one is there, but starts, stops or has yet to get its database.
 * Any other trouble throws.
 */
export async function takeLease(host: string): Promise<Lease | 'nobody' | 'later'> {
  const config = serverConfig(host);
  try {
    const session = await openSession({ ...config, application_name: 'duban lease' }, async (session) => {
      await session.query('SELECT pg_advisory_lock_shared($1, $2)', [lockClass, useLock]);
    });
    return { config, ended: session.ended, yield: () => isLast(session), end: () => session.client.end() };
  } catch (error) {
    return refusal(error, config);
  }
}

async function isLast({ client, rouse }: Session): Promise<boolean> {
  rouse();
  await client.query('SELECT pg_advisory_unlock_shared($1, $2)', [lockClass, useLock]);
  const { rows } = await client.query<{ last: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS last', [
    lockClass,
    useLock,
  ]);
  return rows[0]?.last === true;
}

async function refusal(error: unknown, config: ServerConfig): Promise<'nobody' | 'later'> {
  if (isAway(error)) return 'nobody';
  if (isPassing(error)) return 'later';
  if (codeOf(error) !== '3D000') throw error;
  await createDatabase(config);
  return 'later';
}

async function createDatabase(config: ServerConfig): Promise<void> {
  const client = new pg.Client({ ...config, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${database}`);
  } catch (error) {
    // Another process made it at the same time (the second code: at the very same).
    if (codeOf(error) !== '42P04' && codeOf(error) !== '23505') throw error;
  } finally {
    await client.end();
  }
}
