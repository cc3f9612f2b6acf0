import pg from 'pg';
import type { Log } from '../log.ts';
import type { Run } from './writes.ts';

/** The channel on which processes tell each other that there is work. */
export const workChannel = 'duban_work';

/** Has every process look for work at once; in a transaction, when it commits. */
export async function callForWork(run: Run): Promise<void> {
  await run(`SELECT 1 FROM (SELECT pg_notify($1, '')) told`, [workChannel]);
}

/** Wait before a lost connection is made again, ms. Meanwhile the loops' own polls find the work. */
const againMs = 1_000;

/** Calls `heard` whenever another process (the command line, another service) has put work into the database. */
export async function listenForWork(
  config: pg.PoolConfig,
  log: Log,
  heard: () => void,
): Promise<{ stop(): Promise<void> }> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let client = await connect();

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client(config);
    fresh.on('error', again);
    fresh.on('notification', heard);
    await fresh.connect();
    await fresh.query(`LISTEN ${workChannel}`);
    return fresh;
  }

  function again(fault: unknown): void {
    if (stopped || timer !== undefined) return;
    log.warn({ err: fault }, 'the connection that listens for work is lost; making it again');
    timer = setTimeout(() => {
      timer = undefined;
      connect().then((fresh) => {
        client = fresh;
        heard();
      }, again);
    }, againMs);
  }

  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await client.end().catch(() => log.debug('the listening connection was gone already'));
    },
  };
}
