import type { Values } from '../flow/value.ts';
import type { CountedSlot } from './devices.ts';
import insertRatingsSql from './sql/insert-ratings.sql';
import type { Run } from './writes.ts';

/** A citizen's rating, of nobody. `day` YYYY-MM-DD in the campaign's zone; `receipt` and `words` in hex: see `Keys`. */
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
  marks: string[];
  receipt: string | null;
  words: string | null;
}

export interface KeptRating {
  id: string;
  receipt: string | null;
  level: number;
  /** It was there already, under its receipt. */
  changed: boolean;
}

/**
 * Keeps ratings, and changes those whose receipt is known. The campaign must have been published.
 * @param counted of devices: see `countedSlots` (store/devices.ts)
 */
export function insertRatings(
  run: Run,
  ratings: readonly NewRating[],
  counted: readonly CountedSlot[] = [],
): Promise<KeptRating[]> {
  return run<KeptRating>(insertRatingsSql, [JSON.stringify(ratings), JSON.stringify(counted)]);
}

/** Marks every rating with one of these words (hex) that stands there so many times. */
export async function markSameWords(run: Run, words: readonly string[], from: number): Promise<void> {
  if (words.length === 0) return;
  await run(
    `UPDATE rating SET marks = array_append(marks, 'same-comment')
     WHERE words = ANY (SELECT decode(w, 'hex') FROM unnest($1::text[]) AS w)
       AND NOT 'same-comment' = ANY (marks)
       AND (SELECT count(*) FROM (SELECT FROM rating o WHERE o.words = rating.words LIMIT $2) enough) >= $2`,
    [words, from],
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
