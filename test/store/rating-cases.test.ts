import { expect, test } from 'vitest';
import { caseFollows } from '../../src/conversation/cases.ts';
import { change } from '../../src/conversation/receipts.ts';
import { caseFiguresOf } from '../../src/store/case-figures.ts';
import { inTransaction, runOn } from '../../src/store/database.ts';
import { openingOf, takeCase } from '../../src/store/rating-cases.ts';
import { keepRatings, type NewRating } from '../../src/store/ratings.ts';
import mixCases from '../../src/store/sql/mix-cases.sql';
import mixRatings from '../../src/store/sql/mix-ratings.sql';
import { cast, stage, type Talk } from '../conversation/stage.ts';
import { opened, rated, recordOf } from '../ledger/cases.ts';

test('levels 1 and 2 open a case in the same transaction, others and interviews none (JX-4.4)', async () => {
  const talk = await stage();
  for (const level of [3, 4, 5])
    expect((await rated(talk, { level, receipt: `L${level}` })).number).toBeNull();
  const [task] = await talk.query<{ id: string }>('SELECT id::text FROM assignment LIMIT 1');
  const interview = { source: 'interview' as const, interviewFor: task?.id ?? null, receipt: null };
  expect((await rated(talk, { level: 1, ...interview })).number).toBeNull();
  const { number, id } = await rated(talk, { level: 1 });
  expect(number).toBeGreaterThanOrEqual(1000);
  expect(number).toBeLessThan(1_000_000);
  expect(await talk.query('SELECT opened_on::text AS on, stage, due_on AS due FROM rating_case')).toEqual([
    { on: '2026-06-22', stage: 'verifying', due: '2026-06-23' },
  ]);
  // The same page sent once more opens no second one.
  expect(await rated(talk, { level: 2 })).toEqual({ id, number });
  expect(await talk.query('SELECT 1 FROM rating_case')).toHaveLength(1);
});

test('a number that is taken is drawn again', async () => {
  const talk = await stage();
  const { id, number } = await rated(talk);
  const taken = number ?? 0;
  const facts = await talk.library.campaign(talk.campaignId);
  const opening = openingOf(facts, talk.clock.now().toISOString(), true);
  const [row] = await talk.query<NewRating>(
    `SELECT campaign_id::text AS "campaignId", flow_id AS "flowId", flow_version AS "flowVersion", unit_id::text AS "unitId", matter,
       source, interview_for AS "interviewFor", day::text, level, answers, marks FROM rating WHERE id = $1`,
    [id],
  );
  if (row === undefined) throw new Error('no rating');
  const keep = (receipts: string[], draw: () => number) =>
    inTransaction(talk.database.pool, (run) =>
      keepRatings(
        run,
        receipts.map((receipt) => ({ ...row, words: null, receipt, opening })),
        [],
        draw,
      ),
    );
  // Of three the first and last draw a number that is taken, and of the next two one draws that of the other.
  const drawn = [taken, 2000, taken, 2000, 2001, 2002];
  await keep(['b1', 'b2', 'b3'], () => drawn.shift() ?? expect.fail('drawn too often'));
  const rows = await talk.query<{ number: number }>('SELECT number FROM rating_case ORDER BY number');
  expect(rows.map((one) => one.number).sort()).toEqual([taken, 2000, 2001, 2002].sort());
  expect(drawn).toEqual([]);
  await expect(keep(['b4'], () => 2000)).rejects.toThrow('no number is free');
});

test('neither a row nor what it is woken at tells when on a day somebody rated', async () => {
  const talk = await stage({ now: '2026-06-22T09:12:33.456+08:00' });
  await opened(talk);
  talk.clock.set('2026-06-22T17:45:01.789+08:00');
  await opened(talk, { receipt: 'A4' });
  const rows = await talk.query<{ row: object }>(
    `SELECT to_jsonb(c) - 'id' - 'number' - 'rating_id' AS row FROM rating_case c`,
  );
  expect(rows[0]).toEqual(rows[1]);
  expect(await talk.query('SELECT 1 FROM rating_case_event')).toEqual([]);
  expect(await talk.query(`SELECT 1 FROM audit WHERE about LIKE 'case:%'`)).toEqual([]);
});

test('a rating that is changed: better, and its case is closed; worse again, and it is looked into anew', async () => {
  const talk = await stage();
  const { number } = await rated(talk);
  const [rating] = await talk.query<{ answers: Record<string, number> }>('SELECT answers FROM rating');
  const question = Object.entries(rating?.answers ?? {}).find(([, value]) => value === 2)?.[0] ?? '';
  const to = (level: number) =>
    inTransaction(talk.database.pool, (run) => {
      const work = {
        run,
        library: talk.library,
        keys: talk.options.keys,
        at: talk.clock.now().toISOString(),
      };
      return change(work, 'A3', { ...rating?.answers, [question]: level });
    });
  expect(await to(4)).toBe('changed');
  expect(await recordOf(talk, number ?? 0)).toMatchObject({ stage: 'closed', ended: 'changed' });
  talk.clock.set('2026-06-24T10:00:00+08:00');
  expect(await to(1)).toBe('changed');
  expect(await recordOf(talk, number ?? 0)).toMatchObject({
    stage: 'verifying',
    ended: null,
    dueOn: '2026-06-25',
  });
  expect(await talk.query('SELECT closed_on AS closed FROM rating_case')).toEqual([{ closed: null }]);
});

