import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { codeOf, StartFault } from './embedded/fault.ts';

interface Migration {
  name: string;
  sql: string;
}

interface Applied {
  migration_name: string;
  checksum: string;
}

/** Prisma's own advisory lock for migrations (`sql-schema-connector`, flavour/postgres.rs), so we never run beside it. */
const prismaLock = 72707369;

/** Its table, word for word, that `prisma migrate deploy` finds its own. */
const prismaTable = `CREATE TABLE _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`;

const lockMsMax = 60_000;

/**
 * Applies what is not applied yet of `folder/<name>/migration.sql`, in the order of names, and returns the names it applied.
 * Keeps Prisma's table as Prisma does, so `prisma migrate` agrees with us about what is applied, failed or changed. Of many
 * processes that do this at once, one works and the others wait. Each file runs as one simple query, hence in one
 * transaction with the note that it is finished: a migration that failed, or whose process was killed, has left nothing, is
 * marked as rolled back (as `prisma migrate resolve` does) and tried again by the next start.
 * Throws StartFault `migration-changed`, `migration-unknown`, `migration-failed`, `migration-busy`.
 */
export async function migrate(
  target: pg.Pool | pg.ClientBase,
  folder: string = migrationsFolder(),
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  if (!(target instanceof pg.Pool)) return migrateOn(target, migrations);
  const client = await target.connect();
  // A lost connection says so here too; the statement that it breaks is what tells us.
  client.on('error', () => undefined);
  try {
    return await migrateOn(client, migrations);
  } finally {
    // Migrations may leave settings behind, so nobody else shall get this connection.
    client.release(true);
  }
}

async function migrateOn(client: pg.ClientBase, migrations: Migration[]): Promise<string[]> {
  await lock(client);
  try {
    return await applyAll(client, migrations);
  } finally {
    // Fails only on a broken connection, and the lock has gone with that.
    await client.query(`SELECT pg_advisory_unlock(${prismaLock})`).catch(() => undefined);
  }
}

/** `prisma/migrations` of the package, from wherever in it this file runs: `src/store` or bundled in `dist`. */
export function migrationsFolder(from: string = fileURLToPath(import.meta.url)): string {
  const parent = path.dirname(from);
  if (parent === from)
    throw new Error(`no package with prisma/migrations above ${fileURLToPath(import.meta.url)}`);
  const folder = path.join(parent, 'prisma/migrations');
  return existsSync(path.join(parent, 'package.json')) && existsSync(folder)
    ? folder
    : migrationsFolder(parent);
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, sql: await readFile(path.join(folder, name, 'migration.sql'), 'utf8') })),
  );
}

async function lock(client: pg.ClientBase): Promise<void> {
  try {
    await client.query(`SET lock_timeout = ${lockMsMax}`);
    await client.query(`SELECT pg_advisory_lock(${prismaLock})`);
  } catch (error) {
    if (codeOf(error) !== '55P03') throw error;
    throw new StartFault('migration-busy', { seconds: String(lockMsMax / 1000) }, { cause: error });
  } finally {
    await client.query('RESET lock_timeout');
  }
}

async function applyAll(client: pg.ClientBase, migrations: Migration[]): Promise<string[]> {
  const table = await historyTable(client);
  const applied = await history(client, table);
  const done = new Map(applied.map((row) => [row.migration_name, row.checksum]));
  const names = new Set(migrations.map(({ name }) => name));
  const unknown = applied.find((row) => !names.has(row.migration_name));
  if (unknown) throw new StartFault('migration-unknown', { name: unknown.migration_name });
  const changed = migrations.find(({ name, sql }) => !isSame(sql, done.get(name)));
  if (changed) throw new StartFault('migration-changed', { name: changed.name });
  const fresh = migrations.filter(({ name }) => !done.has(name));
  for (const migration of fresh) await apply(client, table, migration);
  return fresh.map(({ name }) => name);
}

/** Makes Prisma's table unless it is there, and names it in full, for a migration may set another search path. */
async function historyTable(client: pg.ClientBase): Promise<string> {
  const find = `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
    WHERE pg_class.oid = to_regclass('_prisma_migrations')`;
  const found = await client.query<{ name: string }>(find);
  if (found.rows[0]) return found.rows[0].name;
  await client.query(prismaTable);
  return historyTable(client);
}

/** Buries what did not finish, and reads what did. */
async function history(client: pg.ClientBase, table: string): Promise<Applied[]> {
  await client.query(
    `UPDATE ${table} SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
  );
  const { rows } = await client.query<Applied>(
    `SELECT migration_name, checksum FROM ${table} WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}

async function apply(client: pg.ClientBase, table: string, { name, sql }: Migration): Promise<void> {
  const id = randomUUID();
  const begin = `INSERT INTO ${table} (id, checksum, migration_name) VALUES ($1, $2, $3)`;
  await client.query(begin, [id, checksumOf(sql), name]);
  try {
    await client.query(
      `${sql}\n;UPDATE ${table} SET finished_at = now(), applied_steps_count = 1 WHERE id = '${id}'`,
    );
  } catch (error) {
    // For a file that has its own BEGIN.
    await client.query('ROLLBACK');
    await client.query(`UPDATE ${table} SET logs = $2 WHERE id = $1`, [id, String(error)]);
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartFault('migration-failed', { name, reason }, { cause: error });
  }
  // What one file sets is not for the next.
  await client.query('RESET ALL');
}

/** Git may have changed the ends of lines, on either side; Prisma forgives it too (`checksum.rs`). */
function isSame(sql: string, checksum: string | undefined): boolean {
  if (checksum === undefined) return true;
  const unix = sql.replaceAll('\r\n', '\n');
  return [sql, unix, unix.replaceAll('\n', '\r\n')].some((text) => checksumOf(text) === checksum);
}

const checksumOf = (sql: string): string => createHash('sha256').update(sql).digest('hex');
