import { expect, test } from 'vitest';
import { createRatings, type Ratings, type Submission } from '../../src/conversation/ratings.ts';
import { newReceipt } from '../../src/short-code.ts';
import { runOn } from '../../src/store/database.ts';
import { forgetDevices } from '../../src/store/devices.ts';
import { publishIndicatorSet } from '../../src/store/indicator-sets.ts';
import { campaignText } from './campaign-stage.ts';
import { stage, type Talk } from './stage.ts';

/** Where citizens rate over a code (HZ-21). */
interface Hall extends Talk {
  ratings: Ratings;
  /** A code that stands at a unit. */
  code(unit: string, more?: { kind?: string; expiresOn?: string }): Promise<string>;
}

const codes = { haiyan: 'ACFHJ34679', jiashan: 'ACFHJ3467A', pinghu: 'ACFHJ3467C', haining: 'ACFHJ3467F' };

async function hall(rules = ''): Promise<Hall> {
  const text = await campaignText('jiaxing-2014');
  const talk = await stage({
    campaign: { text: rules === '' ? text : text.replace('survey: citizen', `survey: citizen\n${rules}`) },
  });
  const { database, library, clock, keys } = talk;
  return {
    ...talk,
    ratings: createRatings({ database, library, clock, keys }),
    code: async (unit, { kind = 'unit', expiresOn } = {}) => {
      const code = codes[unit as keyof typeof codes];
      await talk.query(
        `INSERT INTO survey_code (code, campaign_id, kind, unit_id, created_at, expires_on)
         SELECT $1, campaign_id, $2, id, $3, $4 FROM unit WHERE code = $5`,
        [code, kind, clock.now(), expiresOn ?? null, unit],
      );
      return code;
    },
  };
}

const phone = { address: '203.0.113.7', agent: 'phone' };

const rating = (code: string, level: number, more: Partial<Submission> = {}): Submission => ({
  ...{ code, receipt: newReceipt(), device: null, seconds: 40 },
  values: { level, ...(level <= 2 ? { reasons: ['waiting'] } : {}) },
  ...more,
});

const kept = (talk: Talk) =>
  talk.query(
    `SELECT level, answers, source, day::text, marks, set_version AS set FROM rating ORDER BY level, id`,
  );

test('a rating by code is one row of its unit and day; sent twice it is one, sent otherwise it is changed', async () => {
  const { ratings, code, ...talk } = await hall();
  const at = await code('haiyan');
  const given = rating(at, 4);
  expect(await ratings.submit(given)).toEqual({ kind: 'stored', level: 4, negative: false });
  expect(await ratings.submit(given)).toEqual({ kind: 'changed', level: 4, negative: false });
  expect(await ratings.submit({ ...given, values: { level: 2, reasons: ['waiting'] } })).toMatchObject({
    kind: 'changed',
    negative: true,
  });
  expect(await kept(talk)).toEqual([
    {
      level: 2,
      answers: { level: 2, reasons: ['waiting'] },
      source: 'scan',
      day: '2026-06-22',
      marks: [],
      set: 1,
    },
  ]);
  expect(await talk.query('SELECT level, n FROM rating_tally WHERE n <> 0')).toEqual([{ level: 2, n: 1 }]);
  expect(await talk.query('SELECT stage FROM rating_case')).toEqual([{ stage: 'verifying' }]);
});

test('a rating that is changed is one of the set of indicators that holds then', async () => {
  const { ratings, code, ...talk } = await hall();
  const given = rating(await code('haiyan'), 4);
  await ratings.submit(given);
  await talk.query(
    'INSERT INTO indicator_set SELECT campaign_id, 2, definition, published_at FROM indicator_set WHERE version = 1',
  );
  await ratings.submit({ ...given, values: { level: 5 } });
  expect(await kept(talk)).toMatchObject([{ level: 5, set: 2 }]);
  expect(await talk.query('SELECT set_version AS set, level, n FROM rating_tally WHERE n <> 0')).toEqual([
    { set: 2, level: 5, n: 1 },
  ]);
});

test('the same page sent many times at once is one rating, and two hundred others lose nothing', async () => {
  const { ratings, code, ...talk } = await hall();
  const at = await code('haiyan');
  const doubled = rating(at, 5);
  const others = Array.from({ length: 200 }, (_, n) => rating(at, (n % 5) + 1));
  const done = await Promise.all([...Array(20).fill(doubled), ...others].map((one) => ratings.submit(one)));
  expect(done.filter(({ kind }) => kind === 'stored')).toHaveLength(201);
  expect(await talk.query('SELECT count(*)::int AS n FROM rating')).toEqual([{ n: 201 }]);
  expect(await talk.query('SELECT level, sum(n)::int AS n FROM rating_tally GROUP BY 1 ORDER BY 1')).toEqual(
    [1, 2, 3, 4, 5].map((level) => ({ level, n: level === 5 ? 41 : 40 })),
  );
  expect(
    await talk.query('SELECT count(*)::int AS n, count(DISTINCT number)::int AS of FROM rating_case'),
  ).toEqual([{ n: 80, of: 80 }]);
});

