import { randomInt } from 'node:crypto';
import type { Text } from '../flow/text.ts';
import type { Values } from '../flow/value.ts';
import { opened } from '../satisfaction/case/citizen.ts';
import { wakeOf } from '../satisfaction/case/clock.ts';
import { RatingCase } from '../satisfaction/case/record.ts';
import type { Named } from './ledger.ts';
import type { CampaignFacts } from './library.ts';
import addEvent from './sql/add-case-event.sql';
import listSql from './sql/list-rating-cases.sql';
import loadCases from './sql/load-rating-cases.sql';
import lockDue from './sql/lock-due-cases.sql';
import openSql from './sql/open-rating-cases.sql';
import saveSql from './sql/save-rating-case.sql';
import type { Run } from './writes.ts';

/** Cases are called by a number in this range, by chance: neither how many there are nor when one was opened can be told from it. */
const numbers = { from: 1000, below: 1_000_000 } as const;

/** Numbers drawn anew for those that met a taken one. With half of all numbers taken, more are needed once in a billion. */
const drawsMax = 30;

/** A case with what is known of its rating. */
export interface FoundCase {
  id: string;
  number: number;
  campaignId: string;
  campaign: Text;
  /** The campaign is published and not over. */
  running: boolean;
  unitId: string | null;
  unitName: Text | null;
  /** YYYY-MM-DD. */
  openedOn: string;
  record: RatingCase;
  /** A contact is kept. */
  hasContact: boolean;
  /** The nearest unit, the rated one or above, that has a liaison; and one that has a head. */
  owner: string | null;
  head: string | null;
  /** The rating; all null once it was taken back or is no longer kept. */
  ratingId: string | null;
  level: number | null;
  matter: string | null;
  answers: Values | null;
  flowId: string | null;
  flowVersion: number | null;
}

/** A case as it begins. */
export interface CaseOpening {
  record: RatingCase;
  wakeAt: string | null;
}

/** A case that begins now, in a campaign. `at`: ISO instant, of which the day alone is kept. */
export function openingOf(
  { zone, calendar, ratings, rules, ledger }: CampaignFacts,
  at: string,
  receipt: boolean,
): CaseOpening {
  const record = opened({ at, zone, calendar, steps: ratings.steps }, receipt);
  const times = { zone, calendar, quiet: rules.quiet, silence: ledger.silence };
  return { record, wakeAt: wakeOf(record, times) };
}

/** A case's number, by chance. Whether it is taken shows when it is used. */
export function drawNumber(): number {
  return randomInt(numbers.from, numbers.below);
}

/**
 * Opens cases of negative ratings whose first number was taken (`keepRatings`), inside the transaction that keeps them.
 * @param draw gives a number by chance
 */
export async function keepOpenings(
  run: Run,
  openings: readonly (CaseOpening & { ratingId: string })[],
  draw: () => number,
): Promise<void> {
  let left = openings;
  for (let round = 0; left.length > 0 && round < drawsMax; round += 1) {
    const rows = left.map((one) => ({ ...one, number: draw() }));
    const opened = await run<{ id: string }>(openSql, [JSON.stringify(rows)]);
    const ids = new Set(opened.map(({ id }) => id));
    left = left.filter(({ ratingId }) => !ids.has(ratingId));
  }
  if (left.length > 0) throw new Error('no number is free for a case');
}

/**
 * Locks a case by its number and reads it as it is then, its rating locked first, as the rater's own changes do; null when
 * there is none. Cases of the last days are written anew every hour (mix-cases.sql): one that is gone when the lock is had is
 * looked for once more.
 */
export async function takeCase(run: Run, number: number): Promise<FoundCase | null> {
  return (await takeOnce(run, 'number = $1::int', number)) ?? takeOnce(run, 'number = $1::int', number);
}

/** The same by its rating, which the caller has locked. */
export async function takeCaseOf(run: Run, ratingId: string): Promise<FoundCase | null> {
  return takeOnce(run, 'rating_id = $1::uuid', ratingId);
}

