import type { DeadLetter } from '../dead-letters.ts';
import type { Run } from '../writes.ts';

/** How many messages stand where; of secret ones nothing (JX-4.4), of content nothing at all. */
export interface QueueCount {
  side: 'in' | 'out';
  channel: string;
  status: string;
  count: number;
  /** When the first of them came. */
  since: Date;
}

/** What is not done with yet, and what was set aside. Put as the indexes are: in one list of states all messages were read. */
export function queueCounts(run: Run): Promise<QueueCount[]> {
  return run<QueueCount>(
    `SELECT 'in' AS side, channel, status, count(*)::int AS count, min(received_at) AS since FROM inbox
     WHERE status IN ('fetching', 'waiting') OR status = 'dead' GROUP BY channel, status
     UNION ALL
     SELECT 'out', channel, status, count(*)::int, min(due_at) FROM outbox
     WHERE (status = 'waiting' OR status = 'sending' OR status IN ('held', 'dead')) AND secret IS NULL GROUP BY channel, status
     ORDER BY 1, 2, 3`,
    [],
  );
}

/** Dead letters but for secret ones, by the names that `retryDeadLetter` takes. */
export function openDeadLetters(run: Run, limit: number): Promise<DeadLetter[]> {
  return run<DeadLetter>(
    `(SELECT 'in' || seq AS name, channel, to_json(received_at) #>> '{}' AS at, attempts, fault
      FROM inbox WHERE status = 'dead' ORDER BY seq LIMIT $1)
     UNION ALL
     (SELECT 'out' || coalesce(trim_scale(shown), seq), channel, to_json(created_at) #>> '{}', attempts, fault
      FROM outbox WHERE status = 'dead' AND secret IS NULL ORDER BY seq LIMIT $1)`,
    [limit],
  );
}
