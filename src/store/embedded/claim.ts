import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { codeOf, isAway, isPassing } from './fault.ts';
import { lockClass, serviceLock } from './locks.ts';
import { openSession, type Session } from './session.ts';

/** The right to be the one service on a database. */
export interface Claim {
  /** Resolves when the claim was lost and could not be had again: the service must end. Never rejects. */
  lost: Promise<Error>;
  /** To be called before the server is stopped. */
  release(): Promise<void>;
}

/** How long a claim that broke with its connection is tried for, in ms: a server's recovery, a network's hiccup. */
const reclaimMsMax = 30_000;
const retryMs = 50;

/**
 * Claims the database for one service, on a connection of its own (a pool lends only its settings); null when another
 * service has it and keeps it for `waitMsMax`, which is for one that is just ending. A killed service's claim goes with its
 * connection, at once. The lock is (0x64756261, 1), session-level. Throws when the server can't be reached.
 */
export async function claimService(
  target: pg.Pool | pg.ClientConfig,
  { waitMsMax = 5_000 }: { waitMsMax?: number } = {},
): Promise<Claim | null> {
  const config = target instanceof pg.Pool ? target.options : target;
  let holder = await lockedSession(config, waitMsMax).catch((error) => {
    // The server went down under the wait, as when the predecessor's container ends: it comes back.
    if (isAway(error) || !isPassing(error)) throw error;
    return lockedAgain(config, waitMsMax);
  });
  if (!holder) return null;
  let released = false;
  const hold = async (): Promise<Error> => {
    for (;;) {
      await holder?.ended;
      if (!released) holder = await lockedAgain(config, reclaimMsMax, () => released);
      if (released) {
        await holder?.client.end();
        return new Promise(() => undefined);
      }
      if (!holder) return new Error('another service has claimed the database');
    }
  };
  const lost = hold().catch((error) => (error instanceof Error ? error : new Error(String(error))));
  const release = async (): Promise<void> => {
    released = true;
    holder?.rouse();
    await holder?.client.end();
  };
  return { lost, release };
}

/** Null when the lock could not be had in time. */
async function lockedSession(config: pg.ClientConfig, waitMsMax: number): Promise<Session | null> {
  try {
    return await openSession({ ...config, application_name: 'duban service' }, async (client) => {
      // The wait is the server's, so the lock is ours the moment it is free; 0 would mean for ever.
      await client.query(
        `SET statement_timeout = 0; SET lock_timeout = ${Math.max(1, Math.ceil(waitMsMax))}`,
      );
      await client.query('SELECT pg_advisory_lock($1, $2)', [lockClass, serviceLock]);
      await client.query('SET idle_session_timeout = 0');
    });
  } catch (error) {
    if (codeOf(error) === '55P03') return null;
    throw error;
  }
}

async function lockedAgain(
  config: pg.ClientConfig,
  waitMsMax: number,
  isVain = () => false,
): Promise<Session | null> {
  const until = performance.now() + reclaimMsMax;
  for (;;) {
    if (isVain()) return null;
    try {
      return await lockedSession(config, Math.min(waitMsMax, until - performance.now()));
    } catch (error) {
      if (!isPassing(error) || performance.now() > until) throw error;
      // Like the session itself, the wait for it keeps no process alive.
      await pause(retryMs, undefined, { ref: false });
    }
  }
}
