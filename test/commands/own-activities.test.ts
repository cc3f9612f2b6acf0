import { expect, test } from 'vitest';
import { type Heard, stage, type Talk } from '../conversation/stage.ts';

const now = '2026-07-03T09:00:00+08:00';
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');

/** Makes somebody an inspector of one more unit, as a coordinator does. */
async function alsoOf(talk: Talk, who: string, unit: string): Promise<void> {
  const invited = textOf(await talk.says('console:coordinator', `邀请 检查员 ${unit}`));
  const code = /邀请码：([A-Z0-9]{6})/.exec(invited)?.[1] ?? expect.fail(invited);
  expect(textOf(await talk.says(who, `绑定 ${code}`))).toContain('绑定成功');
}

/** The numbers of a person's tasks, by the units that do them. */
async function numbers(talk: Talk, mode: string): Promise<Record<string, number>> {
  const rows = await talk.query<{ unit: string; number: number }>(
    `SELECT coalesce(u.name ->> 'zh-CN', u.name #>> '{}') AS unit, a.number FROM assignment a
     JOIN activity v ON v.id = a.activity_id AND v.mode = $1 JOIN unit u ON u.id = a.assignee_unit_id`,
    [mode],
  );
  return Object.fromEntries(rows.map(({ unit, number }) => [unit, number]));
}

test('the head of two units is asked which is meant, and the words need not be said again (走流程, 事项, 委托)', async () => {
  const talk = await stage({ campaign: { file: 'mudanjiang-2018' }, now });
  const head = 'console:inspector-1';
  await alsoOf(talk, head, '市残联');
  const tasks = await numbers(talk, 'walkthrough');
  const [asked] = await talk.says(head, '事项 新增 残疾人证核发');
  expect(asked?.text).toContain('您有多项任务，请选择一项');
  expect(asked?.text).toContain(`${tasks.市残联}号（市残联）：主要负责同志走本单位流程`);
  expect(asked?.options).toContain('市残联');
  expect(textOf(await talk.taps(head, asked, '市残联'))).toContain('1. 残疾人证核发');
  // Typed: the number alone, or beside the words.
  await talk.says(head, '事项 新增 辅具补贴');
  expect(textOf(await talk.says(head, String(tasks.市残联)))).toContain('2. 辅具补贴');
  expect(textOf(await talk.says(head, `事项 任务${tasks.市残联} 新增 就业培训`))).toContain('3. 就业培训');
  expect(await talk.query(`SELECT count(*)::int AS count FROM matter WHERE NOT from_file`)).toEqual([
    { count: 3 },
  ]);
  // The matters that are offered are of the task that was chosen.
  const [which] = await talk.says(head, '走流程');
  const [offered] = await talk.taps(head, which, '市残联');
  expect(offered?.options).toEqual(['残疾人证核发', '辅具补贴', '就业培训']);
  expect(textOf(await talk.says(head, `委托 3 任务${tasks.市残联} 分管副局长`))).toContain(
    '拟委托分管副局长',
  );
  expect(textOf(await talk.says(head, `收回委托 3 任务${tasks.市残联}`))).toContain(
    '已收回3号事项“就业培训”',
  );
  expect(textOf(await talk.taps(head, offered, '辅具补贴'))).toContain('辅具补贴');
  expect(
    await talk.query(
      `SELECT a.number FROM session s JOIN assignment a ON a.id = s.assignment_id WHERE s.ended_at IS NULL`,
    ),
  ).toEqual([{ number: tasks.市残联 }]);
  expect(textOf(await talk.says(head, '走流程 3 任务999'))).toContain('您没有编号为999的任务');
});

test('so is whoever accompanies for two units, and serves at the windows of two (认领, 安排)', async () => {
  const talk = await stage({ campaign: { file: 'jiaxing-2014-full' }, now: '2026-06-29T09:00:00+08:00' });
  const person = 'console:accompany-1';
  await alsoOf(talk, person, '市委组织部');
  const tasks = await numbers(talk, 'accompany');
  const [asked] = await talk.says(person, '认领 不动产转移登记，3号窗口');
  expect(asked?.options).toEqual(expect.arrayContaining(['市发展改革委', '市委组织部']));
  expect(asked?.text).toContain(`${tasks.市委组织部}号（市委组织部）：`);
  expect(textOf(await talk.taps(person, asked, '市委组织部'))).toContain('已认领：不动产转移登记（3号窗口）');
  expect(
    await talk.query(
      `SELECT coalesce(u.name ->> 'zh-CN', u.name #>> '{}') AS name FROM claim c JOIN assignment a ON a.id = c.assignment_id
       JOIN unit u ON u.id = a.assignee_unit_id`,
    ),
  ).toEqual([{ name: '市委组织部' }]);

  const head = 'console:experience-1';
  await alsoOf(talk, head, '市公安局');
  const served = await numbers(talk, 'experience');
  const [which] = await talk.says(head, '安排 ７月1日至7月3日');
  expect(textOf(await talk.taps(head, which, '市公安局'))).toContain('已安排3天');
  await talk.says(head, `安排 7月6日至7月8日 任务${served.市教育局}`);
  expect(
    await talk.query(`SELECT number, days[1] AS first FROM assignment WHERE days <> '{}' ORDER BY days`),
  ).toEqual([
    { number: served.市公安局, first: '2026-07-01' },
    { number: served.市教育局, first: '2026-07-06' },
  ]);
});
