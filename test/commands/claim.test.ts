import { expect, test } from 'vitest';
import { stage } from '../conversation/stage.ts';

const [first, second] = ['console:accompany-1', 'console:accompany-2'];
const campaign = { file: 'jiaxing-2014-full' };

/** From the claim to the last question, everything in order. */
const answers = ['9:05取号，9:20受理，10:10办结', '是', '是', '否', '是', '跳过', '跳过', '跳过', '是'];

test('a matter is claimed on the spot, accompanied to the end, and is nobody else’s (JX-1.2)', async () => {
  const talk = await stage({ campaign });
  expect((await talk.says(first, '认领 不动产转移登记'))[0]?.text).toContain('认领 不动产转移登记，3号窗口');
  const [begun] = await talk.says(first, '认领 不动产转移登记，3号窗口');
  expect(begun?.text).toContain('已认领：不动产转移登记（3号窗口）。请全程陪同至办结，边办边记。');
  expect(begun?.text).toContain('各环节经过和时间');
  // The same matter at the same window, written otherwise.
  expect((await talk.says(second, '领办：３号窗口  不动产转移登记'))[0]?.text).toBe(
    '“不动产转移登记”（3号窗口）已有人认领，请另选一项正在申请的事项。',
  );
  expect((await talk.says(second, '认领 不动产转移登记，5号窗口'))[0]?.text).toContain('已认领');
  for (const answer of answers) await talk.says(first, answer);
  expect(
    await talk.query(
      `SELECT c.matter, c.place, s.status FROM claim c JOIN session s ON s.id = c.session_id ORDER BY c.number`,
    ),
  ).toEqual([
    { matter: '不动产转移登记', place: '3号窗口', status: 'completed' },
    { matter: '不动产转移登记', place: '5号窗口', status: 'live' },
  ]);
  expect(await talk.query(`SELECT problem ->> 'zh-CN' AS problem FROM finding`)).toEqual([
    { problem: '办事流程不便民' },
  ]);
  expect((await talk.says(first, '认领 不动产转移登记，3号窗口'))[0]?.text).toContain(
    '您已陪同办结并填好记录',
  );
});

test('whoever has no such task, or has a checklist open, is told what to do', async () => {
  const talk = await stage({ campaign });
  expect((await talk.says('console:inspector-1', '认领 社保，2号窗口'))[0]?.text).toContain(
    '您目前没有实例式检查任务',
  );
  await talk.says(first, '认领 社保，2号窗口');
  expect((await talk.says(first, '认领 医保，2号窗口'))[0]?.text).toContain('没有填完');
  expect((await talk.says(first, `认领 ${'社'.repeat(101)}，4号窗口`))[0]?.text).toContain('100字以内');
  expect(await talk.query('SELECT matter FROM claim')).toEqual([{ matter: '社保' }]);
});

test('of two who claim the same in the same moment one has it', async () => {
  const talk = await stage({ campaign });
  const [a, b] = await Promise.all([
    talk.says(first, '认领 户口迁移，公安窗口'),
    talk.says(second, '认领 公安窗口 户口迁移'),
  ]);
  expect(await talk.query('SELECT matter FROM claim')).toHaveLength(1);
  const said = [...(a ?? []), ...(b ?? [])].map(({ text }) => text);
  expect(said.some((text) => text.includes('已有人认领'))).toBe(true);
});

test('a claim that is given up (退出) frees the matter for another, and for the same person', async () => {
  const talk = await stage({ campaign });
  const own = '认领 户口迁移，公安窗口';
  await talk.says(first, own);
  expect((await talk.says(second, own))[0]?.text).toContain('已有人认领');
  await talk.says(first, '退出');
  expect((await talk.says(second, own))[0]?.text).toContain('已认领');
  expect((await talk.says(first, own))[0]?.text).toContain('已有人认领');
  await talk.says(second, '退出');
  expect((await talk.says(first, own))[0]?.text).toContain('已认领');
  expect(await talk.query(`SELECT matter, given_up_at IS NULL AS held FROM claim ORDER BY number`)).toEqual(
    [false, false, true].map((held) => ({ matter: '户口迁移', held })),
  );
});
