import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../database.ts';

let one: FreshDatabase;
let other: FreshDatabase;
beforeAll(async () => {
  [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
});
afterAll(() => Promise.all([one.drop(), other.drop()]));

test('a fresh database is migrated, and its address is an address', async () => {
  const client = new pg.Client(one.url);
  await client.connect();
  const { rows } = await client.query(
    'SELECT current_database() AS name, count(*)::int AS failed FROM _prisma_migrations WHERE finished_at IS NULL',
  );
  await client.end();
  expect(rows).toEqual([{ name: one.config.database, failed: 0 }]);
});

test('what one writes, the other does not have', async () => {
  await one.pool.query('CREATE TABLE mine (n int)');
  const { rows } = await other.pool.query(`SELECT to_regclass('mine') AS mine`);
  expect(rows).toEqual([{ mine: null }]);
});