/** The case of a rating as it is, for looking at only. */
export async function readCaseOf(run: Run, ratingId: string): Promise<FoundCase | null> {
  const rows = await run<{ id: string }>('SELECT id::text FROM rating_case WHERE rating_id = $1::uuid', [
    ratingId,
  ]);
  const [found] = await readCases(
    run,
    rows.map(({ id }) => id),
  );
  return found ?? null;
}

async function takeOnce(run: Run, where: string, value: number | string): Promise<FoundCase | null> {
  await run(
    `SELECT 1 FROM rating WHERE id = (SELECT rating_id FROM rating_case WHERE ${where}) FOR NO KEY UPDATE`,
    [value],
  );
  const locked = await run<{ id: string }>(
    `SELECT id::text FROM rating_case WHERE ${where} FOR NO KEY UPDATE`,
    [value],
  );
  const [found] = await readCases(
    run,
    locked.map(({ id }) => id),
  );
  return found ?? null;
}

/** Locks up to `limit` cases whose time has come by `now`. @returns their ids */
export async function lockDueCases(run: Run, now: string, limit: number): Promise<string[]> {
  const locked = await run<{ id: string }>(lockDue, [now, limit]);
  return locked.map(({ id }) => id);
}

/** @throws when a record is none of ours */
export async function readCases(run: Run, ids: readonly string[]): Promise<FoundCase[]> {
  if (ids.length === 0) return [];
  const rows = await run<Omit<FoundCase, 'record'> & { record: unknown }>(loadCases, [ids]);
  return rows.map((row) => ({ ...row, record: RatingCase.parse(row.record) }));
}

/** Writes a case as it is now. `wakeAt`: a full hour, ISO instant; null for never. */
export async function saveCase(
  run: Run,
  id: string,
  record: RatingCase,
  wakeAt: string | null,
): Promise<void> {
  await run(saveSql, [JSON.stringify({ id, record, wakeAt })]);
}

/** Looks at a case again at an instant, or never (null), whatever stands in it. */
export async function putOffCase(run: Run, id: string, until: string | null): Promise<void> {
  await run('UPDATE rating_case SET wake_at = $2::timestamptz WHERE id = $1::uuid', [id, until]);
}

/** A case lies with this unit from now on; its rating still names none, and is counted so. */
export async function handCase(run: Run, id: string, unitId: string): Promise<void> {
  await run('UPDATE rating_case SET unit_id = $2::uuid WHERE id = $1::uuid', [id, unitId]);
}

/** 不计入: a rating is kept, and counted no more. */
export async function strikeRating(run: Run, ratingId: string): Promise<void> {
  await run('UPDATE rating SET struck = true WHERE id = $1::uuid AND NOT struck', [ratingId]);
}

/** One step of a case's history. `by` and `who` are null for the passing of time. */
export interface CaseEvent {
  caseId: string;
  at: string;
  by: string | null;
  who: Named | null;
  kind: string;
  data: Record<string, unknown>;
}

export async function recordCaseEvent(run: Run, event: CaseEvent): Promise<void> {
  await run(addEvent, [JSON.stringify(event)]);
}

export interface PastCaseEvent extends Omit<CaseEvent, 'caseId' | 'at'> {
  at: Date;
}

/** The last steps of a case, oldest first. */
export async function lastCaseEvents(run: Run, caseId: string, count: number): Promise<PastCaseEvent[]> {
  const rows = await run<PastCaseEvent>(
    `SELECT at, by_contact::text AS by, who, kind, data FROM rating_case_event
     WHERE case_id = $1::uuid ORDER BY seq DESC LIMIT $2`,
    [caseId, count],
  );
  return rows.reverse();
}

/** A case in a list. */
export interface ListedCase {
  number: number;
  unit: Text | null;
  stage: Exclude<RatingCase['stage'], 'closed'>;
  dueOn: string;
  level: number | null;
  matter: string | null;
  /** How many there are in all. */
  count: number;
}

/** @param units those that somebody answers for; null for all */
export function listCases(
  run: Run,
  campaignId: string,
  units: readonly string[] | null,
  page: { rows: number; from: number },
): Promise<ListedCase[]> {
  return run<ListedCase>(listSql, [campaignId, units, page.rows, page.from]);
}
