import { expect, test } from 'vitest';
import { prepareBackground } from '../../src/jobs/background.ts';
import { askForWeeklies, sendWeekly } from '../../src/jobs/weekly.ts';
import { loadFiles } from '../../src/store/attachments.ts';
import { WeeklyJob } from '../../src/store/later.ts';
import { rated } from '../commands/rated.ts';
import { cast, stage, type Talk } from '../conversation/stage.ts';
import { pixelsOf } from '../report/charts/pixels.ts';

const { coordinator, inspector } = cast;
const leaders = 'wechat:room/leaders@chatroom';

async function tied(): Promise<Talk> {
  const talk = await stage();
  await prepareBackground(talk.database, talk.log);
  const heard = await talk.says(coordinator, '绑定群 领导', { room: leaders, addressed: true });
  expect(heard.map(({ text }) => text).join()).toContain('用途：领导群');
  return talk;
}

/** One look of a process, and the jobs that come of it. */
async function look(talk: Talk): Promise<number> {
  await askForWeeklies(talk);
  const jobs = await talk.query<{ payload: unknown }>('SELECT payload FROM graphile_worker._private_jobs');
  for (const { payload } of jobs) await sendWeekly(talk, WeeklyJob.parse(payload));
  await talk.query('DELETE FROM graphile_worker._private_jobs');
  return jobs.length;
}

test('once a week, at its hour, one message with one picture for the leaders’ room, without the name of a unit', async () => {
  const talk = await tied();
  await rated(talk, [5, 0, 5, 10, 80], { unit: 'nanhu' });
  talk.clock.set('2026-07-13T08:59:00+08:00');
  expect(await look(talk)).toBe(0);
  talk.clock.set('2026-07-13T09:00:00+08:00');
  const heard = await talk.during(async () => {
    expect(await look(talk)).toBe(1);
    expect(await look(talk)).toBe(0);
  });
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatchObject({ to: leaders, priority: 2 });
  const text = heard[0]?.text ?? '';
  expect(text).toContain('截至2026年7月13日（周一）09:00，共8项任务');
  expect(text).toContain('已上报0项');
  expect(text).toContain('满意率90%（82.6—94.5）');
  expect(text).not.toMatch(/区政府|县政府|市政府/);
  const [file] = await loadFiles(talk.database, heard[0]?.say.attachments ?? []);
  expect(file?.name).toBe('工作进展.png');
  expect(pixelsOf(file?.bytes ?? new Uint8Array()).width).toBe(750);
  talk.clock.set('2026-07-20T09:30:00+08:00');
  expect(await look(talk)).toBe(1);
});

test.each([
  ['at night', '2026-07-13T21:30:00+08:00'],
  ['on another day', '2026-07-15T09:00:00+08:00'],
])('missed, it is not made up for %s', async (_, now) => {
  const talk = await tied();
  talk.clock.set(now);
  expect(await look(talk)).toBe(0);
});

test('not of a campaign that is paused', async () => {
  const talk = await tied();
  await talk.says(coordinator, '暂停活动 确认');
  expect(await talk.query('SELECT 1 FROM campaign WHERE paused_at IS NOT NULL')).toHaveLength(1);
  talk.clock.set('2026-07-13T10:00:00+08:00');
  expect(await look(talk)).toBe(0);
});

test('several processes that ask at once send one', async () => {
  const talk = await tied();
  talk.clock.set('2026-07-13T10:00:00+08:00');
  await Promise.all([1, 2, 3].map(() => askForWeeklies(talk)));
  const jobs = await talk.query<{ payload: unknown }>('SELECT payload FROM graphile_worker._private_jobs');
  expect(jobs).toHaveLength(1);
  const job = WeeklyJob.parse(jobs[0]?.payload);
  const heard = await talk.during(() => Promise.all([sendWeekly(talk, job), sendWeekly(talk, job)]));
  expect(heard).toHaveLength(1);
});

test('of hidden activities and problems for coordinators alone nothing is told there', async () => {
  const talk = await tied();
  await talk.query('UPDATE activity SET secret = true');
  await talk.query(
    `INSERT INTO finding (campaign_id, unit_id, problem, opened_at, seen_by)
     SELECT campaign_id, id, '"保密"', now(), 'coordinators' FROM unit WHERE code = 'haiyan'`,
  );
  talk.clock.set('2026-07-13T09:00:00+08:00');
  const [heard] = await talk.during(() => look(talk));
  expect(heard?.text).toContain('共0项任务');
  expect(heard?.text).toContain('目前没有待整改问题');
});

test('a room that is tied anew gets none, nor does one that only inspectors are in', async () => {
  const talk = await tied();
  const heard = await talk.says(coordinator, '绑定群', { room: leaders, addressed: true });
  expect(heard.map(({ text }) => text).join()).toContain('本群原用途为领导群');
  talk.clock.set('2026-07-13T09:00:00+08:00');
  expect(await look(talk)).toBe(0);
  // What is addressed to nobody in a room stays unanswered there.
  expect(await talk.says(inspector, '收到通知', { room: leaders })).toEqual([]);
});
