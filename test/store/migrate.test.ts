import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { migrate, migrationsFolder } from '../../src/store/migrate.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';

let database: FreshDatabase;
let folder: string;
/** A schema and a connection that sees only it: an empty database, for a hundredth of the price. */
let client: pg.Client;
let made = 0;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-migrations-'));
  const schema = `empty_${made++}`;
  await database.pool.query(`CREATE SCHEMA ${schema}`);
  client = new pg.Client({ ...database.config, options: `-c search_path=${schema}` });
  await client.connect();
  return async () => {
    await client.end();
    await rm(folder, { recursive: true });
  };
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, 'migration.sql'), sql);
}

const history = async (): Promise<unknown[]> =>
  (
    await client.query(`SELECT migration_name AS name, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS rolled,
      applied_steps_count AS steps, logs FROM _prisma_migrations ORDER BY started_at, migration_name`)
  ).rows;

test('files are applied once, in the order of their names, and Prisma finds them as its own would be', async () => {
  await writeFile(path.join(folder, 'migration_lock.toml'), 'provider = "postgresql"');
  await write('2_second', 'ALTER TABLE t ADD COLUMN b int; -- ends in a comment');
  await write('1_first', 'CREATE TABLE t (a int)');
  expect(await migrate(client, folder)).toEqual(['1_first', '2_second']);
  expect(await migrate(client, folder)).toEqual([]);
  const { rows } = await client.query('SELECT * FROM _prisma_migrations ORDER BY migration_name');
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    checksum: createHash('sha256').update('CREATE TABLE t (a int)').digest('hex'),
    finished_at: expect.any(Date),
    migration_name: '1_first',
    logs: null,
    rolled_back_at: null,
    started_at: expect.any(Date),
    applied_steps_count: 1,
  });
  expect((await client.query('SELECT a, b FROM t')).rows).toEqual([]);
});

test('a file that fails leaves nothing but its record, and is applied once it is right', async () => {
  await write('1_first', 'CREATE TABLE t (a int)');
  await write('2_wrong', 'CREATE TABLE u (a int); ALTER TABLE nowhere ADD COLUMN b int');
  const failed = {
    code: 'migration-failed',
    params: { name: '2_wrong', reason: expect.stringContaining('nowhere') },
  };
  await expect(migrate(client, folder)).rejects.toMatchObject(failed);
  expect(
    (await client.query(`SELECT to_regclass('u') AS u, to_regclass('t') IS NOT NULL AS t`)).rows,
  ).toEqual([{ u: null, t: true }]);
  // Just what `prisma migrate` takes for a failed migration (its P3009).
  const wrong = { name: '2_wrong', finished: false, steps: 0, logs: expect.stringContaining('nowhere') };
  expect(await history()).toMatchObject([
    { name: '1_first', finished: true },
    { ...wrong, rolled: false },
  ]);
  await write('2_wrong', 'CREATE TABLE u (a int)');
  expect(await migrate(client, folder)).toEqual(['2_wrong']);
  expect(await history()).toMatchObject([
    { name: '1_first' },
    { ...wrong, rolled: true },
    { name: '2_wrong', finished: true },
  ]);
});

test('a file with its own BEGIN may fail too', async () => {
  await write('1_own', 'BEGIN; CREATE TABLE t (a int); SELECT 1/0; COMMIT');
  await expect(migrate(client, folder)).rejects.toMatchObject({
    code: 'migration-failed',
    params: { reason: 'division by zero' },
  });
  expect(await history()).toMatchObject([{ name: '1_own', finished: false, rolled: false }]);
});

test('a migration whose process was killed half way is taken up again', async () => {
  await write('1_first', 'CREATE TABLE t (a int)');
  await migrate(client, folder);
  await write('2_killed', 'CREATE TABLE u (a int)');
  // What a process leaves that dies while its statement runs: the record, and none of the work.
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('of-a-dead-process', 'x', '2_killed')`,
  );
  expect(await migrate(client, folder)).toEqual(['2_killed']);
});

test('a file that was changed after it was applied is refused; other ends of lines are no change', async () => {
  await write('1_first', 'CREATE TABLE t (\n a int\n)');
  await migrate(client, folder);
  await write('1_first', 'CREATE TABLE t (\r\n a int\r\n)');
  expect(await migrate(client, folder)).toEqual([]);
  await write('1_first', 'CREATE TABLE t (a bigint)');
  await write('2_second', 'CREATE TABLE u (a int)');
  await expect(migrate(client, folder)).rejects.toMatchObject({
    code: 'migration-changed',
    params: { name: '1_first' },
  });
  expect((await client.query(`SELECT to_regclass('u') AS u`)).rows).toEqual([{ u: null }]);
});

test('a database of a newer version is refused and left alone', async () => {
  await write('1_first', 'CREATE TABLE t (a int)');
  await write('3_newer', 'CREATE TABLE v (a int)');
  await migrate(client, folder);
  await rm(path.join(folder, '3_newer'), { recursive: true });
  await write('2_second', 'CREATE TABLE u (a int)');
  await expect(migrate(client, folder)).rejects.toMatchObject({
    code: 'migration-unknown',
    params: { name: '3_newer' },
  });
  expect(await history()).toHaveLength(2);
});

test('of many processes at once, one applies each file', async () => {
  await write('1_first', 'CREATE TABLE t (a int)');
  await write('2_slow', 'SELECT pg_sleep(0.2); CREATE TABLE u (a int)');
  const { rows } = await client.query('SHOW search_path');
  const options = `-c search_path=${rows[0].search_path}`;
  const pools = Array.from({ length: 4 }, () => new pg.Pool({ ...database.config, options }));
  const applied = await Promise.all(pools.map((pool) => migrate(pool, folder)));
  await Promise.all(pools.map((pool) => pool.end()));
  expect(applied.flat().sort()).toEqual(['1_first', '2_slow']);
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
});

test('no lock and no setting is left behind, for the next file or the next query', async () => {
  await write(
    '1_first',
    `CREATE TABLE t (a int); SELECT set_config('search_path', '', false); SET lock_timeout = 1`,
  );
  await write('2_second', 'ALTER TABLE t ADD COLUMN b int');
  const { rows } = await client.query('SHOW search_path');
  const pool = new pg.Pool({ ...database.config, max: 1, options: `-c search_path=${rows[0].search_path}` });
  expect(await migrate(pool, folder)).toEqual(['1_first', '2_second']);
  expect((await pool.query('SHOW lock_timeout')).rows).toEqual([{ lock_timeout: '0' }]);
  const locks = await pool.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 72707369
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
  await pool.end();
  expect(locks.rows).toEqual([]);
});

test("a folder that isn't there is an error, not a database without tables", async () => {
  await expect(migrate(client, path.join(folder, 'none'))).rejects.toThrow('ENOENT');
});

test('the migrations are found from src, from dist and from the root, and only with a package around them', async () => {
  const ours = migrationsFolder();
  expect(ours.endsWith(path.join('prisma', 'migrations'))).toBe(true);
  const root = path.dirname(path.dirname(ours));
  expect(migrationsFolder(path.join(root, 'dist', 'chunk.js'))).toBe(ours);
  expect(migrationsFolder(path.join(root, 'index.js'))).toBe(ours);
  expect(() => migrationsFolder(path.join(folder, 'file.js'))).toThrow('no package');
});
