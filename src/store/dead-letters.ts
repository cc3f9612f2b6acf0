import { type Database, runOn } from './database.ts';
import type { Run } from './writes.ts';

/** A message that was set aside. `name` is `in12` or `out34`, `out34.000000000012` for a secret one; of its content nothing is told. */
export interface DeadLetter {
  name: string;
  channel: string;
  at: string;
  attempts: number;
  fault: string | null;
}

export function deadLetters(database: Database, limit = 100): Promise<DeadLetter[]> {
  return runOn(database.pool)<DeadLetter>(
    `(SELECT 'in' || seq AS name, channel, to_json(received_at) #>> '{}' AS at, attempts, fault
      FROM inbox WHERE status = 'dead' ORDER BY seq LIMIT $1)
     UNION ALL
     (SELECT 'out' || coalesce(trim_scale(shown), seq), channel, to_json(created_at) #>> '{}', attempts, fault
      FROM outbox WHERE status = 'dead' ORDER BY seq LIMIT $1)`,
    [limit],
  );
}

/** What makes a message wait again as if it had never failed. What must not go out at night still doesn't. */
const again = {
  in: `status = 'waiting', attempts = 0, retry_at = NULL, fault = NULL`,
  out: `status = 'waiting', attempts = 0, failing_since = NULL, lease_until = NULL, fault = NULL`,
} as const;

const readNamed = /^(in|out)(\d{1,18}(?:\.\d{1,12})?)$/;

/**
 * Puts a dead letter back into its queue. At a terminal that may be a secret one (JX-4.4), elsewhere not.
 * @returns false when there is none of that name
 */
export async function retryDeadLetter(
  run: Run,
  name: string,
  at: string,
  withSecrets = false,
): Promise<boolean> {
  const [, side, number] = readNamed.exec(name) ?? [];
  if (number === undefined) return false;
  const rows =
    side === 'in'
      ? await run(`UPDATE inbox SET ${again.in} WHERE seq = $1::numeric AND status = 'dead' RETURNING 1`, [
          number,
        ])
      : await run(
          `UPDATE outbox SET ${again.out}, due_at = least(due_at, $2::timestamptz)
           WHERE coalesce(shown, seq) = $1::numeric AND status = 'dead' AND ($3 OR secret IS NULL) RETURNING 1`,
          [number, at, withSecrets],
        );
  return rows.length > 0;
}

/** The names that dead letters of this number have, at most one a side; of secret ones there is none (JX-4.4). */
export async function deadLettersCalled(run: Run, number: number): Promise<string[]> {
  const rows = await run<{ name: string }>(
    `SELECT 'in' || seq AS name FROM inbox WHERE seq = $1 AND status = 'dead'
     UNION ALL
     SELECT 'out' || coalesce(trim_scale(shown), seq) FROM outbox
     WHERE coalesce(shown, seq) = $1 AND status = 'dead' AND secret IS NULL`,
    [number],
  );
  return rows.map(({ name }) => name);
}

/** The same for all there are, in the caller's transaction. @returns how many */
export async function retryDeadLetters(run: Run, at: string): Promise<number> {
  const received = await run(`UPDATE inbox SET ${again.in} WHERE status = 'dead' RETURNING 1`, []);
  const unsent = await run(
    `UPDATE outbox SET ${again.out}, due_at = least(due_at, $1::timestamptz) WHERE status = 'dead' RETURNING 1`,
    [at],
  );
  return received.length + unsent.length;
}
