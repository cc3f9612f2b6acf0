import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sources } from '../../src/satisfaction/results.ts';
import { runOn } from '../../src/store/database.ts';
import { findResults } from '../../src/store/results.ts';
import { rated, windows } from '../commands/rated.ts';
import { stage, type Talk } from '../conversation/stage.ts';

const zone = 'Asia/Shanghai';

async function found(talk: Talk, code: string | null = null) {
  const [unit] = await talk.query<{ id: string }>(
    'SELECT id::text FROM unit WHERE campaign_id = $1 AND code = $2',
    [talk.campaignId, code],
  );
  return findResults(runOn(talk.database.pool), {
    campaignId: talk.campaignId,
    unitId: unit?.id ?? null,
    zone,
    highest: unit?.id ?? null,
  });
}
const newest = async (talk: Talk, code: string | null = null) =>
  (await found(talk, code)).versions[0] ?? expect.fail('no version');

test('a campaign has all its units, a unit what stands under it, each in the order of the file', async () => {
  const talk = await stage();
  await windows(talk, 'haiyan', { 'haiyan-w10': '10号窗口', 'haiyan-w2': '2号窗口' });
  await rated(talk, [5, 0, 5, 0, 20], { unit: 'haiyan' });
  await rated(talk, [0, 0, 0, 0, 10], { unit: 'haiyan-w2' });
  await rated(talk, [0, 0, 0, 0, 20], { unit: 'haiyan-w10' });
  await rated(talk, [0, 0, 0, 0, 40], { unit: 'nanhu' });
  await rated(talk, [0, 0, 0, 0, 7]);
  const all = await found(talk);
  expect(all.versions[0]?.own.all).toMatchObject({ n: 107 });
  const parts = all.versions[0]?.own.parts ?? [];
  expect(parts[0]).toMatchObject({ unitId: null, figures: { n: 7 } });
  const file = await talk.query<{ id: string }>(
    `SELECT u.id::text FROM campaign c, jsonb_array_elements(c.definition -> 'units') WITH ORDINALITY e
     JOIN unit u ON u.code = e.value ->> 'id' WHERE u.parent_id IS NOT NULL ORDER BY e.ordinality`,
  );
  expect(parts.slice(1).map(({ unitId }) => unitId)).toEqual(file.map(({ id }) => id));
  const haiyan = await found(talk, 'haiyan');
  expect(haiyan.versions[0]?.own.all).toMatchObject({ n: 60 });
  const named = haiyan.versions[0]?.own.parts.map(({ unitId }) =>
    unitId === null ? null : haiyan.names.get(unitId),
  );
  expect(named).toEqual([null, '2号窗口', '10号窗口']);
  expect((await newest(talk, 'haiyan-w2')).own).toMatchObject({ all: { n: 10 }, parts: [] });
});

test('versions, sources, marks and what was struck are apart', async () => {
  const talk = await stage();
  await talk.query(
    `INSERT INTO indicator_set SELECT campaign_id, 2, jsonb_set(definition, '{levels}',
       (SELECT jsonb_agg(CASE WHEN l ->> 'level' = '1' THEN l || '{"score": 0}' ELSE l END)
        FROM jsonb_array_elements(definition -> 'levels') l)), '2026-07-01T16:30:00Z' FROM indicator_set`,
  );
  await rated(talk, [9, 0, 0, 0, 0], { version: 2 });
  await rated(talk, [5, 0, 0, 0, 0], { version: 2, marks: ['fast'], source: 'chat' });
  await rated(talk, [0, 6, 0, 0, 0], { version: 2, struck: true });
  await rated(talk, [8, 0, 0, 0, 0]);
  const { versions } = await found(talk);
  expect(versions).toMatchObject([
    {
      version: 2,
      publishedOn: '2026-07-02',
      scores: [100, 80, 60, 40, 0],
      own: { all: { n: 14, score: 0 }, marks: { marked: { n: 5 }, others: { n: 9 } }, struck: 6 },
    },
    { version: 1, own: { all: { n: 8, score: 20 }, marks: null, struck: 0 } },
  ]);
});

test('interviews of hidden inspections are in nothing, not even in the step of the trend (JX-4.4)', async () => {
  const talk = await stage();
  await rated(talk, [0, 0, 0, 0, 10]);
  await rated(talk, [7, 0, 0, 0, 0], { source: 'interview', day: '2027-06-22' });
  expect(await found(talk)).toMatchObject({ period: 'week', versions: [{ interview: { all: { n: 7 } } }] });
  await talk.query('UPDATE activity SET secret = true');
  expect(await found(talk)).toMatchObject({
    period: 'week',
    versions: [{ interview: { all: { kind: 'none' } } }],
  });
});

