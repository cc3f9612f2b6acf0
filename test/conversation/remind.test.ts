import { expect, test } from 'vitest';
import { type RemindOptions, sendDueReminders } from '../../src/conversation/remind.ts';
import lockDueReminders from '../../src/store/sql/lock-due-reminders.sql';
import { everyHour, openStage, outbox, publishedSample, type Stage } from './campaign-stage.ts';

const published = '2026-06-22T10:00:00+08:00';
/** The two inspectors of the sample who are bound to somebody. */
const inspectors = ['console:inspector-1', 'console:inspector-2'];

function inShanghai(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** The reminders of task 1, as they were decided. */
async function decisions({ query }: Stage, number = 1): Promise<string[]> {
  const rows = await query<{ step: string; decision: string; people: number; at: Date }>(
    `SELECT r.step, r.decision, r.people, r.at FROM reminder r JOIN assignment a ON a.id = r.assignment_id
     WHERE a.number = $1 ORDER BY r.id`,
    [number],
  );
  return rows.map(
    ({ step, decision, people, at }) => `${inShanghai(at.toISOString())} ${step} ${decision} ${people}`,
  );
}

async function remindAt({ query }: Stage): Promise<string | undefined> {
  const [row] = await query<{ at: Date | null }>('SELECT remind_at AS at FROM assignment WHERE number = 1');
  return row?.at?.toISOString();
}

test('three workdays before, one before, on the day, then each workday while it is overdue', async () => {
  const stage = await openStage(published);
  await publishedSample(stage);
  await everyHour(stage, '2026-07-20T23:00:00+08:00', () => sendDueReminders(stage, 100));
  const expected = ['07-10 before-3', '07-14 before-1', '07-15 before-0'].concat(
    // The 18th and 19th are a weekend.
    ['07-16', '07-17', '07-20'].map((day) => `${day} overdue-2026-${day}`),
  );
  const at = (row: string) => `2026-${row.slice(0, 5)} 09:00 ${row.slice(6)}`;
  expect(await decisions(stage)).toEqual(expected.map((row) => `${at(row)} sent 1`));
  // Nobody is bound to the third unit; it is decided all the same, and said why.
  expect(await decisions(stage, 3)).toEqual(expected.map((row) => `${at(row)} nobody 0`));
  const sent = await outbox(stage, 'remind:');
  expect(sent.map(({ at, address }) => `${inShanghai(at)} ${address}`)).toEqual(
    expected.flatMap((row) => inspectors.map((urn) => `2026-${row.slice(0, 5)} 09:00 ${urn}`)),
  );
  expect(new Set(sent.map(({ priority }) => priority))).toEqual(new Set([1]));
  expect(sent.filter(({ address }) => address === inspectors[0]).map(({ text }) => text)).toEqual([
    '提醒：南湖区政府检查海盐县政府的任务尚未上报。\n请于2026年7月15日（周三）前完成并上报（含当日），还有3个工作日（不含今天）。',
    '提醒：南湖区政府检查海盐县政府的任务尚未上报。\n请于2026年7月15日（周三）前完成并上报（含当日），还有1个工作日（不含今天）。',
    '提醒：南湖区政府检查海盐县政府的任务尚未上报。\n今天到期，请于2026年7月15日（周三）内完成并上报。',
    ...[1, 2, 5].map(
      (days) =>
        `提醒：南湖区政府检查海盐县政府的任务应于2026年7月15日（周三）前完成，已逾期${days}天，尚未上报。请尽快完成；如有困难，请联系协调单位。\n下一步：到下一个窗口后回复“签到”。`,
    ),
  ]);
});

test('a report ends the reminders, and what has been checked is said', async () => {
  const stage = await openStage(published);
  const { query } = stage;
  const campaignId = await publishedSample(stage);
  const visit = (number: number) =>
    query(
      `INSERT INTO session (campaign_id, assignment_id, flow_id, flow_version, status, state, active_at, started_at, ended_at)
       SELECT $1, id, 'jiaxing-2014/window', 1, 'completed', '{}', now(), now(), now() FROM assignment WHERE number = $2`,
      [campaignId, number],
    );
  await visit(1);
  for (let done = 0; done < 3; done += 1) await visit(2);
  stage.clock.set('2026-07-10T09:00:00+08:00');
  await sendDueReminders(stage, 100);
  expect((await outbox(stage, 'remind:')).map(({ text }) => text.split('\n').at(-1))).toEqual([
    '已检查1个窗口，至少需3个。',
    '已检查3个窗口，可回复“上报”提交情况。',
  ]);
  await query(`UPDATE assignment SET reported_at = now() WHERE number = 1`);
  await everyHour(stage, '2026-07-17T10:00:00+08:00', () => sendDueReminders(stage, 100));
  expect(await decisions(stage)).toEqual(['2026-07-10 09:00 before-3 sent 1']);
  expect(await remindAt(stage)).toBeUndefined();
  expect(await decisions(stage, 2)).toHaveLength(5);
});

test('a record that is unfinished and a report that was returned are said, with the step that is next', async () => {
  const stage = await openStage(published);
  const campaignId = await publishedSample(stage);
  // The record is that of the first inspector, of task 1; the report of task 2 came back.
  await stage.query(
    `INSERT INTO session (campaign_id, contact_id, assignment_id, flow_id, flow_version, status, state, active_at, started_at)
     SELECT $1, u.contact_id, a.id, 'jiaxing-2014/window', 1, 'open', '{}', now(), now() FROM assignment a, urn u
     WHERE a.number = 1 AND u.urn = $2`,
    [campaignId, inspectors[0]],
  );
  await stage.query(
    `INSERT INTO session (campaign_id, assignment_id, flow_id, flow_version, status, state, active_at, started_at, ended_at)
     SELECT $1, id, 'jiaxing-2014/window', 1, 'completed', '{}', now(), now(), now() FROM assignment, generate_series(1, 5)
     WHERE number = 2`,
    [campaignId],
  );
  await stage.query(`UPDATE assignment SET returned_at = now() WHERE number = 2`);
  stage.clock.set('2026-07-16T09:00:00+08:00');
  await sendDueReminders(stage, 100);
  const [begun, returned] = (await outbox(stage, 'remind:')).map(({ text }) => text.split('\n').slice(1));
  expect(begun).toEqual(['下一步：检查表还没有填完，请回复“继续”接着填。']);
  expect(returned?.[0]).toBe('报告已被退回，请补充后重新上报。');
  expect(returned?.[1]).toContain('下一步：回复“上报”提交');
  expect(returned).toHaveLength(2);
});

test('a campaign that is over reminds nobody', async () => {
  const stage = await openStage(published);
  await publishedSample(stage);
  await stage.query(`UPDATE campaign SET status = 'closed'`);
  stage.clock.set('2026-07-10T09:00:00+08:00');
  expect(await sendDueReminders(stage, 100)).toBe(8);
  expect(await outbox(stage, 'remind:')).toEqual([]);
  expect(await remindAt(stage)).toBeUndefined();
});

test('after days of standing still there is one message, of how things stand, and the rest is kept as skipped', async () => {
  const stage = await openStage(published);
  await publishedSample(stage);
  stage.clock.set('2026-07-17T15:00:00+08:00');
  while ((await sendDueReminders(stage, 3)) > 0);
  const at = '2026-07-17 15:00';
  expect(await decisions(stage)).toEqual([
    `${at} before-3 skipped 0`,
    `${at} before-1 skipped 0`,
    `${at} before-0 skipped 0`,
    `${at} overdue-2026-07-16 skipped 0`,
    `${at} overdue-2026-07-17 sent 1`,
  ]);
  const sent = await outbox(stage, 'remind:');
  expect(sent.map(({ address }) => address)).toEqual(inspectors);
  expect(sent[0]?.text).toContain('已逾期2天');
  expect(await remindAt(stage)).toBe('2026-07-20T01:00:00.000Z');
});

test('found in quiet hours, a missed reminder waits for the morning and nothing is lost', async () => {
  const stage = await openStage(published);
  await publishedSample(stage);
  stage.clock.set('2026-07-14T22:00:00+08:00');
  expect(await sendDueReminders(stage, 100)).toBe(8);
  expect(await sendDueReminders(stage, 100)).toBe(0);
  expect(await decisions(stage)).toEqual([]);
  expect(await remindAt(stage)).toBe('2026-07-15T00:00:00.000Z');
  await everyHour(stage, '2026-07-15T12:00:00+08:00', () => sendDueReminders(stage, 100));
  expect(await decisions(stage)).toEqual([
    '2026-07-15 08:00 before-3 skipped 0',
    '2026-07-15 08:00 before-1 sent 1',
    '2026-07-15 09:00 before-0 sent 1',
  ]);
});

/** Open assignments in plenty: `count` of the sample's activity, to be reminded of at `remindAt`, one inspector each. */
async function many({ query }: Stage, count: number, remindAt: string): Promise<void> {
  await query(
    `WITH units AS (
       INSERT INTO unit (campaign_id, code, name, kind)
       SELECT id, 'u' || $2 || n, to_jsonb('单位' || n), 'organisation' FROM campaign, generate_series(1, $1) n
       RETURNING id, campaign_id
     ), people AS (
       INSERT INTO contact (address) SELECT 'wechat:' || id FROM units RETURNING id, address
     ), bound AS (
       INSERT INTO membership (contact_id, campaign_id, unit_id, role)
       SELECT p.id, u.campaign_id, u.id, 'inspector' FROM units u JOIN people p ON p.address = 'wechat:' || u.id
     )
     INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on, remind_at)
     SELECT v.id, u.id, t.id, '2026-07-15', $2::timestamptz FROM activity v, units u, unit t WHERE t.code = 'city'`,
    [count, remindAt],
  );
}

test('many processes at once send each reminder exactly once', async () => {
  const stage = await openStage(published);
  await publishedSample(stage);
  await many(stage, 400, '2026-07-10T01:00:00Z');
  stage.clock.set('2026-07-10T09:00:00+08:00');
  const process = async () => {
    let count = 0;
    for (let done = -1; done !== 0; count += done) done = await sendDueReminders(stage, 37);
    return count;
  };
  const counts = await Promise.all([process(), process(), process(), process()]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(408);
  const sent = await outbox(stage, 'remind:');
  expect(sent).toHaveLength(402);
  expect(new Set(sent.map(({ address }) => address)).size).toBe(402);
  expect(await stage.query('SELECT step, count(*)::int FROM reminder GROUP BY step')).toEqual([
    { step: 'before-3', count: 408 },
  ]);
});

test('an assignment that a fault keeps from being reminded of stops nobody else', async () => {
  const stage = await openStage(published);
  await publishedSample(stage);
  await stage.query(`UPDATE assignment SET due_on = 'never' WHERE number = 1`);
  const faults: object[] = [];
  const log = { error: (about: object) => void faults.push(about) } as unknown as RemindOptions['log'];
  stage.clock.set('2026-07-10T09:00:00+08:00');
  expect(await sendDueReminders({ ...stage, log }, 100)).toBe(8);
  expect((await outbox(stage, 'remind:')).map(({ address }) => address)).toEqual([inspectors[1]]);
  expect(await remindAt(stage)).toBe('2026-07-10T02:00:00.000Z');
  const [row] = await stage.query<{ id: string }>('SELECT id FROM assignment WHERE number = 1');
  expect(faults).toEqual([{ err: expect.any(RangeError), assignment: row?.id }]);
});

test.each(['force_generic_plan', 'force_custom_plan'])(
  'what is due is found by its index, however much is open (%s)',
  async (mode) => {
    const stage = await openStage(published);
    await publishedSample(stage);
    await many(stage, 5_000, '2026-07-14T01:00:00Z');
    const client = await stage.database.pool.connect();
    try {
      for (const analyzed of [false, true]) {
        if (analyzed) await client.query('ANALYZE assignment');
        await client.query(`SET plan_cache_mode = ${mode}`);
        await client.query(`PREPARE due (timestamptz, int) AS ${lockDueReminders}`);
        const { rows } = await client.query(`EXPLAIN EXECUTE due ('2026-07-10T01:00:00Z', 100)`);
        await client.query('DEALLOCATE due');
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan).toContain('Index Scan using assignment_remind_at_idx');
        expect(plan).not.toMatch(/Seq Scan|Sort/);
      }
    } finally {
      client.release(true);
    }
  },
);
