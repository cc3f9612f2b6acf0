import { createReceive } from '../../src/conversation/receive.ts';
import { takeTurns } from '../../src/conversation/turn.ts';
import type { Heard, Talk } from '../conversation/stage.ts';

/**
 * People say something in the same second, each to a worker of their own: all have read how things stand before any of them can
 * write the row.
 * @param said by whom, and what
 * @param row the table and which row of it
 */
export async function bothSay(
  talk: Talk,
  said: readonly (readonly [urn: string, text: string])[],
  row: { table: string; where: string },
): Promise<Heard[]> {
  const receive = createReceive({
    database: talk.database,
    clock: talk.clock,
    stored: () => undefined,
    fetchLater: () => Promise.reject(new Error('nothing here is fetched later')),
  });
  const holder = await talk.database.pool.connect();
  try {
    return await talk.during(async () => {
      await holder.query('BEGIN');
      await holder.query(`SELECT FROM ${row.table} WHERE ${row.where} FOR UPDATE`);
      for (const [urn, text] of said)
        await receive({
          channel: 'console',
          account: 'console',
          externalId: `${urn}-${text}`,
          urn,
          kind: 'text',
          text,
          addressed: true,
          slash: false,
          files: [],
          sentAt: talk.clock.now().toISOString(),
        });
      const work = async () => {
        while ((await takeTurns(talk.options)) > 0);
      };
      const working = Promise.all(said.map(work));
      for (;;) {
        // Whoever waits for a row holds its place in the queue, or waits for that. Other locks count for nothing: a
        // worker that took up the same message waits for its person.
        const queued = await talk.query(
          `SELECT DISTINCT pid FROM pg_locks
           WHERE locktype = 'tuple' AND relation = to_regclass($1)
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
          [row.table],
        );
        if (queued.length >= said.length) break;
      }
      await holder.query('COMMIT');
      await working;
    });
  } finally {
    holder.release();
  }
}