test('a case is rated once, by whoever comes first, and can be changed by its receipt', async () => {
  const { ratings, code } = await hall();
  const at = await code('haiyan', { kind: 'case' });
  const given = Array.from({ length: 5 }, () => rating(at, 3));
  const done = await Promise.all(given.map((one) => ratings.submit(one)));
  expect(done.filter(({ kind }) => kind === 'stored')).toHaveLength(1);
  expect(done.filter((one) => one.kind === 'closed' && one.why === 'used')).toHaveLength(4);
  const first = given[done.findIndex(({ kind }) => kind === 'stored')];
  expect(await ratings.submit({ ...rating(at, 5), receipt: first?.receipt ?? '' })).toMatchObject({
    kind: 'changed',
  });
  expect(await ratings.openSurvey(at)).toEqual({ closed: 'used' });
});

test('of a case that somebody rates in a chat just now the page takes nothing', async () => {
  const { ratings, code, says, ...talk } = await hall();
  const at = await code('haiyan', { kind: 'case' });
  await says('wechat:citizen', `评价 ${at}`);
  expect(await ratings.submit(rating(at, 5))).toEqual({ kind: 'closed', why: 'used' });
  for (const words of ['满意', '20', '跳过']) await says('wechat:citizen', words);
  expect(await talk.query('SELECT level, source FROM rating')).toEqual([{ level: 4, source: 'chat' }]);
  expect((await says('wechat:another', `评价 ${at}`)).at(-1)?.text).toContain('这次办事已经评价过了');
});

test('a code that is unknown, closed, expired, or of a campaign that is over takes nothing, and says which', async () => {
  const { ratings, code, clock, ...talk } = await hall();
  const at = await code('haiyan', { expiresOn: '2026-06-23' });
  expect(await ratings.openSurvey('ACFHJ3467X')).toEqual({ closed: 'unknown' });
  expect(await ratings.submit(rating('ACFHJ3467X', 5))).toEqual({ kind: 'closed', why: 'unknown' });
  expect(await ratings.openSurvey(at.toLowerCase())).toMatchObject({ code: at, until: '2026-06-23' });
  clock.set('2026-06-24T00:30:00+08:00');
  expect(await ratings.submit(rating(at, 5))).toEqual({ kind: 'closed', why: 'expired' });
  await talk.query('UPDATE survey_code SET expires_on = NULL, closed_at = now()');
  expect(await ratings.submit(rating(at, 5))).toEqual({ kind: 'closed', why: 'closed' });
  await talk.query(`UPDATE survey_code SET closed_at = NULL`);
  await talk.query(`UPDATE campaign SET status = 'closed'`);
  expect(await ratings.openSurvey(at)).toEqual({ closed: 'closed' });
});

test('one device rates a unit so often a day; another unit, device or day is another matter', async () => {
  const { ratings, code, clock } = await hall('ratings: { perDeviceDay: 2 }');
  const [here, there] = [await code('haiyan'), await code('jiashan')];
  const kinds = async (at: string, device = phone) => (await ratings.submit(rating(at, 5, { device }))).kind;
  expect([await kinds(here), await kinds(here), await kinds(here)]).toEqual(['stored', 'stored', 'limited']);
  expect(await kinds(there)).toBe('stored');
  expect(await kinds(here, { ...phone, address: '203.0.113.8' })).toBe('stored');
  clock.set('2026-06-23T09:00:00+08:00');
  expect(await kinds(here)).toBe('stored');
});

test('what is refused counts for no burst: nobody can make the ratings of others look like one', async () => {
  const { ratings, code, ...talk } = await hall('ratings: { perDeviceDay: 2 }');
  const at = await code('haiyan');
  const given = Array.from({ length: 6 }, () => ratings.submit(rating(at, 5, { device: phone })));
  const kinds = (await Promise.all(given)).map(({ kind }) => kind);
  // Together or one by one: as many are taken as the campaign allows.
  expect(kinds.filter((kind) => kind === 'stored')).toHaveLength(2);
  expect(kinds.filter((kind) => kind === 'limited')).toHaveLength(4);
  await ratings.submit(rating(at, 5, { device: phone }));
  expect(await talk.query('SELECT count(*)::int AS n FROM rating')).toEqual(
    await talk.query(`SELECT sum(n)::int AS n FROM rating_trace WHERE token = ''`),
  );
});

test('what a device is known by lasts a day, and no rating carries it', async () => {
  const { ratings, code, database, ...talk } = await hall();
  await ratings.submit(rating(await code('haiyan'), 5, { device: phone }));
  const traces = await talk.query<{ token: Buffer }>(`SELECT token FROM rating_trace WHERE token <> ''`);
  expect(traces).toHaveLength(1);
  const [row] = await talk.query<{ row: string }>('SELECT to_jsonb(r)::text AS row FROM rating r');
  expect(row?.row).not.toContain(traces[0]?.token.toString('hex') ?? '?');
  // Until midnight where the campaign is, and not until it is midnight everywhere.
  const run = runOn(database.pool);
  expect(await forgetDevices(run, '2026-06-22T15:59:59.999Z')).toBe(0);
  expect(await forgetDevices(run, '2026-06-22T16:00:00.000Z')).toBe(1);
  expect(await talk.query(`SELECT 1 FROM setting WHERE key LIKE 'device-salt:%'`)).toEqual([]);
});

