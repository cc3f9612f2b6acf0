import { faultLine } from '../errors.ts';
import { inTransaction } from '../store/database.ts';
import type { WaitingTurn } from '../store/turns.ts';
import { loadWaitingTurns } from '../store/turns.ts';
import { commitWrites, noWrites, type Run } from '../store/writes.ts';
import { replyRow } from './outcome.ts';
import type { TurnOptions } from './turn.ts';

/** Tries of one message before it is set aside for an operator. */
const attemptsMax = 3;
/** Wait before the next try, by the number of tries so far. */
const retryAfterMs = [0, 1_000, 10_000] as const;

/** Waits for and takes the lock that makes this person's messages go one after another. */
export async function lockPerson(run: Run, id: string): Promise<void> {
  await run('SELECT id::text FROM contact WHERE id = $1::uuid FOR NO KEY UPDATE', [id]);
}

/**
 * A bug of ours (or the database) failed on this message. It stays in the inbox and is tried again; after the last try
 * it is a dead letter and the person is told, so that the messages behind it can go on.
 */
export async function recordFailure(
  options: TurnOptions,
  person: string,
  seq: number,
  fault: unknown,
): Promise<void> {
  const { database, clock, log, said } = options;
  const now = clock.now();
  await inTransaction(database.pool, async (run) => {
    await lockPerson(run, person);
    const [turn] = await loadWaitingTurns(run, [person], now.toISOString());
    if (turn === undefined || turn.seq !== seq) return;
    const attempts = turn.attempts + 1;
    const dead = attempts >= attemptsMax;
    log.error({ err: fault, seq, attempts, dead }, 'a message could not be handled');
    const retryAt = dead ? null : new Date(now.getTime() + (retryAfterMs[attempts] ?? 0)).toISOString();
    await run(
      `UPDATE inbox SET attempts = $2, status = $3, retry_at = $4::timestamptz, fault = $5 WHERE seq = $1`,
      [seq, attempts, dead ? 'dead' : 'waiting', retryAt, faultLine(fault)],
    );
    if (dead) await apologise(run, turn, now.toISOString());
  });
  said();
}

/** Said in private or where the person spoke; a room hears nothing of a fault unless it was talking to us. */
async function apologise(run: Run, turn: WaitingTurn, at: string): Promise<void> {
  if (!turn.body.addressed) return;
  const writes = noWrites();
  const say = { lines: [{ key: 'conversation:fault' } as const] };
  writes.outbox.push(replyRow(say, { urn: turn.urn, room: turn.room }, turn.contact, at));
  await commitWrites(run, writes);
}
