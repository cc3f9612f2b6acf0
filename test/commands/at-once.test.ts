import { expect, test } from 'vitest';
import { createReceive } from '../../src/conversation/receive.ts';
import { takeTurns } from '../../src/conversation/turn.ts';
import { cast, type Heard, stage, type Talk } from '../conversation/stage.ts';
import { enrol, to } from '../ledger/people.ts';
import { visit } from './visit.ts';

const { coordinator, inspector } = cast;
const [one, other] = ['console:one', 'console:other'];

/**
 * Two people say something in the same second: both have read how things stand before either of them can write the row.
 * @param row the table and which row of it
 */
async function atOnce(
  talk: Talk,
  text: string,
  people: string[],
  row: { table: string; where: string },
): Promise<Heard[]> {
  const receive = createReceive({
    database: talk.database,
    clock: talk.clock,
    stored: () => undefined,
    fetchLater: () => Promise.reject(new Error('nothing here is fetched later')),
  });
  const holder = await talk.database.pool.connect();
  try {
    return await talk.during(async () => {
      await holder.query('BEGIN');
      await holder.query(`SELECT FROM ${row.table} WHERE ${row.where} FOR UPDATE`);
      for (const urn of people)
        await receive({
          channel: 'console',
          account: 'console',
          externalId: `${urn}-at-once`,
          urn,
          kind: 'text',
          text,
          addressed: true,
          slash: false,
          files: [],
          sentAt: talk.clock.now().toISOString(),
        });
      const work = async () => {
        while ((await takeTurns(talk.options)) > 0);
      };
      const working = Promise.all(people.map(work));
      for (;;) {
        // Whoever waits for a row holds its place in the queue, or waits for that. Other locks count for nothing: a
        // worker that took up the same message waits for its person.
        const queued = await talk.query(
          `SELECT DISTINCT pid FROM pg_locks
           WHERE locktype = 'tuple' AND relation = to_regclass($1)
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
          [row.table],
        );
        if (queued.length >= people.length) break;
      }
      await holder.query('COMMIT');
      await working;
    });
  } finally {
    holder.release();
  }
}

test('of two coordinators who return a report in the same second one does, and the other is told', async () => {
  const talk = await stage();
  await enrol(talk, one, { role: 'coordinator', unit: null, title: '第二协调员' });
  for (let n = 0; n < 3; n += 1) await visit(talk, inspector);
  await talk.says(inspector, '确认上报');
  const heard = await atOnce(talk, '退回上报 1 缺数据', [coordinator, one], {
    table: 'assignment',
    where: 'number = 1',
  });
  const answers = [...to(coordinator, heard), ...to(one, heard)].sort();
  expect(answers).toEqual([
    '1号任务的报告刚刚已被退回，无需再退。',
    '已退回1号任务（南湖区政府：检查海盐县政府），并告知检查员1人。提醒照常继续。',
  ]);
  expect(to(inspector, heard)).toHaveLength(1);
  expect(await talk.query(`SELECT 1 FROM audit WHERE kind = 'assignment.returned'`)).toHaveLength(1);
});

test('of two who release in the same second one does, and the other is told', async () => {
  const talk = await stage({ campaign: { file: 'jiaxing-2014-full' } });
  for (const urn of [one, other])
    await enrol(talk, urn, { role: 'coordinator', unit: 'discipline', title: urn });
  const heard = await atOnce(talk, '公布 确认', [one, other], {
    table: 'activity',
    where: `mode = 'covert'`,
  });
  expect([...to(one, heard), ...to(other, heard)].sort()).toEqual([
    '“暗访式督查”刚刚已经公布，无需再公布。',
    '“暗访式督查”已公布。',
  ]);
  expect(await talk.query(`SELECT 1 FROM audit WHERE kind = 'activity.released'`)).toHaveLength(1);
});