test('who asks for a case while it is written anew finds it all the same', async () => {
  const talk = await stage();
  const number = await opened(talk);
  await talk.says(cast.liaison, `差评 ${number} 核实 立行立改 已增设座椅`);
  const holder = await talk.database.pool.connect();
  await holder.query('BEGIN');
  for (const sql of [mixRatings, mixCases]) await holder.query(sql, ['2026-06-20']);
  const taken = inTransaction(talk.database.pool, (run) => takeCase(run, number));
  for (;;) {
    const waiting = await talk.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (waiting.length > 0) break;
  }
  await holder.query('COMMIT');
  holder.release();
  expect((await taken)?.number).toBe(number);
  // Its history is still there.
  expect(await talk.query('SELECT kind FROM rating_case_event')).toEqual([{ kind: 'verify' }]);
});

/** Puts cases of one unit into a state, by SQL. */
async function cases(
  talk: Talk,
  count: number,
  change: Record<string, unknown>,
  matter: string | null = null,
) {
  const [{ id = '' } = {}] = [await rated(talk, { receipt: `S${matter}` })];
  await talk.query(
    `WITH r AS (
       INSERT INTO rating (campaign_id, set_version, flow_id, flow_version, unit_id, matter, source, day, level, answers)
       SELECT campaign_id, set_version, flow_id, flow_version, unit_id, $4::text, source, day, level, answers
       FROM rating, generate_series(1, $2) WHERE id = $1 RETURNING *)
     INSERT INTO rating_case (number, campaign_id, unit_id, rating_id, opened_on, record, stage, due_on)
     SELECT 2000000 + (SELECT count(*) FROM rating_case) + row_number() OVER (), r.campaign_id, r.unit_id, r.id, r.day,
       c.record || $3::jsonb, (c.record || $3::jsonb) ->> 'stage', (c.record || $3::jsonb) ->> 'dueOn'
     FROM r, rating_case c WHERE c.rating_id = $1`,
    [id, count, JSON.stringify(change), matter],
  );
  await talk.query('DELETE FROM rating_case WHERE rating_id = $1', [id]);
  await talk.query('DELETE FROM rating WHERE id = $1', [id]);
}

test('回访率, 按时办结率 and 重复差评 are what the cases say', async () => {
  const talk = await stage();
  const closed = { stage: 'closed', dueOn: null };
  await cases(talk, 12, { ...closed, ended: 'satisfied', again: 3, contact: true }, '甲');
  await cases(talk, 5, { ...closed, ended: 'silent', late: true }, '乙');
  await cases(talk, 6, { ...closed, ended: 'struck' }, '丙');
  await cases(talk, 7, { stage: 'verifying', dueOn: '2026-06-23' });
  const run = runOn(talk.database.pool);
  const on = (today: string) => caseFiguresOf(run, talk.campaignId, null, today);
  expect(await on('2026-06-23')).toEqual({
    cases: 24,
    open: 7,
    called: { kind: 'exact', n: 17, count: 12, percent: 70.6 },
    inTime: { kind: 'exact', n: 17, count: 12, percent: 70.6 },
    // Of twelve of one matter eleven came again, of five four.
    repeated: { kind: 'most', n: 17, percent: 70 },
  });
  // The day after, those that are still looked into are overdue.
  expect((await on('2026-06-24')).inTime).toEqual({ kind: 'exact', n: 24, count: 12, percent: 50 });
  const [unit] = await talk.query<{ city: string; pinghu: string }>(
    `SELECT (SELECT id::text FROM unit WHERE code = 'city') AS city, (SELECT id::text FROM unit WHERE code = 'pinghu') AS pinghu`,
  );
  expect(await caseFiguresOf(run, talk.campaignId, unit?.city ?? '', '2026-06-23')).toEqual(
    await on('2026-06-23'),
  );
  expect(await caseFiguresOf(run, talk.campaignId, unit?.pinghu ?? '', '2026-06-23')).toMatchObject({
    cases: 0,
    called: { kind: 'none' },
  });
});

test('again after more than 90 days is no repetition', async () => {
  const talk = await stage();
  await cases(talk, 10, {}, '甲');
  await talk.query(
    `UPDATE rating_case c SET opened_on = date '2025-01-01' + 91 * o.n
     FROM (SELECT id, row_number() OVER (ORDER BY id)::int AS n FROM rating_case) o WHERE o.id = c.id`,
  );
  const run = runOn(talk.database.pool);
  const repeated = async () => (await caseFiguresOf(run, talk.campaignId, null, '2026-06-23')).repeated;
  expect(await repeated()).toEqual({ kind: 'exact', n: 10, count: 0, percent: 0 });
  await talk.query(
    `UPDATE rating_case c SET opened_on = date '2025-01-01' + 90 * o.n
     FROM (SELECT id, row_number() OVER (ORDER BY id)::int AS n FROM rating_case) o WHERE o.id = c.id`,
  );
  expect(await repeated()).toEqual({ kind: 'most', n: 10, percent: 50 });
});

test('a rating that nothing is known to follow from is left alone', async () => {
  const talk = await stage();
  const at = talk.clock.now().toISOString();
  const missing = { id: '00000000-0000-4000-8000-000000000000', level: 1, changed: true };
  await caseFollows({ run: runOn(talk.database.pool), library: talk.library, at }, [missing]);
  expect(await talk.query('SELECT 1 FROM rating_case')).toEqual([]);
});
