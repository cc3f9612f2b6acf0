import { expect, it } from 'vitest';
import { handClock, machineClock } from '../../src/clock.ts';
import { clearOut } from '../../src/jobs/housekeeping.ts';
import { cast, stage } from '../conversation/stage.ts';

const answers = ['非常不满意', '1', '20分钟', '柜台只开了一个'];

it('keeps messages 90 days, and what citizens answered 90 days after the campaign', async () => {
  const talk = await stage();
  await talk.says(cast.citizen, '评价');
  for (const answer of answers) await talk.says(cast.citizen, answer);
  await talk.says('wechat:under-way', '评价');
  const count = async (table: string) =>
    (await talk.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n;
  const clean = () => clearOut({ ...talk.options, machine: machineClock });
  expect(await count('rating')).toBe(1);
  expect(await count('inbox')).toBe(6);

  talk.clock.set('2026-09-20T10:00:00+08:00');
  await clean();
  expect(await count('inbox')).toBe(6);

  talk.clock.set('2026-09-21T10:00:00+08:00');
  await clean();
  expect(await count('inbox')).toBe(0);
  expect(await count('rating')).toBe(1);

  // The last due day is 15 July; the 90th day after it is 13 October.
  talk.clock.set('2026-10-13T10:00:00+08:00');
  await clean();
  expect(await count('rating')).toBe(1);
  expect(await count('rating_tally')).toBe(1);
  talk.clock.set('2026-10-14T10:00:00+08:00');
  await clean();
  expect(await count('rating')).toBe(0);
  expect(await count('rating_tally')).toBe(0);
  expect(await talk.query('SELECT rating_id FROM rating_case')).toEqual([{ rating_id: null }]);
  expect(await count('answer')).toBe(0);
  expect(await count("session WHERE flow_id = 'jiaxing-2014/citizen'")).toBe(0);
});

it('keeps what was set aside 90 days too, and lanes for a day', async () => {
  const talk = await stage();
  await talk.says(cast.citizen, '我的秘密');
  await talk.query(`UPDATE inbox SET status = 'dead'`);
  await talk.query(`UPDATE outbox SET status = 'dead' WHERE address = $1`, [cast.citizen]);
  const machine = handClock('2026-11-01T12:00:00Z');
  await talk.query('INSERT INTO lane (lane, spent) VALUES ($1, $2), ($3, $4)', [
    'wechat:old',
    ['2026-10-30T12:00:00Z', '2026-10-31T11:59:59Z'],
    'account:wechat',
    ['2026-10-30T12:00:00Z', '2026-10-31T12:00:00Z'],
  ]);
  const clean = () => clearOut({ ...talk.options, machine });
  const words = () =>
    talk.query(`SELECT 1 FROM inbox UNION ALL SELECT 1 FROM outbox WHERE address = $1`, [cast.citizen]);
  talk.clock.set('2026-09-20T10:00:00+08:00');
  await clean();
  expect(await words()).toHaveLength(2);
  expect(await talk.query('SELECT lane FROM lane')).toEqual([{ lane: 'account:wechat' }]);
  talk.clock.set('2026-09-21T10:00:00+08:00');
  await clean();
  expect(await words()).toEqual([]);
});

it('forgets browsers that are logged out, and links that are over', async () => {
  const talk = await stage();
  const machine = handClock('2026-11-01T12:00:00Z');
  await talk.query(
    `INSERT INTO web_session (hash, contact_id, created_at, revoked_at)
     SELECT decode(n, 'hex'), (SELECT contact_id FROM urn LIMIT 1), made::timestamptz, out::timestamptz
     FROM (VALUES ('01', '2026-11-01T11:00:00Z', NULL), ('02', '2026-10-31T23:59:59Z', NULL),
       ('03', '2026-11-01T00:00:00Z', '2026-11-01T11:00:00Z')) AS s(n, made, out)`,
  );
  await talk.query(
    `INSERT INTO web_login (hash, contact_id, expires_at)
     SELECT decode(n, 'hex'), (SELECT contact_id FROM urn LIMIT 1), till::timestamptz
     FROM (VALUES ('04', '2026-11-01T12:00:00Z'), ('05', '2026-11-01T11:59:59Z')) AS l(n, till)`,
  );
  await clearOut({ ...talk.options, machine });
  expect(
    await talk.query(
      `SELECT encode(hash, 'hex') AS hash FROM web_session UNION ALL SELECT encode(hash, 'hex') FROM web_login ORDER BY 1`,
    ),
  ).toEqual(['01', '03', '04'].map((hash) => ({ hash })));
});