test('the trend goes by week over a quarter of a year, over more by month', async () => {
  const talk = await stage();
  await rated(talk, [0, 0, 0, 0, 10], { unit: 'nanhu', day: '2026-06-28' });
  await rated(talk, [0, 0, 0, 0, 5], { unit: 'nanhu', day: '2026-06-29' });
  const weeks = {
    period: 'week',
    versions: [{ own: { trend: [{ from: '2026-06-22' }, { from: '2026-06-29' }] } }],
  };
  expect(await found(talk)).toMatchObject(weeks);
  expect(await found(talk, 'nanhu')).toMatchObject(weeks);
  await rated(talk, [0, 0, 0, 0, 8], { unit: 'nanhu', day: '2026-09-30' });
  const months = {
    period: 'month',
    versions: [{ own: { trend: [{ from: '2026-06-01', figures: { n: 15 } }, { from: '2026-09-01' }] } }],
  };
  expect(await found(talk)).toMatchObject(months);
  expect(await found(talk, 'nanhu')).toMatchObject(months);
});

test('responses and second ratings belong to the unit and what stands under it', async () => {
  const talk = await stage();
  const query = (sql: string) => talk.query(sql);
  await query(`INSERT INTO survey_code (code, campaign_id, kind, unit_id, created_at, used)
    SELECT u.code || n, u.campaign_id, 'case', u.id, now(), n <= 6 FROM unit u, generate_series(1, 12) n WHERE u.code IN ('nanhu', 'haiyan')`);
  await query(
    `INSERT INTO survey_visit SELECT campaign_id, id, '2026-06-22', 40 FROM unit WHERE code = 'nanhu'`,
  );
  await query(`INSERT INTO rating_case (number, campaign_id, unit_id, opened_on, record, stage)
    SELECT n, campaign_id, id, '2026-06-22', jsonb_build_object('again', CASE WHEN n <= 20 THEN 1 + n % 2 * 2 END), 'closed'
    FROM unit, generate_series(1, 30) n WHERE code = 'nanhu'`);
  // Taken back with their rating.
  await query(`INSERT INTO rating_case (number, campaign_id, unit_id, opened_on, record, stage)
    SELECT 100 + n, campaign_id, id, '2026-06-22', '{"again": 1, "ended": "withdrawn"}', 'closed'
    FROM unit, generate_series(1, 7) n WHERE code = 'nanhu'`);
  await rated(talk, [0, 0, 0, 0, 10], { unit: 'nanhu' });
  expect(await found(talk, 'nanhu')).toMatchObject({
    caseResponse: { asked: 12, rated: 6, share: { percent: 50 } },
    pageResponse: { asked: 40, rated: 10, share: { percent: 25 } },
    again: { n: 20, satisfied: { count: 10 } },
  });
  expect(await found(talk)).toMatchObject({ caseResponse: { asked: 24, rated: 12 }, again: { n: 20 } });
  expect(await found(talk, 'haiyan')).toMatchObject({ pageResponse: null, again: { kind: 'none' } });
});

test('whatever was rated, changed and taken back: what is found is what the ratings say', async () => {
  const talk = await stage();
  await windows(talk, 'haiyan', { w1: '1号窗口', w2: '2号窗口' });
  const one = fc.record({
    unit: fc.constantFrom(null, 'haiyan', 'w1', 'w2', 'nanhu'),
    source: fc.constantFrom(...sources),
    level: fc.integer({ min: 0, max: 4 }),
    n: fc.integer({ min: 1, max: 9 }),
    marks: fc.constantFrom<string[][]>([], ['fast']),
    struck: fc.boolean(),
    day: fc.constantFrom('2026-06-22', '2026-06-23', '2026-08-01'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(one, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 4 }),
      async (made, gone) => {
        await talk.query('DELETE FROM rating');
        for (const { level, n, ...also } of made)
          await rated(talk, [0, 1, 2, 3, 4].map((at) => (at === level ? n : 0)) as never, also);
        expect(await talk.query('SELECT 1 FROM rating')).toHaveLength(
          made.reduce((sum, { n }) => sum + n, 0),
        );
        await talk.query('UPDATE rating SET level = 5 WHERE level = $1', [gone + 1]);
        await talk.query(`DELETE FROM rating WHERE level = $1`, [gone]);
        for (const [code, within] of [
          [null, 'true'],
          ['haiyan', `unit_id IN (SELECT id FROM unit WHERE code IN ('haiyan', 'w1', 'w2'))`],
        ] as const) {
          const [counted] = await talk.query<{ own: number; interview: number }>(
            `SELECT (count(*) FILTER (WHERE source <> 'interview'))::int AS own,
             (count(*) FILTER (WHERE source = 'interview'))::int AS interview FROM rating WHERE NOT struck AND ${within}`,
          );
          const { own, interview } = await newest(talk, code);
          const n = ({ all }: typeof own) => (all.kind === 'told' ? all.n : all.kind);
          const expected = (people = 0) => (people === 0 ? 'none' : people < 5 ? 'few' : people);
          expect([n(own), n(interview)]).toEqual([expected(counted?.own), expected(counted?.interview)]);
        }
      },
    ),
    { numRuns: 25 },
  );
});
