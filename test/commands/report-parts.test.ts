import { expect, test } from 'vitest';
import { stage, type Talk } from '../conversation/stage.ts';

const who = 'console:accompany-1';
const campaign = { file: 'jiaxing-2014-full' };

const said = async (talk: Talk, words: string) =>
  (await talk.says(who, words))
    .filter(({ to }) => to === who)
    .map(({ text }) => text)
    .join('\n');

async function accompany(talk: Talk, matter: string, convenient: string): Promise<string> {
  talk.clock.advance(60_000);
  await talk.says(who, `认领 ${matter}，3号窗口`);
  for (const answer of ['9:05取号，10:10办结', '是', '是', convenient, '是', '跳过', '跳过', '跳过'])
    await talk.says(who, answer);
  return said(talk, '是');
}

test('causes and measures are asked for where problems were found, and only there (JX-5.1)', async () => {
  const talk = await stage({ campaign });
  await accompany(talk, '户口迁移', '是');
  expect(await said(talk, '上报')).toMatch(/将上报以下情况：[\s\S]*未发现问题。\n报送：/);
  await accompany(talk, '社保转移', '否');
  expect(await said(talk, '上报')).toContain('1/2 所发现问题的原因是什么？');
});

test('a case that is not decided counts for nothing, and the record waits for its end (JX-1.2)', async () => {
  const talk = await stage({ campaign });
  await talk.says(who, '认领 户口迁移，3号窗口');
  for (const answer of ['9:05取号', '是', '是', '是', '是', '跳过', '跳过', '跳过'])
    await talk.says(who, answer);
  expect(await said(talk, '否')).toContain('须全程陪同至办结');
  await talk.says(who, '暂停');
  expect(await said(talk, '任务')).toContain('已陪同0件事项');
  expect(await said(talk, '上报')).toContain('还有一份检查表没有填完');
  expect(await said(talk, '认领 户口迁移，3号窗口')).toContain('没有填完');
  talk.clock.advance(3 * 86_400_000);
  expect(await said(talk, '继续')).toContain('是否已办结');
  expect(await said(talk, '是')).toContain('已陪同1件事项，已达到要求');
});

test('a bare correction never overwrites the report’s own part; once returned it means the last record', async () => {
  const talk = await stage({ campaign });
  await accompany(talk, '社保转移', '否');
  talk.clock.advance(60_000);
  await talk.says(who, '上报');
  await talk.says(who, '收件和审核分开');
  await talk.says(who, '合并窗口');
  const part = () =>
    talk.query(`SELECT state #>> '{values,measures}' AS measures FROM session WHERE part = 'report'`);
  expect(await said(talk, '改 2 否')).toContain(
    '检查记录请回复“改 第1个 2 否”，报告部分请回复“改 报告 2 否”。',
  );
  await talk.says(who, '确认上报');
  talk.clock.advance(3_600_000);
  await talk.says('console:coordinator', '退回上报 13 请更正第2题');
  expect(await said(talk, '改 2 否')).toContain('“全程陪同记录”的检查表');
  expect(await part()).toEqual([{ measures: '合并窗口' }]);
  talk.clock.advance(60_000);
  expect(await said(talk, '改 报告 2 合并窗口，由中心牵头')).toContain(
    '已更正第2题（有针对性的整治措施是什么？）',
  );
  expect(await part()).toEqual([{ measures: '合并窗口，由中心牵头' }]);
});

test('who got it and where nobody is bound is said as it is', async () => {
  const talk = await stage({ campaign });
  await accompany(talk, '户口迁移', '是');
  await talk.query(
    `DELETE FROM membership m USING unit u WHERE u.id = m.unit_id AND m.role = 'coordinator' AND u.code = 'party-office'`,
  );
  const heard = await talk.says(who, '确认上报');
  const people = heard.filter(({ key }) => key?.startsWith('report:')).length;
  expect(people).toBeGreaterThan(0);
  expect(heard[0]?.text).toBe(
    `已上报：到嘉兴市各窗口现场认领并全程陪同办理事项，共1件事项。市政府办公室、市委办公室目前无人绑定，情况已发给本活动协调员${people}人，请其转交。`,
  );
});
