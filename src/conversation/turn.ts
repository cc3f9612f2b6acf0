import { isReplyFlow } from '../campaign/rectification/reply-flow.ts';
import type { Clock } from '../clock.ts';
import { isAboutNoted } from '../commands/interview-words.ts';
import { readCommand } from '../commands/read.ts';
import type { Keys } from '../keys.ts';
import type { Log } from '../log.ts';
import { type Database, inTransaction, runIn } from '../store/database.ts';
import type { Library } from '../store/library.ts';
import { loadWaitingTurns, lockWaitingPeople, type WaitingTurn } from '../store/turns.ts';
import { commitWrites, noWrites, type Run } from '../store/writes.ts';
import { isQuiet, mayBeChoice } from './asked.ts';
import { converse } from './converse.ts';
import { lockPerson, recordFailure } from './failure.ts';
import { asksFreely } from './free-question.ts';
import { hasRoster } from './sent-roster.ts';
import { standAgain } from './stand-again.ts';
import { learnAboutPerson, understand } from './understand.ts';

export interface TurnOptions {
  database: Database;
  library: Library;
  clock: Clock;
  /** Real time, also in a rehearsal: of what must not run faster in one. The machine's own unless a test moves it. */
  machine?: Clock;
  log: Log;
  /** What is kept outside the database. */
  keys: Keys;
  /** Where people's browsers reach the pages, without a slash at the end; known once the service listens. */
  publicUrl: () => string;
  /** Called after a commit that put messages into the outbox. */
  said: () => void;
}

/** People served by one batch. Small enough that one batch is read while another is written: 64 beat 32 and 200. */
const batchMax = 64;

/**
 * Handles the next message of everyone who has one waiting. Answers to questionnaires, which are nearly all, go through
 * in one transaction for the whole batch; the rest (commands, talk) one by one. A batch that fails is taken apart, so
 * that one bad message stops nobody else.
 * @returns how many messages were handled or failed; 0 when there is nothing left to do now
 */
export async function takeTurns(options: TurnOptions): Promise<number> {
  let seen: WaitingTurn[] = [];
  let aside: WaitingTurn[] = [];
  try {
    await inTransaction(options.database.pool, async (run) => {
      const now = options.clock.now().toISOString();
      const people = await lockWaitingPeople(run, now, batchMax);
      if (people.length === 0) return;
      seen = await loadWaitingTurns(run, people, now);
      aside = await answerAll(run, options, seen, now);
    });
    if (aside.length < seen.length) options.said();
  } catch (fault) {
    options.log.error({ err: fault, messages: seen.length }, 'a batch of turns failed; taking it apart');
    aside = seen;
  }
  await Promise.all(
    chunks(aside, asideAtOnce).map((part) => inOrder(part, (turn) => takeOne(options, turn))),
  );
  return seen.length;
}

/** Messages handled one by one that are under way at once. */
const asideAtOnce = 4;

/** @returns the messages that no session took */
async function answerAll(
  run: Run,
  options: TurnOptions,
  turns: WaitingTurn[],
  now: string,
): Promise<WaitingTurn[]> {
  const writes = noWrites();
  const aside: WaitingTurn[] = [];
  for (const turn of turns) {
    const typed = turn.sessions.length === 0 ? null : readCommand(turn.body);
    const isAnswer = typed === null && !isAboutNoted(turn.body.text);
    // A reply to an order may end in a move of the ledger, whose locks must not keep the others of the batch waiting.
    const moves = turn.sessions.some(({ flowId }) => isReplyFlow(flowId));
    const open =
      turn.sessions.length > 0 &&
      !turn.held &&
      !turn.asked &&
      isAnswer &&
      !(mayBeChoice(turn) && (isQuiet(turn) || (await asksFreely(options.library, turn)))) &&
      !moves &&
      !hasRoster(turn);
    if (open && (await converse({ ...options, run, turn, at: now, writes }))) learnAboutPerson(turn, writes);
    else aside.push(turn);
  }
  if (aside.length < turns.length) {
    await standAgain({ run, library: options.library, at: now, writes });
    await commitWrites(run, writes);
  }
  return aside;
}

/** One message in a transaction of its own, with Prisma at hand for what a command wants to know. */
async function takeOne(options: TurnOptions, { contact, seq }: WaitingTurn): Promise<void> {
  try {
    await options.database.prisma.$transaction(
      async (transaction) => {
        const run = runIn(transaction);
        const now = options.clock.now().toISOString();
        await lockPerson(run, contact.id);
        const [turn] = await loadWaitingTurns(run, [contact.id], now);
        // Another worker may have handled it between our batch and this lock.
        if (turn === undefined || turn.seq !== seq) return;
        const writes = noWrites();
        await understand({ ...options, run, transaction, turn, at: now, writes });
        await standAgain({ run, library: options.library, at: now, writes });
        await commitWrites(run, writes);
      },
      { timeout: 20_000, maxWait: 20_000 },
    );
    options.said();
  } catch (fault) {
    await recordFailure(options, contact.id, seq, fault);
  }
}

function chunks<Item>(items: Item[], count: number): Item[][] {
  const parts: Item[][] = Array.from({ length: Math.min(count, items.length) }, () => []);
  items.forEach((item, index) => {
    parts[index % parts.length]?.push(item);
  });
  return parts;
}

async function inOrder<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (const item of items) await work(item);
}
