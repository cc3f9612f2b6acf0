import type { Values } from '../flow/value.ts';
import type { CountedSlot } from './devices.ts';
import { type CaseOpening, drawNumber, keepOpenings } from './rating-cases.ts';
import insertRatingsSql from './sql/insert-ratings.sql';
import type { Run } from './writes.ts';

/** Free words of a rating, to be compared with others' words: a hash (hex, see `Keys`), and from how many equal ones on they are a sign. */
export interface ComparedWords {
  hash: string;
  from: number;
}

/** A citizen's rating, of nobody. `day` YYYY-MM-DD in the campaign's zone; `receipt` in hex: see `Keys`. */
export interface NewRating {
  campaignId: string;
  flowId: string;
  flowVersion: number;
  unitId: string | null;
  matter: string | null;
  source: 'scan' | 'chat' | 'interview';
  /** The task in which somebody was asked on the spot (JX-3.2 item 7). */
  interviewFor: string | null;
  day: string;
  /** 1 (very dissatisfied) to 5. */
  level: number;
  answers: Values;
  /** Signs of tampering but that of equal words, which is found when the rating is kept. */
  marks: string[];
  receipt: string | null;
  words: ComparedWords | null;
  /**
   * The case of a negative rating (levels 1 and 2). Null of interviews: what inspectors were told is their finding, and of a hidden
   * inspection nothing may be told before it is released (JX-4.4).
   */
  opening: CaseOpening | null;
}

export interface KeptRating {
  id: string;
  receipt: string | null;
  level: number;
  /** It was there already, under its receipt. */
  changed: boolean;
}

/**
 * Keeps ratings, and changes those whose receipt is known; opens a case for each that is negative and has none. The campaign must
 * have been published.
 * @param counted of devices: see `countedSlots` (store/devices.ts)
 * @param draw gives a case's number by chance
 */
export async function keepRatings(
  run: Run,
  ratings: readonly NewRating[],
  counted: readonly CountedSlot[] = [],
  draw: () => number = drawNumber,
): Promise<KeptRating[]> {
  await lockWords(
    run,
    ratings.flatMap(({ words }) => words?.hash ?? []),
  );
  const rows = ratings.map(({ opening, ...rating }) => ({
    ...rating,
    opening: opening && { ...opening, number: draw() },
  }));
  const kept = await run<KeptRating & { lacksCase: boolean }>(insertRatingsSql, [
    JSON.stringify(rows),
    JSON.stringify(counted),
  ]);
  const openings = new Map(ratings.map(({ receipt, opening }) => [receipt, opening]));
  await keepOpenings(
    run,
    kept.flatMap(({ id, receipt, lacksCase }) => {
      const opening = lacksCase ? openings.get(receipt) : null;
      return opening == null ? [] : [{ ratingId: id, ...opening }];
    }),
    draw,
  );
  return kept;
}

/** Of several who write the same at once each must see those before it, or none would be marked. Until the transaction ends. */
async function lockWords(run: Run, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return;
  await run(
    `SELECT 1 FROM (
       SELECT pg_advisory_xact_lock(key) FROM (
         SELECT DISTINCT hashtextextended(h, 20310) AS key FROM unnest($1::text[]) AS h ORDER BY 1) ordered) waited`,
    [hashes],
  );
}

/** What somebody who holds the receipt gets to see of their rating. */
export interface ReceiptedRating {
  id: string;
  campaignId: string;
  unitId: string | null;
  matter: string | null;
  flowId: string;
  flowVersion: number;
  setVersion: number;
  source: string;
  day: string;
  level: number;
  answers: Values;
  struck: boolean;
}

/**
 * Ratings of the last days are written anew every hour (mix-ratings.sql): one that is gone when the lock is had is looked for once
 * more. @param receipt in hex @param lock until the transaction ends
 */
export async function ratingOf(run: Run, receipt: string, lock = false): Promise<ReceiptedRating | null> {
  return (await readRating(run, receipt, lock)) ?? (lock ? readRating(run, receipt, lock) : null);
}

async function readRating(run: Run, receipt: string, lock: boolean): Promise<ReceiptedRating | null> {
  const [row] = await run<ReceiptedRating>(
    `SELECT id::text, campaign_id::text AS "campaignId", unit_id::text AS "unitId", matter, flow_id AS "flowId",
       flow_version AS "flowVersion", set_version AS "setVersion", source, day::text, level, answers, struck
     FROM rating WHERE receipt = decode($1, 'hex') ${lock ? 'FOR UPDATE' : ''}`,
    [receipt],
  );
  return row ?? null;
}

/** Removes a rating. What follows from it must have let go of it before. */
export async function removeRating(run: Run, id: string): Promise<void> {
  await run('DELETE FROM rating WHERE id = $1::uuid', [id]);
}

/** How many citizens were asked on the spot for a task so far. */
export async function interviewsOf(run: Run, assignmentId: string): Promise<number> {
  const [row] = await run<{ count: number }>(
    'SELECT count(*)::int AS count FROM rating WHERE interview_for = $1::uuid',
    [assignmentId],
  );
  return row?.count ?? 0;
}
