import type pg from 'pg';
import { type Database, runOn } from './database.ts';
import type { Run } from './writes.ts';

/** Reads of one moment: whatever is written meanwhile is not in them. */
export interface Reading {
  run: Run;
  /** Rows of a statement of any length, a batch at a time; the next batch is fetched while one is worked on. */
  rows<Row>(sql: string, values: unknown[], atOnce?: number): AsyncGenerator<Row[]>;
}

/** Rows of one batch: a few hundred kilobytes. */
const batchSize = 1_000;

/** Opens one moment for reading, for as long as `work` takes. */
export async function readingAt<Result>(
  { pool }: Database,
  work: (reading: Reading) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (fault: Error) => {
    broken = fault;
  };
  // As in inTransaction: a lent connection that dies unheard would end the process.
  client.on('error', onError);
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    let cursors = 0;
    return await work({
      run: runOn(client),
      rows: (sql, values, atOnce = batchSize) => {
        cursors += 1;
        return fetched(client, `rows_${cursors}`, { sql, values, atOnce });
      },
    });
  } finally {
    await client.query('ROLLBACK').catch((fault: Error) => {
      broken = fault;
    });
    client.off('error', onError);
    client.release(broken);
  }
}

async function* fetched<Row>(
  client: pg.PoolClient,
  name: string,
  { sql, values, atOnce }: { sql: string; values: unknown[]; atOnce: number },
): AsyncGenerator<Row[]> {
  await client.query({ text: `DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`, values });
  const fetch = async () => (await client.query(`FETCH ${atOnce} FROM ${name}`)).rows as Row[];
  let next = fetch();
  for (;;) {
    const batch = await next;
    if (batch.length < atOnce) {
      if (batch.length > 0) yield batch;
      break;
    }
    next = fetch();
    // Should nobody ask for it any more, its fault is nobody's.
    next.catch(() => undefined);
    yield batch;
  }
  await client.query(`CLOSE ${name}`);
}
