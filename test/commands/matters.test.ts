import { expect, test } from 'vitest';
import { type Heard, stage, type Talk } from '../conversation/stage.ts';

const head = 'console:inspector-1';
const [deputy, another] = ['console:deputy', 'console:another'];
const campaign = { file: 'mudanjiang-2018' };
const now = '2026-07-03T09:00:00+08:00';

const code = (heard: Heard[]) =>
  /邀请码：([A-Z0-9]{6})/.exec(heard.map(({ text }) => text).join('\n'))?.[1] ?? expect.fail('no code');
const said = async (talk: Talk, who: string, words: string) => {
  const heard = await talk.says(who, words);
  return heard.find(({ to }) => to === who)?.text ?? '';
};
const standing = (talk: Talk) =>
  talk.query(
    `SELECT m.number, c.title, d.title AS called FROM delegation d JOIN matter m ON m.id = d.matter_id
     LEFT JOIN contact c ON c.id = d.to_contact WHERE d.ended_at IS NULL ORDER BY m.number`,
  );

test('the file’s matters are there, units add their own, and nobody takes away what the file says (MDJ-1.3)', async () => {
  const talk = await stage({ campaign, now });
  expect(await talk.query('SELECT number, flags, from_file FROM matter ORDER BY number')).toEqual([
    { number: 1, flags: ['core'], from_file: true },
    { number: 2, flags: ['complained'], from_file: true },
    { number: 3, flags: [], from_file: true },
  ]);
  // A unit that has listed nothing lists first.
  expect(await said(talk, 'console:inspector-2', '走流程')).toContain('请先列出');
  expect(await said(talk, 'console:inspector-2', '事项 新增 林木采伐许可')).toContain('1. 林木采伐许可');
  expect(await said(talk, head, '事项 新增 公租房 申请')).toContain('已在清单中');
  expect(await said(talk, head, '事项 删除 3')).toContain('不能删除');
  await talk.says(head, '事项 新增 房屋租赁备案');
  expect(await said(talk, head, '事项 删除 4')).toContain('已删除4号事项');
  // Its number is not given again.
  expect(await said(talk, head, '事项 新增 房屋租赁备案')).toContain('5. 房屋租赁备案');
  expect(await said(talk, head, '事项 9 重要')).toContain('没有9号事项');
  expect(await said(talk, 'console:coordinator', '事项')).toContain('由检查员、单位负责人使用');
  expect(await said(talk, head, `事项 新增 ${'甲'.repeat(101)}`)).toContain('100字以内');
});

test('a code binds the deputy and entrusts the matter, unless it was flagged meanwhile (MDJ-1.2)', async () => {
  const talk = await stage({ campaign, now });
  await talk.says(head, '事项 新增 房屋租赁备案；房屋维修资金');
  const [first, second, third] = [
    code(await talk.says(head, '委托 3 分管副局长')),
    code(await talk.says(head, '委托 4 房管科长')),
    code(await talk.says(head, '委托 5 总工')),
  ];
  await talk.says(head, '事项 4 群众反映强烈');
  await talk.says(deputy, `绑定 ${first}`);
  // The code of what was taken back is good for nothing; nobody is bound by it.
  expect(await said(talk, another, `绑定 ${second}`)).toContain('已过期');
  expect(await standing(talk)).toEqual([
    { number: 3, title: '分管副局长', called: '分管副局长' },
    { number: 5, title: null, called: '总工' },
  ]);
  expect(await said(talk, deputy, '走流程 1')).toContain('一把手必须亲身体验');
  expect(await said(talk, deputy, '走流程 5')).toContain('没有委托给您');
  expect(await said(talk, deputy, '委托 3 科员')).toContain('只能由本单位主要负责同志');
  expect(await said(talk, deputy, '事项 3 一般')).toContain('只能由本单位主要负责同志');
  // To oneself: the head uses the code meant for somebody else.
  expect(await said(talk, head, `绑定 ${third}`)).toContain('不能委托给本人');
  expect(await standing(talk)).toHaveLength(1);
  expect(await said(talk, head, '委托 3 分管')).toContain('已经委托分管副局长');
  await talk.says(head, '收回委托 3');
  expect(await said(talk, deputy, '走流程 3')).toContain('没有委托给您');
  // Whoever came as a deputy is none the less one when nothing is entrusted.
  expect(await said(talk, deputy, '走流程 1')).toContain('一把手必须亲身体验');
  expect(await said(talk, head, '收回委托 3')).toContain('没有委托他人');
});

