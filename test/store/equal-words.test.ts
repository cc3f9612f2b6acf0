import { expect, test } from 'vitest';
import { inTransaction } from '../../src/store/database.ts';
import { keepRatings, type NewRating, ratingOf } from '../../src/store/ratings.ts';
import { stage, type Talk } from '../conversation/stage.ts';
import { standsAtLock } from './at-lock.ts';

const hash = 'c0ffee';

/** A rating of a unit with the words that all others here have, which are a sign from two on. */
async function ratingOn(talk: Talk, code: string, receipt: string): Promise<NewRating> {
  const [unit] = await talk.query<{ id: string }>('SELECT id::text FROM unit WHERE code = $1', [code]);
  return {
    ...{ campaignId: talk.campaignId, flowId: 'jiaxing-2014/citizen', flowVersion: 1, matter: null },
    ...{ unitId: unit?.id ?? null, source: 'scan', interviewFor: null, day: '2026-06-22' },
    ...{ level: 5, answers: { level: 5 }, marks: [], receipt, words: { hash, from: 2 }, opening: null },
  };
}

const keep = (talk: Talk, rating: NewRating) =>
  inTransaction(talk.database.pool, (run) => keepRatings(run, [rating]));

const marked = async (talk: Talk) =>
  (
    await talk.query<{ receipt: string }>(
      `SELECT encode(receipt, 'hex') AS receipt FROM rating WHERE 'same-comment' = ANY (marks) ORDER BY 1`,
    )
  ).map(({ receipt }) => receipt);

test('two who write the same at the same time, of different units, are both marked', async () => {
  const talk = await stage();
  const [one, other] = [await ratingOn(talk, 'haiyan', 'a1'), await ratingOn(talk, 'pinghu', 'a2')];
  const second = await inTransaction(talk.database.pool, async (run) => {
    await keepRatings(run, [one]);
    // Begun while the first is not to be seen yet.
    const begun = keep(talk, other);
    await standsAtLock(talk, begun);
    return { begun };
  });
  await second.begun;
  expect(await marked(talk)).toEqual(['a1', 'a2']);
});

test('a rating that somebody is changing is waited for by nobody, and is marked with the next one', async () => {
  const talk = await stage();
  await keep(talk, await ratingOn(talk, 'haiyan', 'b1'));
  const [second, third] = [await ratingOn(talk, 'pinghu', 'b2'), await ratingOn(talk, 'pinghu', 'b3')];
  await inTransaction(talk.database.pool, async (run) => {
    await ratingOf(run, 'b1', true);
    await keep(talk, second);
  });
  expect(await marked(talk)).toEqual(['b2']);
  await keep(talk, third);
  expect(await marked(talk)).toEqual(['b1', 'b2', 'b3']);
});
