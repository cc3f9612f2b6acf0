import { expect, test } from 'vitest';
import { exportOf } from '../../../src/report/export.ts';
import { cast, stage } from '../../conversation/stage.ts';
import {
  answers,
  counted,
  delivered,
  laterSweep,
  ordered,
  people,
  says,
  stored,
  sweep,
  tallied,
} from './ground.ts';
import { everything } from './rows.ts';

test('the sweep leaves no trace of who took part, and no order', async () => {
  const talk = await stage({ language: 'en' });
  const order: string[] = [];
  for (const urn of [...people, cast.citizen]) {
    await says(talk, urn, ['survey', ...answers.slice(0, 3), `my number was ${order.length}`]);
    order.push(`my number was ${order.length}`);
  }
  await delivered(talk, 'wechat');
  await delivered(talk, 'console');
  const ratings = () => talk.query('SELECT * FROM rating ORDER BY id');
  const cases = () => talk.query('SELECT * FROM rating_case ORDER BY id');
  const before = [await ratings(), await cases(), await tallied(talk)];
  expect(before[0]).toHaveLength(order.length);
  expect(before[1]).toHaveLength(order.length);

  // A message that comes again is known for an hour.
  await sweep(talk);
  expect(await talk.query(`SELECT count(*)::int AS n FROM inbox WHERE status = 'done'`)).toEqual([
    { n: 13 * 5 },
  ]);
  await laterSweep(talk);

  const rows = await everything(talk);
  const personas = rows.filter(({ table }) => !['urn', 'contact', 'campaign'].includes(table));
  for (const urn of people) expect(rows.filter(({ row }) => row.includes(`"${urn}"`))).toEqual([]);
  expect(personas.filter(({ row }) => row.includes(`"${cast.citizen}"`))).toEqual([]);
  expect(await talk.query(`SELECT 1 FROM contact WHERE title IS NULL`)).toEqual([]);

  // As they lie on the disk, by their ids and numbers, and by the transaction that wrote them.
  for (const by of ['r.ctid', 'r.id', 'c.ctid', 'c.id', 'c.number', 'r.receipt']) {
    expect([by, await ordered(talk, by)]).not.toEqual([by, order]);
    expect((await ordered(talk, by)).toSorted()).toEqual(order.toSorted());
  }
  const writers = (table: string) => talk.query<{ xmin: string }>(`SELECT DISTINCT xmin::text FROM ${table}`);
  expect(await writers('rating')).toHaveLength(1);
  for (const table of ['rating_case', 'rating_tally'])
    expect(await writers(table)).toEqual(await writers('rating'));
  // Nothing else has changed: ids, numbers, cases, and the tally is what the ratings add up to.
  expect([await ratings(), await cases(), await tallied(talk)]).toEqual(before);
  expect(await tallied(talk)).toEqual(await counted(talk));
  const exported = (await exportOf(talk.database, 'jiaxing-2014', talk.clock.now().toISOString())) as {
    ratings: { day: string; answers: { comment: string } }[];
  };
  expect(exported.ratings).toHaveLength(order.length);
  expect(exported.ratings.map(({ answers: { comment } }) => comment)).not.toEqual(order);
  expect(JSON.stringify(exported)).not.toContain('receipt');

  // Later days are mixed among themselves; whoever comes again is a new stranger.
  talk.clock.set('2026-06-26T10:00:00+08:00');
  await says(talk, people[0] ?? '', ['survey', ...answers]);
  await sweep(talk);
  expect(await ordered(talk, 'r.id')).toHaveLength(order.length + 1);
  expect(await writers('rating')).toHaveLength(2);
  expect(await tallied(talk)).toEqual(await counted(talk));
});

test('a crash between the halves loses nothing: the sweep can be run again, by several at once', async () => {
  const talk = await stage({ language: 'en' });
  await says(talk, 'wechat:citizen', ['survey', ...answers]);
  await says(talk, 'wechat:under-way', ['survey', ...answers.slice(0, 2)]);
  await delivered(talk, 'wechat');
  talk.clock.advance(3_600_001);
  await Promise.all([sweep(talk), sweep(talk), sweep(talk)]);
  await sweep(talk);
  await says(talk, 'wechat:under-way', answers.slice(2));
  expect(await stored(talk)).toEqual([{ sessions: 0, answers: 0, ratings: 2 }]);
  expect(await talk.query('SELECT DISTINCT answers FROM rating')).toHaveLength(1);
  expect(await tallied(talk)).toEqual(await counted(talk));
  // Each has its case still, and no case has lost its rating.
  expect(await talk.query('SELECT 1 FROM rating_case c JOIN rating r ON r.id = c.rating_id')).toHaveLength(2);
});
