import { expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { freshDatabase } from '../database.ts';

test('a lent connection that dies while nobody listens fails its next query and nothing else', async () => {
  const fresh = await freshDatabase();
  const faults: Error[] = [];
  const database = openDatabase(fresh.config, (fault) => faults.push(fault));
  const lent = await database.pool.connect();
  const { rows } = await lent.query('SELECT pg_backend_pid() AS pid');
  const gone = new Promise<void>((resolve) => lent.once('end', resolve));
  await fresh.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
  await gone;
  await expect(lent.query('SELECT 1')).rejects.toThrow();
  lent.release(true);
  expect((await database.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  expect(faults).toEqual([]);
  await database.close();
  await fresh.drop();
}, 10_000);
