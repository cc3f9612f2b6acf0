import { expect, test } from 'vitest';
import { type DrawDigest, sendDueDigests } from '../../src/conversation/digest.ts';
import { ensureCoordinators } from '../../src/conversation/people.ts';
import type { RemindOptions } from '../../src/conversation/remind.ts';
import type { Say } from '../../src/flow/say.ts';
import { prepareBackground } from '../../src/jobs/background.ts';
import { digestDrawer } from '../../src/jobs/overview-picture.ts';
import { loadFiles } from '../../src/store/attachments.ts';
import {
  campaignText,
  everyHour,
  load,
  openStage,
  outbox,
  publish,
  publishedSample,
  type Stage,
} from './campaign-stage.ts';

const published = '2026-06-22T10:00:00+08:00';

async function digestAt({ query }: Stage): Promise<string | undefined> {
  const [row] = await query<{ at: Date | null }>('SELECT digest_at AS at FROM campaign');
  return row?.at?.toISOString();
}

function report({ query }: Stage, numbers: number[]): Promise<unknown> {
  return query('UPDATE assignment SET reported_at = now() WHERE number = ANY ($1)', [numbers]);
}

const sent = async (stage: Stage) =>
  (await outbox(stage, 'digest:')).map(({ at, address }) => `${at.slice(0, 16)} ${address}`);

test('each overdue workday every coordinator gets one list of what is overdue', async () => {
  const stage = await openStage(published);
  await ensureCoordinators(stage.database, 'wechat:wxid_coord');
  await publishedSample(stage);
  await report(stage, [3, 4, 5, 6]);
  await everyHour(stage, '2026-07-17T23:00:00+08:00', () => sendDueDigests(stage, 10));
  await report(stage, [1, 2]);
  await everyHour(stage, '2026-07-20T23:00:00+08:00', () => sendDueDigests(stage, 10));
  const days = ['2026-07-16', '2026-07-17', '2026-07-20'];
  const people = ['console:coordinator', 'wechat:wxid_coord'];
  expect((await sent(stage)).sort()).toEqual(
    days.flatMap((day) => people.map((person) => `${day}T01:00 ${person}`)),
  );
  const texts = (await outbox(stage, 'digest:')).filter(({ address }) => address === people[0]);
  expect(texts.map(({ text }) => text)).toEqual([
    [
      '【窗口“办事难”集中整治交叉式抽查】截至2026年7月16日（周四），有4项任务逾期未报。',
      '南湖区政府检查海盐县政府：逾期1天',
      '秀洲区政府检查平湖市政府：逾期1天',
      '桐乡市政府检查嘉善县政府：逾期1天',
      '嘉兴经济技术开发区（国际商务区）检查海宁市政府：逾期1天',
      '回复“催办”可再次提醒，回复“状态”可查看进度。',
    ].join('\n'),
    expect.stringContaining('南湖区政府检查海盐县政府：逾期2天'),
    [
      '【窗口“办事难”集中整治交叉式抽查】截至2026年7月20日（周一），有2项任务逾期未报。',
      '桐乡市政府检查嘉善县政府：逾期5天',
      '嘉兴经济技术开发区（国际商务区）检查海宁市政府：逾期5天',
      '回复“催办”可再次提醒，回复“状态”可查看进度。',
    ].join('\n'),
  ]);
  expect(texts.map(({ priority }) => priority)).toEqual([1, 1, 1]);
});

test('nothing is sent when nothing is overdue, and once all is reported nothing is looked at again', async () => {
  const stage = await openStage(published);
  await publishedSample(stage);
  await stage.query(`UPDATE campaign SET digest_at = '2026-07-15T01:00:00Z'`);
  stage.clock.set('2026-07-15T09:00:00+08:00');
  expect(await sendDueDigests(stage, 10)).toBe(1);
  expect(await digestAt(stage)).toBe('2026-07-16T01:00:00.000Z');
  await report(stage, [1, 2, 3, 4, 5, 6, 7, 8]);
  stage.clock.set('2026-07-16T09:00:00+08:00');
  expect(await sendDueDigests(stage, 10)).toBe(1);
  expect(await digestAt(stage)).toBeUndefined();
  expect(await sendDueDigests(stage, 10)).toBe(0);
  expect(await sent(stage)).toEqual([]);
});

