import type pg from 'pg';
import { lockClass } from './embedded/locks.ts';
import { openSession, type Session } from './embedded/session.ts';

/** An account of a platform that only one process may be logged in to. */
export interface HeldAccount {
  /** Resolves when it is ours no longer. */
  lost: Promise<void>;
  release(): Promise<void>;
}

/** How often the database is asked whether it still knows us, and how long it may take, ms. */
const beatMs = { every: 15_000, max: 10_000 } as const;

/**
 * Takes the account, on a connection of its own: whatever kills this process gives it back with the connection, within a
 * minute also where nobody closes that. The lock is (0x64756261 + 1, hash of the account), session-level.
 * @returns null when another process has it
 */
export async function holdAccount(config: pg.ClientConfig, account: string): Promise<HeldAccount | null> {
  let ours = false;
  const session = await openSession(
    { ...config, application_name: 'duban account', query_timeout: beatMs.max },
    async (client) => {
      await client.query(
        'SET idle_session_timeout = 0; SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3',
      );
      // Asked again and again rather than waited for: a statement that waits for days keeps Postgres from cleaning up.
      const { rows } = await client.query<{ ours: boolean }>(
        'SELECT pg_try_advisory_lock($1, hashtext($2)) AS ours',
        [lockClass + 1, account],
      );
      ours = rows[0]?.ours === true;
    },
  );
  const release = async () => {
    session.rouse();
    await session.client.end();
  };
  if (ours) return { lost: Promise.race([session.ended, silence(session)]), release };
  await release();
  return null;
}

/** Resolves when the database does not answer: it may have given the account to another process already. */
async function silence({ client, ended }: Session): Promise<void> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over) {
    await pause(beatMs.every);
    const answers = await client.query('SELECT 1').then(
      () => true,
      () => false,
    );
    if (!answers) return;
  }
}

/** Keeps no process alive. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
