import { expect, test } from 'vitest';
import { cast, stage, type Talk } from '../conversation/stage.ts';
import { visit } from './visit.ts';

const { inspector, room } = cast;

/** The inspector of Nanhu is Xiuzhou's too: tasks 1 and 2 are theirs. */
async function withTwoTasks(): Promise<Talk> {
  const talk = await stage();
  await talk.query(
    `INSERT INTO membership (contact_id, campaign_id, unit_id, role)
     SELECT u.contact_id, o.campaign_id, o.unit_id, o.role FROM urn u, membership o JOIN unit ON unit.id = o.unit_id
     WHERE u.urn = $1 AND unit.code = 'xiuzhou'`,
    [inspector],
  );
  return talk;
}

const said = async (talk: Talk, text: string, how = {}) =>
  (await talk.says(inspector, text, how)).map((one) => one.text).join('\n');

test('a number alone is the choice that a command printed it before; nothing else is', async () => {
  const talk = await withTwoTasks();
  // Nothing was asked.
  expect(await said(talk, '2')).not.toContain('检查的是哪个窗口');
  expect(await said(talk, '签到')).toContain('2号：检查平湖市政府');
  expect(await said(talk, '3')).not.toContain('检查的是哪个窗口');
  expect(await said(talk, '２号')).toContain('开始检查平湖市政府');
  // Now a form is open, and hears numbers first.
  expect(await said(talk, '1')).toContain('2/10');
  await talk.says(inspector, '退出');
  for (const words of ['1', '1号', '#1', '第1项', '一号']) {
    await talk.says(inspector, '签到');
    expect(await said(talk, words), words).toContain('开始检查海盐县政府');
    await talk.says(inspector, '退出');
  }
});

test('what was to be recorded when it was asked is what is recorded', async () => {
  const talk = await withTwoTasks();
  await talk.says(inspector, '发现问题 取号机坏了');
  expect(await said(talk, '2')).toContain('平湖市政府');
  expect(await talk.query(`SELECT problem, number FROM finding`)).toEqual([
    { problem: '取号机坏了', number: 1 },
  ]);
});

test('a form that rests does not take the number of a list that came later; one that asked later does', async () => {
  const talk = await withTwoTasks();
  await talk.says(inspector, '签到 2');
  await talk.says(inspector, '窗口');
  await talk.says(inspector, '暂停');
  await talk.says(inspector, '发现问题 取号机坏了，没有人管');
  await talk.says(inspector, '上报');
  expect(await said(talk, '1')).toContain('已检查0个窗口');
  await talk.says(inspector, '上报');
  await talk.says(inspector, '继续');
  await talk.says(inspector, '暂停');
  expect(await said(talk, '1')).not.toContain('已检查0个窗口');
});

test('ten minutes later a number is a number; in a room it is the choice of whoever was asked', async () => {
  const talk = await withTwoTasks();
  await talk.says(inspector, '签到', { room });
  expect(await talk.says(cast.other, '1', { room })).toEqual([]);
  expect(await said(talk, '1', { room })).toContain('开始检查海盐县政府');
  await talk.says(inspector, '退出', { room });
  await talk.says(inspector, '签到', { room });
  talk.clock.advance(11 * 60_000);
  expect(await talk.says(inspector, '1', { room })).toEqual([]);
});

test('确认上报 confirms what was shown, of several open tasks too; said again it hands in no other', async () => {
  const talk = await withTwoTasks();
  for (const number of [1, 2])
    for (let n = 0; n < 3; n += 1) {
      talk.clock.advance(60_000);
      await visit(talk, inspector, {}, {}, `签到 ${number}`);
    }
  const reported = () => talk.query('SELECT number FROM assignment WHERE reported_at IS NOT NULL');
  expect(await said(talk, '确认上报')).toContain('您有多项任务，请选择一项');
  expect(await said(talk, '上报 2')).toContain('2号任务（检查平湖市政府，共3个窗口）将上报以下情况');
  talk.clock.advance(3_600_000);
  expect(await said(talk, '确认上报')).toContain('已上报：检查平湖市政府');
  expect(await said(talk, '确认上报')).toContain('1号任务（检查海盐县政府，共3个窗口）将上报以下情况');
  expect(await reported()).toEqual([{ number: 2 }]);
  expect(await said(talk, '确认上报')).toContain('已上报：检查海盐县政府');
  expect(await reported()).toHaveLength(2);
});

test('what has changed since it was shown is shown again', async () => {
  const talk = await withTwoTasks();
  for (let n = 0; n < 3; n += 1) {
    talk.clock.advance(60_000);
    await visit(talk, inspector, {}, {}, '签到 1');
  }
  await talk.says(inspector, '上报 1');
  await talk.says(inspector, '改 4 85');
  await talk.says(inspector, '第4题');
  await talk.says(inspector, '发现问题 #1 取号机坏了');
  expect(await said(talk, '确认上报')).toContain('内容已有变化，请重新核对');
});

test('确认上报 with a number hands in what was shown of that task, and shows it first', async () => {
  const talk = await withTwoTasks();
  for (let n = 0; n < 3; n += 1) await visit(talk, inspector, {}, {}, '签到 1');
  const reported = () => talk.query('SELECT number FROM assignment WHERE reported_at IS NOT NULL');
  expect(await said(talk, '确认上报 1')).toContain('核对无误请回复“确认上报”');
  expect(await reported()).toEqual([]);
  expect(await said(talk, '确认上报 1')).toContain('已上报');
  expect(await reported()).toEqual([{ number: 1 }]);
});