test('secret tasks are told to their own coordinators alone, apart; a long list is cut', async () => {
  const stage = await openStage(published);
  await publishedSample(stage);
  await stage.query(
    `WITH covert AS (
       INSERT INTO activity (campaign_id, code, mode, title, due_on, visits_min, visits_max, secret, flow_id, flow_version,
         coordinator_unit_id)
       SELECT campaign_id, 'covert', 'covert', '"暗访"', due_on, 1, 1, true, flow_id, flow_version,
         (SELECT id FROM unit WHERE code = 'nanhu') FROM activity
       RETURNING id
     ), secret AS (
       INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on)
       SELECT covert.id, assignee_unit_id, target_unit_id, '2026-07-01' FROM covert, assignment WHERE number <= 2
     )
     INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on)
     SELECT v.id, a.id, b.id, '2026-07-10' FROM activity v, unit a, unit b
     WHERE v.code = 'cross' AND (a.code, b.code) NOT IN (
       SELECT s.code, t.code FROM assignment x JOIN unit s ON s.id = x.assignee_unit_id JOIN unit t ON t.id = x.target_unit_id)
     LIMIT 25`,
  );
  stage.clock.set('2026-07-16T09:00:00+08:00');
  await sendDueDigests(stage, 10);
  const lines = (await outbox(stage, 'digest:'))[0]?.text.split('\n') ?? [];
  expect(lines[0]).toContain('有33项任务逾期未报');
  expect(lines.filter((line) => line.includes('：逾期'))).toHaveLength(30);
  expect(lines.filter((line) => line.endsWith('：逾期15天'))).toEqual([]);
  expect(lines.slice(-2)).toEqual(['另有3项未列出。', '回复“催办”可再次提醒，回复“状态”可查看进度。']);
  expect(await outbox(stage, 'digest:')).toHaveLength(1);
  await stage.query(
    `UPDATE membership SET unit_id = (SELECT id FROM unit WHERE code = 'nanhu') WHERE role = 'coordinator'`,
  );
  stage.clock.set('2026-07-17T09:00:00+08:00');
  await sendDueDigests(stage, 10);
  const [, open, own] = await outbox(stage, 'digest:');
  expect(open?.text).toContain('有33项任务逾期未报');
  const [title, ...rows] = own?.text.split('\n') ?? [];
  expect(title).toContain('有2项任务逾期未报');
  expect(rows.slice(0, 2).sort()).toEqual([
    '南湖区政府暗访海盐县政府：逾期16天',
    expect.stringMatching(/暗访.*：逾期16天$/),
  ]);
  expect(rows.slice(2)).toEqual([expect.stringContaining('催办')]);
  // Who saw it is kept.
  expect(
    await stage.query('SELECT kind, secret IS NOT NULL AS of FROM audit WHERE secret IS NOT NULL'),
  ).toEqual([{ kind: 'secret.sent', of: true }]);
});

test.each([
  ['later on the same day it is sent late', '2026-07-17T15:00:00+08:00', 1, '2026-07-20T01:00:00.000Z'],
  ['at night it waits for the morning', '2026-07-17T22:00:00+08:00', 0, '2026-07-18T00:00:00.000Z'],
  ['on a rest day it waits for the next workday', '2026-07-18T10:00:00+08:00', 0, '2026-07-20T01:00:00.000Z'],
])('after standing still for days: %s', async (_, back, count, next) => {
  const stage = await openStage(published);
  await publishedSample(stage);
  stage.clock.set(back);
  while ((await sendDueDigests(stage, 10)) > 0);
  expect(await sent(stage)).toHaveLength(count);
  expect(await digestAt(stage)).toBe(next);
});

test('many processes at once send one digest', async () => {
  const stage = await openStage(published);
  await publishedSample(stage);
  stage.clock.set('2026-07-16T09:00:00+08:00');
  const counts = await Promise.all([1, 2, 3, 4].map(() => sendDueDigests(stage, 10)));
  expect(counts.filter((count) => count === 1)).toHaveLength(1);
  expect(await sent(stage)).toEqual(['2026-07-16T01:00 console:coordinator']);
});

