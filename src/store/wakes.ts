import loadWake from './sql/load-wake.sql';
import lockWake from './sql/lock-wake.sql';
import setWake from './sql/set-wake.sql';
import type { OpenSession, Person } from './turns.ts';
import type { Run } from './writes.ts';

/** A session whose silence is to be looked at; its person is locked. */
export interface SilentSession {
  session: OpenSession;
  person: Person;
  /** Its campaign: nobody is to be reminded for now. */
  paused: boolean;
  /** Where its questions were last asked: a room, or the person in private. */
  address: string | null;
  /** The person's address nearest to that; null when all of theirs were bound to somebody else. */
  urn: string | null;
}

/** Locks and reads up to `limit` people's sessions that are due at `now` (ISO instant). */
export async function takeSilentSessions(run: Run, now: string, limit: number): Promise<SilentSession[]> {
  const people = await run<{ id: string }>(lockWake, [now, limit]);
  if (people.length === 0) return [];
  return run<SilentSession>(loadWake, [people.map(({ id }) => id), now]);
}

/** The same for people who are locked already. */
export function silentSessionsOf(run: Run, person: string, now: string): Promise<SilentSession[]> {
  return run<SilentSession>(loadWake, [[person], now]);
}

/** Sets when sessions are looked at again; null for never. The engine's own state stays as it is. */
export async function setWakeAt(run: Run, next: { id: string; wakeAt: string | null }[]): Promise<void> {
  await run(setWake, [JSON.stringify(next)]);
}