test('what a deputy recorded before a matter was flagged does not count; the head’s does', async () => {
  const talk = await stage({ campaign, now });
  await talk.says(deputy, `绑定 ${code(await talk.says(head, '委托 3 分管副局长'))}`);
  const answers = [
    '亲身办',
    ...Array(6).fill('跳过'),
    '已受理',
    '受理',
    '跳过',
    '已办成',
    '办结',
    '是',
    '是',
    '是',
    '是',
  ];
  const walked = async (who: string) => {
    await talk.says(who, '走流程 3');
    for (const answer of answers) await talk.says(who, answer);
    return said(talk, who, '都没有问题');
  };
  expect(await walked(deputy)).toContain('填写完毕');
  expect(await said(talk, head, '事项')).toContain('3. 商品房预售许可：已体验（受托）');
  await talk.says(head, '事项 3 重要');
  expect(await said(talk, head, '事项')).toContain('只有受托体验，须由主要负责同志亲身体验');
  expect(await walked(head)).toContain('填写完毕');
  expect(await said(talk, head, '事项')).toContain('3. 商品房预售许可（重要）：已体验\n');
  expect(await said(talk, head, '走流程')).not.toContain('商品房');
});

const walks = (talk: Talk) =>
  talk.query(
    `SELECT s.status, s.ended_at IS NULL AS open FROM walk w JOIN session s ON s.id = w.session_id ORDER BY s.started_at`,
  );

test('a deputy’s record that is not finished is closed when its matter is flagged; it is the head’s from then on (MDJ-1.2)', async () => {
  const talk = await stage({ campaign, now });
  await talk.says(deputy, `绑定 ${code(await talk.says(head, '委托 3 分管副局长'))}`);
  await talk.says(deputy, '走流程 3');
  for (const answer of ['亲身办', ...Array(6).fill('跳过'), '已受理', '受理', '跳过', '已办成', '办结', '否'])
    await talk.says(deputy, answer);
  expect(await talk.query(`SELECT status FROM finding`)).toEqual([{ status: 'open' }]);
  const heard = await talk.says(head, '事项 3 群众反映强烈');
  expect(heard.find(({ to }) => to === head)?.text).toContain(
    '原来对分管副局长的委托已收回。\n受托人还没有填完的记录已经结束，这一事项由主要负责同志亲身体验。',
  );
  const told = heard.filter(({ to }) => to === deputy).map(({ text }) => text);
  expect(told.at(-1)).toBe(
    '3号事项“商品房预售许可”已标明为群众反映强烈，须由主要负责同志亲身体验。您还没有填完的记录已经结束，不计入体验，其中登记的1个问题一并撤回。\n3号事项“商品房预售许可”的委托已收回，不再由您体验。',
  );
  expect(await walks(talk)).toEqual([{ status: 'left', open: false }]);
  expect(await talk.query(`SELECT status FROM finding`)).toEqual([{ status: 'withdrawn' }]);
  // What they go on to say is no answer any more; the head begins it anew.
  await talk.says(deputy, '是');
  expect(await said(talk, deputy, '继续')).not.toContain('亲身办');
  expect(await walks(talk)).toHaveLength(1);
  expect(await said(talk, head, '走流程 3')).toContain('商品房预售许可');
  // The head's own record is not closed by another flag.
  expect(await said(talk, head, '事项 3 重要')).not.toContain('已经结束');
  expect(await walks(talk)).toEqual([
    { status: 'left', open: false },
    { status: 'live', open: true },
  ]);
});

test('an answer that comes in the same moment does not bring it back', async () => {
  const talk = await stage({ campaign, now });
  await talk.says(deputy, `绑定 ${code(await talk.says(head, '委托 3 分管副局长'))}`);
  await talk.says(deputy, '走流程 3');
  await Promise.all([
    talk.says(deputy, '亲身办'),
    talk.says(head, '事项 3 重要'),
    talk.says(deputy, '事项'),
    talk.says(deputy, '跳过'),
  ]);
  expect(await walks(talk)).toEqual([{ status: 'left', open: false }]);
  expect(await talk.query(`SELECT 1 FROM inbox WHERE status <> 'done' OR attempts > 0`)).toEqual([]);
});

test('of two codes made in the same moment for one matter one stands', async () => {
  const talk = await stage({ campaign, now });
  await Promise.all([talk.says(head, '委托 3 甲处'), talk.says(head, '委托 3 乙处')]);
  expect(await standing(talk)).toHaveLength(1);
});