test('a digest that can’t be made is put off, and stops no other campaign’s', async () => {
  const stage = await openStage(published);
  await publishedSample(stage);
  await stage.query(
    `INSERT INTO campaign (code, title, zone, definition, start_on, status, digest_at)
     SELECT 'broken', title, zone, '{"quiet": 1}', start_on, status, '2026-07-01T01:00:00Z' FROM campaign`,
  );
  const faults: object[] = [];
  const log = { error: (about: object) => void faults.push(about) } as unknown as RemindOptions['log'];
  stage.clock.set('2026-07-16T09:00:00+08:00');
  await sendDueDigests({ ...stage, log }, 10);
  expect(faults).toHaveLength(1);
  expect(await sent(stage)).toHaveLength(1);
  expect(await stage.query(`SELECT digest_at FROM campaign WHERE code = 'broken'`)).toEqual([
    { digest_at: new Date('2026-07-16T10:00:00+08:00') },
  ]);
});

test('with an hour of its own it comes each workday with a picture, also while nothing is overdue', async () => {
  const stage = await openStage(published);
  const daily = (await campaignText('jiaxing-2014')).replace(/^zone:.*$/m, '$&\ndesk: { digestAt: "17:30" }');
  expect(daily).toContain('digestAt');
  const id = await load(stage, daily);
  await publish(stage, id);
  expect(await digestAt(stage)).toBe('2026-06-22T09:30:00.000Z');
  const drawn: string[] = [];
  const draw: DrawDigest = async (_, campaign, language, at) => {
    drawn.push(`${language} ${at.slice(0, 16)}`);
    expect(campaign).toBe(id);
    return { attachment: '00000000-0000-4000-8000-000000000000', lines: [{ text: '图中文字' }] };
  };
  await everyHour(stage, '2026-06-24T23:00:00+08:00', () => sendDueDigests(stage, 10, draw));
  expect(await sent(stage)).toEqual(
    ['2026-06-22', '2026-06-23', '2026-06-24'].map((day) => `${day}T10:00 console:coordinator`),
  );
  expect(drawn).toHaveLength(3);
  const rows = await stage.query<{ say: Say }>(
    `SELECT say FROM outbox WHERE key LIKE 'digest:%' ORDER BY seq`,
  );
  expect(rows[0]?.say.attachments).toEqual(['00000000-0000-4000-8000-000000000000']);
  const [first] = await outbox(stage, 'digest:');
  expect(first?.text).toBe(
    '【窗口“办事难”集中整治交叉式抽查】截至2026年6月22日（周一），没有逾期未报的任务。\n图中文字',
  );
  await report(stage, [1, 2, 3, 4, 5, 6, 7, 8]);
  await everyHour(stage, '2026-06-26T23:00:00+08:00', () => sendDueDigests(stage, 10, draw));
  expect(drawn).toHaveLength(3);
});

test('the picture of a digest is drawn from what everybody may know; a fault of it keeps no digest back', async () => {
  const stage = await openStage(published);
  await prepareBackground(stage.database, stage.log);
  await publishedSample(stage);
  stage.clock.set('2026-07-16T09:00:00+08:00');
  await sendDueDigests(stage, 10, digestDrawer(stage));
  const [row] = await stage.query<{ say: Say }>(`SELECT say FROM outbox WHERE key LIKE 'digest:%'`);
  const [file] = await loadFiles(stage.database, row?.say.attachments ?? []);
  expect(file).toMatchObject({ name: '工作进展.png', mime: 'image/png' });
  expect((await outbox(stage, 'digest:'))[0]?.text).toContain('共8项任务，已上报0项，逾期未报8项。');
  const faults: object[] = [];
  const log = { error: (about: object) => void faults.push(about) } as unknown as RemindOptions['log'];
  const broken = {
    ...stage,
    log,
    library: { ...stage.library, campaign: () => Promise.reject(new Error('x')) },
  };
  stage.clock.set('2026-07-17T09:00:00+08:00');
  await sendDueDigests(stage, 10, digestDrawer(broken));
  expect(faults).toHaveLength(1);
  expect(await outbox(stage, 'digest:')).toHaveLength(2);
});
