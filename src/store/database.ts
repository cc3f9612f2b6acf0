import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './prisma/client.ts';
import { SerialClient } from './serial-client.ts';
import type { Run } from './writes.ts';

export type Transaction = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'
>;

export interface Database {
  pool: pg.Pool;
  /**
   * For what is looked up by somebody who holds a connection of the pool already: were it taken from there too, as many turns as there
   * are connections would wait for each other.
   */
  beside: pg.Pool;
  prisma: PrismaClient;
  close(): Promise<void>;
}

/** Opens one pool, shared by Prisma and by the hand-written statements of the inbox, the turn and the outbox. */
export function openDatabase(config: pg.PoolConfig, onPoolFault: (fault: Error) => void): Database {
  const pool = new pg.Pool({ max: 12, Client: SerialClient, ...config });
  const beside = new pg.Pool({ ...config, max: 1, Client: SerialClient });
  // Without a listener, a connection that dies while idle (server restart) would end the process.
  for (const one of [pool, beside]) one.on('error', onPoolFault);
  // A lent one that dies tells by its query. It may tell once more, when whoever has it listens no longer (graphile-worker 0.16.6
  // sends UNLISTEN over a lost connection): unheard, that would end the process too.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    beside,
    prisma,
    close: async () => {
      await prisma.$disconnect();
      await Promise.all([pool.end(), beside.end()]);
    },
  };
}

/** Statements by their text, so that each connection parses and plans them once. */
const names = new Map<string, string>();

function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `duban-${names.size}`;
  names.set(sql, name);
  return name;
}

export function runOn(client: pg.PoolClient | pg.Pool): Run {
  return async <Row>(sql: string, values: unknown[]) =>
    (await client.query({ name: nameOf(sql), text: sql, values })).rows as Row[];
}

export function runIn(transaction: Transaction): Run {
  return <Row>(sql: string, values: unknown[]) => transaction.$queryRawUnsafe<Row[]>(sql, ...values);
}

/**
 * The hand-written statements look rows up by key. A plan is kept for as long as its connection, and one made while a table
 * is small or has just been emptied reads all of it ever after; a bitmap scan also never clears the index of what was
 * handled before (30,000 dead entries read to find 72 messages that waited: 6 ms instead of 0.3).
 */
const byKey = 'SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off';

/**
 * One transaction of hand-written statements; rolled back when `work` throws.
 * @param first statements without parameters that begin it, in the same round trip
 */
export async function inTransaction<Result>(
  pool: pg.Pool,
  work: (run: Run) => Promise<Result>,
  first = '',
): Promise<Result> {
  const client = await pool.connect();
  // A lent connection that dies between two statements tells nobody else: unheard, its error would end the process.
  let broken: Error | undefined;
  const onError = (fault: Error) => {
    broken = fault;
  };
  client.on('error', onError);
  const giveBack = (fault?: Error) => {
    client.off('error', onError);
    client.release(fault ?? broken);
  };
  try {
    await client.query(`BEGIN;${byKey};${first}`);
    const result = await work(runOn(client));
    await client.query('COMMIT');
    giveBack();
    return result;
  } catch (failed) {
    // A connection whose rollback fails is in no known state: the pool must not hand it out again.
    await client.query('ROLLBACK').then(
      () => giveBack(),
      (fault) => giveBack(fault),
    );
    throw failed;
  }
}
