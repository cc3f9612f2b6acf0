import type { Channel } from '../channels/channel.ts';
import type { Database } from '../store/database.ts';
import { runOn } from '../store/database.ts';

export interface Health {
  /** The database answers and every configured channel is connected. */
  ready: boolean;
  database: { ready: boolean; reason?: string };
  channels: Record<string, { ready: boolean; reason?: string }>;
  /**
   * Messages that wait, and dead letters: `npm run duban -- queue` shows and retries them. Without those that tell of
   * something secret: they would show that there is something.
   */
  queue?: {
    inboxWaiting: number;
    inboxDead: number;
    outboxWaiting: number;
    outboxHeld: number;
    outboxDead: number;
  };
}

export async function healthOf(database: Database, channels: Channel[]): Promise<Health> {
  const states = Object.fromEntries(channels.map((channel) => [channel.name, channel.health()]));
  const connected = channels.every((channel) => channel.health().ready);
  try {
    const queue = await queueCounts(database);
    return { ready: connected, database: { ready: true }, channels: states, queue };
  } catch {
    // The reason is in the log of whoever needed the database; here it could tell a stranger too much.
    return { ready: false, database: { ready: false, reason: 'no answer' }, channels: states };
  }
}

async function queueCounts(database: Database): Promise<NonNullable<Health['queue']>> {
  const [row] = await runOn(database.pool)<NonNullable<Health['queue']>>(
    `SELECT (SELECT count(*)::int FROM inbox WHERE status IN ('fetching', 'waiting')) AS "inboxWaiting",
       (SELECT count(*)::int FROM inbox WHERE status = 'dead') AS "inboxDead",
       (SELECT count(*)::int FROM outbox WHERE status = 'waiting' AND secret IS NULL) AS "outboxWaiting",
       (SELECT count(*)::int FROM outbox WHERE status = 'held' AND secret IS NULL) AS "outboxHeld",
       (SELECT count(*)::int FROM outbox WHERE status = 'dead' AND secret IS NULL) AS "outboxDead"`,
    [],
  );
  if (row === undefined) throw new Error('a count without a row');
  return row;
}
