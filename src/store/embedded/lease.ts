import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { codeOf, isAway, isPassing } from './fault.ts';
import type { Home } from './home.ts';
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
 * A server of another cluster is `nobody`. Any other trouble throws.
 */
export async function takeLease(host: string, home: Home): Promise<Lease | 'nobody' | 'later'> {
  const config = serverConfig(host);
  const named = { ...config, application_name: 'duban lease', connectionTimeoutMillis: 10_000 };
  let ours = false;
  try {
    const session = await openSession(named, async (client) => {
      await client.query('SELECT pg_advisory_lock_shared($1, $2)', [lockClass, useLock]);
      ours = await isOn(client, home);
    });
    if (ours)
      return { config, ended: session.ended, yield: () => isLast(session), end: () => session.client.end() };
    await session.client.end();
    return 'nobody';
  } catch (error) {
    return refusal(error, config);
  }
}

/**
 * Whether the server works on our very files. A copy of a running DATA_DIR holds the id and the socket of the original's
 * server, and paths differ from container to container; so we put a file down and ask whether it is seen.
 */
async function isOn(client: pg.Client, home: Home): Promise<boolean> {
  const name = `seen-${randomBytes(8).toString('hex')}`;
  const file = path.join(home.path, name);
  await writeFile(file, '');
  try {
    const { rows } = await client.query('SELECT size FROM pg_stat_file($1, true)', [`../${name}`]);
    return rows[0]?.size != null;
  } finally {
    await rm(file);
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