test('signs of tampering are marked and the ratings kept: speed, the offices’ own network, many windows, the same words', async () => {
  const { ratings, code, ...talk } = await hall(
    'ratings: { staffNetworks: [10.8.0.0/16], signals: { windows: { from: 3 } } }',
  );
  const at = await code('haiyan');
  const marks = async (more: Partial<Submission>, unit = at) => {
    const one = rating(unit, 5, more);
    expect((await ratings.submit(one)).kind).toBe('stored');
    const receipt = talk.keys.receipt(one.receipt).toString('hex');
    const [row] = await talk.query<{ marks: string[] }>(
      `SELECT marks FROM rating WHERE receipt = decode($1, 'hex')`,
      [receipt],
    );
    return row?.marks;
  };
  expect(await marks({ seconds: 40 })).toEqual([]);
  expect(await marks({ seconds: 2 })).toEqual(['fast']);
  expect(await marks({ device: { ...phone, address: '10.8.3.4' } })).toEqual(['staff-network']);
  expect(await marks({ device: phone })).toEqual([]);
  expect(await marks({ device: phone }, await code('jiashan'))).toEqual([]);
  expect(await marks({ device: phone }, await code('pinghu'))).toEqual(['many-windows']);
  const words = { values: { level: 5, comment: '工作人员态度非常热情周到' } };
  expect(await marks(words)).toEqual([]);
  expect(await marks(words)).toEqual([]);
  expect(await marks({ values: { level: 5, comment: '工作人员，态度非常热情周到！！' } })).toEqual([
    'same-comment',
  ]);
  // With the third the two before are marked as well.
  expect(
    await talk.query(`SELECT count(*)::int AS n FROM rating WHERE 'same-comment' = ANY (marks)`),
  ).toEqual([{ n: 3 }]);
  expect(await talk.query('SELECT count(*)::int AS n FROM rating')).toEqual([{ n: 9 }]);
  // Nor does it help to write something else first and to change it.
  const other = rating(at, 5, { values: { level: 5, comment: '另外写的一句不一样的话' } });
  await ratings.submit(other);
  expect(await ratings.change(other.receipt, words.values)).toBe('changed');
  expect(
    await talk.query(`SELECT count(*)::int AS n FROM rating WHERE 'same-comment' = ANY (marks)`),
  ).toEqual([{ n: 4 }]);
});

test('at closing time, many more than the day had brought are marked', async () => {
  const { ratings, code, clock, ...talk } = await hall();
  const at = await code('haiyan');
  const devices = (from: number, count: number) =>
    Array.from({ length: count }, (_, n) => ({ address: `198.51.100.${from + n}`, agent: 'phone' }));
  for (const [hour, from] of [
    ['10', 0],
    ['11', 2],
    ['14', 4],
  ] as const) {
    clock.set(`2026-06-22T${hour}:00:00+08:00`);
    for (const device of devices(from, 2)) await ratings.submit(rating(at, 4, { device }));
  }
  clock.set('2026-06-22T16:50:00+08:00');
  for (const device of devices(20, 30)) await ratings.submit(rating(at, 5, { device }));
  const [{ n } = { n: 0 }] = await talk.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM rating WHERE 'closing-burst' = ANY (marks)`,
  );
  expect(n).toBeGreaterThanOrEqual(20);
  expect(n).toBeLessThan(30);
});

test('a published indicator set is never edited, only superseded; each rating names its own', async () => {
  const { ratings, code, ...talk } = await hall();
  const at = await code('haiyan');
  await ratings.submit(rating(at, 5));
  for (const sql of [`UPDATE indicator_set SET definition = '{}'`, 'DELETE FROM indicator_set'])
    await expect(talk.query(sql)).rejects.toThrow(/superseded/);
  await talk.query(
    `UPDATE campaign SET definition = jsonb_set(definition, '{ratings,scores}', '[100, 80, 60, 30, 0]')`,
  );

  const again = () =>
    publishIndicatorSet(runOn(talk.database.pool), talk.campaignId, talk.clock.now().toISOString());
  await again();
  await again();
  await ratings.submit(rating(at, 4));
  expect(
    await talk.query(
      `SELECT version, definition #> '{levels,4,score}' AS worst FROM indicator_set ORDER BY 1`,
    ),
  ).toEqual([
    { version: 1, worst: 20 },
    { version: 2, worst: 0 },
  ]);
  expect((await kept(talk)).map((row) => row)).toMatchObject([
    { level: 4, set: 2 },
    { level: 5, set: 1 },
  ]);
});
