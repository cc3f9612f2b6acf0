import { dateOf } from '../../src/campaign/instant.ts';
import { caseFollows } from '../../src/conversation/cases.ts';
import { lookAfterCases } from '../../src/jobs/rating-cases.ts';
import type { RatingCase } from '../../src/satisfaction/case/record.ts';
import { inTransaction } from '../../src/store/database.ts';
import { openingOf } from '../../src/store/rating-cases.ts';
import { keepRatings, type NewRating } from '../../src/store/ratings.ts';
import type { Heard, Talk } from '../conversation/stage.ts';

/** A rating of Haiyan with a receipt, by default of the lowest level but one. */
export interface Given extends Partial<Pick<NewRating, 'level' | 'matter' | 'source' | 'interviewFor'>> {
  /** The code of its unit; null for none. */
  unit?: string | null;
  /** What the rater holds. */
  receipt?: string | null;
  words?: string;
}

/** A citizen rates now, as the web page has it kept. @returns the rating's id and its case's number, null without one */
export async function rated(talk: Talk, given: Given = {}): Promise<{ id: string; number: number | null }> {
  const { unit = 'haiyan', receipt = 'A3', words = '等了四十分钟', ...rest } = given;
  const [flow] = await talk.query<{ id: string; version: number; question: string; comment: string }>(
    `SELECT id, version, (SELECT q ->> 'id' FROM jsonb_array_elements(definition -> 'questions') q WHERE q ->> 'type' = 'level' LIMIT 1) AS question,
       (SELECT q ->> 'id' FROM jsonb_array_elements(definition -> 'questions') q WHERE q ->> 'type' = 'text' LIMIT 1) AS comment
     FROM flow WHERE id LIKE '%citizen' ORDER BY version DESC LIMIT 1`,
  );
  const [place] = await talk.query<{ id: string }>(
    'SELECT id::text FROM unit WHERE code = $1 AND campaign_id = $2',
    [unit, talk.campaignId],
  );
  if (flow === undefined) throw new Error('no questionnaire for citizens');
  const at = talk.clock.now().toISOString();
  const level = rest.level ?? 2;
  const facts = await talk.library.campaign(talk.campaignId);
  const rating: NewRating = {
    campaignId: talk.campaignId,
    flowId: flow.id,
    flowVersion: flow.version,
    unitId: place?.id ?? null,
    matter: null,
    source: 'scan',
    interviewFor: null,
    day: dateOf(at, 'Asia/Shanghai'),
    answers: { [flow.question]: level, [flow.comment]: words },
    marks: [],
    receipt: receipt === null ? null : talk.options.keys.receipt(receipt).toString('hex'),
    words: null,
    opening: level <= 2 && (rest.source ?? 'scan') !== 'interview' ? openingOf(facts, at, true) : null,
    ...rest,
    level,
  };
  const id = await inTransaction(talk.database.pool, async (run) => {
    const kept = await keepRatings(run, [rating]);
    await caseFollows({ run, library: talk.library, at }, kept);
    return kept[0]?.id ?? '';
  });
  const [row] = await talk.query<{ number: number }>('SELECT number FROM rating_case WHERE rating_id = $1', [
    id,
  ]);
  return { id, number: row?.number ?? null };
}

/** The number of a new case. */
export async function opened(talk: Talk, given: Given = {}): Promise<number> {
  const { number } = await rated(talk, given);
  if (number === null) throw new Error('no case was opened');
  return number;
}

/** How a case stands. */
export async function recordOf(talk: Talk, number: number): Promise<RatingCase> {
  const [row] = await talk.query<{ record: RatingCase }>('SELECT record FROM rating_case WHERE number = $1', [
    number,
  ]);
  if (row === undefined) throw new Error(`no case ${number}`);
  return row.record;
}

/** What the hourly look says. */
export function looked(talk: Talk): Promise<Heard[]> {
  const { database, clock, log } = talk;
  return talk.during(() => lookAfterCases({ database, clock, log, keys: talk.options.keys }));
}
