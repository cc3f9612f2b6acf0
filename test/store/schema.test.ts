import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { Prisma } from '../../src/store/prisma/client.ts';
import { freshDatabase } from '../database.ts';

let fresh: Awaited<ReturnType<typeof freshDatabase>>;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.config, () => undefined);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

/** Counts, found by columns that may be null: Prisma has no models without a key, and SQL alone reads and writes these. */
const withoutKey = [
  'answer_count',
  'finding_count',
  'rating_tally',
  'rating_trace',
  'survey_visit',
  'task_count',
];

describe('the schema and the migrations agree', () => {
  const models = Object.values(Prisma.ModelName);
  it.each(models)('%s can be read from a migrated database', async (model) => {
    const name = `${model[0]?.toLowerCase()}${model.slice(1)}` as keyof typeof database.prisma;
    const delegate = database.prisma[name] as unknown as { findFirst(): Promise<unknown> };
    await expect(delegate.findFirst()).resolves.toBeNull();
  });
  it('every column of the migrations is in the schema', async () => {
    const { rows } = await fresh.pool.query<{ table: string; column: string }>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' AND table_name <> ALL ($1)
         AND table_name NOT IN (SELECT v.table_name FROM information_schema.views v WHERE v.table_schema = 'public')`,
      [withoutKey],
    );
    const scalars = Prisma as unknown as Record<string, Record<string, string>>;
    const count = models.reduce(
      (sum, model) => sum + Object.keys(scalars[`${model}ScalarFieldEnum`] ?? {}).length,
      0,
    );
    expect(rows.length).toBe(count);
  });
  it('every other table has no key that Prisma could go by', async () => {
    const { rows } = await fresh.pool.query<{ name: string }>(
      `SELECT t.table_name AS name FROM information_schema.tables t
       WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND NOT EXISTS (
         SELECT FROM information_schema.table_constraints k
         WHERE k.table_schema = 'public' AND k.table_name = t.table_name AND k.constraint_type = 'PRIMARY KEY')
       ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(withoutKey);
  });
});
