import { outOfQuiet, quietOf } from '../campaign/instant.ts';
import { step } from '../flow/step.ts';
import { inTransaction } from '../store/database.ts';
import { type SilentSession, setWakeAt, silentSessionsOf, takeSilentSessions } from '../store/wakes.ts';
import { commitWrites, noWrites, type Run, type Writes } from '../store/writes.ts';
import { lockPerson } from './failure.ts';
import { type ReplyPlace, recordStep, sessionRow } from './outcome.ts';
import type { RemindOptions } from './remind.ts';
import { standAgain } from './stand-again.ts';

/** How long a session is left alone whose silence could not be dealt with. */
const putOffMs = 3_600_000;
/** A questionnaire of a paused campaign is neither nudged nor ended. */
const pausedMs = 24 * 3_600_000;

/**
 * Looks after sessions that have been silent for too long: a nudge, or an end. In the campaign's quiet hours they wait.
 * Up to `limit` people's at once, in one transaction; when that fails they are taken one by one, and one that fails by
 * itself is put off, so that it stops nobody else.
 * @returns how many sessions were dealt with; 0 when nothing more is due now
 */
export async function wakeSessions(options: RemindOptions, limit: number): Promise<number> {
  const { database, clock, log } = options;
  const now = clock.now().toISOString();
  let due: SilentSession[] = [];
  try {
    await inTransaction(database.pool, async (run) => {
      due = await takeSilentSessions(run, now, limit);
      await wakeAll(run, options, due, now);
    });
  } catch (err) {
    // Nothing was read: the database is at fault, and no session.
    if (due.length === 0) throw err;
    log.error({ err, sessions: due.length }, 'a batch of wake-ups failed; taking it apart');
    for (const one of due) await wakeAlone(options, one, now);
  }
  return due.length;
}

async function wakeAlone(options: RemindOptions, one: SilentSession, now: string): Promise<void> {
  const { database, log } = options;
  const { id } = one.session;
  try {
    await inTransaction(database.pool, async (run) => {
      await lockPerson(run, one.person.id);
      const due = await silentSessionsOf(run, one.person.id, now);
      // Another process may have dealt with it since our batch gave its locks back.
      const still = due.filter(({ session }) => session.id === id);
      await wakeAll(run, options, still, now);
    });
  } catch (err) {
    log.error({ err, session: id }, 'a silent session could not be looked after; putting it off');
    const wakeAt = new Date(Date.parse(now) + putOffMs).toISOString();
    await inTransaction(database.pool, (run) => setWakeAt(run, [{ id, wakeAt }]));
  }
}

async function wakeAll(run: Run, options: RemindOptions, due: SilentSession[], now: string): Promise<void> {
  const writes = noWrites();
  const next: { id: string; wakeAt: string | null }[] = [];
  for (const one of due) next.push({ id: one.session.id, wakeAt: await wakeOne(options, one, now, writes) });
  if (writes.moved.length > 0) {
    await standAgain({ run, library: options.library, at: now, writes });
    await commitWrites(run, writes);
  }
  // After it: turns leave the column of a session that goes on as early as it was (commit-turns.sql).
  if (next.length > 0) await setWakeAt(run, next);
}

/** @returns when to look again; null for never */
async function wakeOne(
  { library }: RemindOptions,
  { session, person, address, urn, paused }: SilentSession,
  now: string,
  writes: Writes,
): Promise<string | null> {
  const { state } = session;
  const { rules } = await library.campaign(session.campaignId);
  const awake = outOfQuiet(now, rules.quiet, rules.zone);
  if (awake > now) return awake;
  if (paused) return new Date(Date.parse(now) + pausedMs).toISOString();
  const flow = await library.flow(session.flowId, session.flowVersion);
  const taken = step(flow, state, { kind: 'wake', at: now }, { zone: rules.zone });
  if (!taken.understood) return state.at === null ? null : state.wakeAt;
  const place = placeOf(session.room, address, urn);
  const before = writes.outbox.length;
  recordStep(writes, taken, { flow, session, person, place, at: now });
  // Nobody has just written: late, it must not come at night either.
  for (const row of writes.outbox.slice(before)) Object.assign(row, quietOf(now, rules.quiet, rules.zone));
  writes.moved.push(sessionRow(taken, session.id, place.room ?? place.urn, now));
  return taken.state.wakeAt;
}

/** Where the questions were asked; in private when nobody in the room can be spoken to as this person any more. */
function placeOf(room: string, address: string | null, urn: string | null): ReplyPlace {
  if (room === '') {
    const to = address ?? urn;
    if (to === null) throw new Error('a session without an address');
    return { urn: to, room: null };
  }
  if (urn === null) throw new Error('a person without an address');
  return urn.split(':')[0] === room.split(':')[0] ? { urn, room } : { urn, room: null };
}
