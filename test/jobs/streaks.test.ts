import { expect, test } from 'vitest';
import { machineClock } from '../../src/clock.ts';
import { lookForStreaks } from '../../src/jobs/streaks.ts';
import { runOn } from '../../src/store/database.ts';
import { keepRatings } from '../../src/store/ratings.ts';
import { stage, type Talk } from '../conversation/stage.ts';

/** So many ratings of Haiyan on a day, each with this level. */
async function given(talk: Talk, day: string, counts: Record<number, number>): Promise<void> {
  const [unit] = await talk.query<{ id: string }>(`SELECT id::text FROM unit WHERE code = 'haiyan'`);
  const rows = Object.entries(counts).flatMap(([level, n]) =>
    Array.from({ length: n }, () => ({
      campaignId: talk.campaignId,
      flowId: 'jiaxing-2014/citizen',
      flowVersion: 1,
      unitId: unit?.id ?? '',
      matter: null,
      source: 'scan' as const,
      interviewFor: null,
      day,
      level: Number(level),
      answers: { level: Number(level) },
      marks: [],
      receipt: null,
      words: null,
      opening: null,
    })),
  );
  await keepRatings(runOn(talk.database.pool), rows);
}

const marked = (talk: Talk) =>
  talk.query(
    `SELECT day::text, count(*)::int AS n FROM rating WHERE 'streak' = ANY (marks) GROUP BY day ORDER BY day`,
  );
const look = (talk: Talk) => lookForStreaks({ ...talk.options, machine: machineClock });

test('a day of nothing but praise is marked where earlier days were not like that; the tally follows, and twice changes nothing', async () => {
  const talk = await stage();
  await given(talk, '2026-06-18', { 5: 40, 4: 20 });
  await given(talk, '2026-06-21', { 5: 25 });
  await look(talk);
  await look(talk);
  expect(await marked(talk)).toEqual([{ day: '2026-06-21', n: 25 }]);
  expect(await talk.query('SELECT marked, sum(n)::int AS n FROM rating_tally GROUP BY 1 ORDER BY 1')).toEqual(
    [
      { marked: false, n: 60 },
      { marked: true, n: 25 },
    ],
  );
});

test('not where a unit is always praised, nor where one was not, nor without a past, nor few', async () => {
  const talk = await stage();
  await given(talk, '2026-06-21', { 5: 25 });
  await look(talk);
  await given(talk, '2026-06-18', { 5: 300, 4: 1 });
  await look(talk);
  expect(await marked(talk)).toEqual([]);
});
