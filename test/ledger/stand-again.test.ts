import { expect, test } from 'vitest';
import { chaseRectifications } from '../../src/conversation/chase.ts';
import { visit } from '../commands/visit.ts';
import { stage, type Talk } from '../conversation/stage.ts';
import { enrol, found, ledgerCast, stateOf, to } from './people.ts';

const { coordinator, second, liaison, inspector } = ledgerCast;
const problem = '既受理又办理的事项未达到90%';

/** A figure below what is required, found by an answer: problem 1. */
async function answered(): Promise<Talk> {
  const talk = await stage();
  await enrol(talk, second, { role: 'coordinator', unit: null, title: '第二协调员' });
  for (const said of ['签到', '不动产登记窗口', '跳过', '是', '80', '90']) await talk.says(inspector, said);
  return talk;
}

async function corrects(talk: Talk, figure: number) {
  const [which] = await talk.says(inspector, `改 4 ${figure}`);
  return talk.taps(inspector, which, '第4题：二、既受理又办理的事项占多少？');
}

const look = (talk: Talk) => talk.during(() => chaseRectifications(talk.options, 100));
const shown = async (talk: Talk, number: number) =>
  (await talk.says(coordinator, `问题 ${number}`))[0]?.text ?? '';

test('what was merged into a problem that is taken back stands on its own again, and the coordinators hear', async () => {
  const talk = await answered();
  await found(talk, '指示牌缺失');
  for (const said of ['整改 1 7月31日', '整改 2 7月31日', '合并 1 2 确认'])
    await talk.says(coordinator, said);
  const told = '2号问题（海盐县政府）原已并入1号，1号已由检查方撤回，2号恢复单独办理，待下达整改：指示牌缺失';
  const heard = await corrects(talk, 95);
  expect([to(coordinator, heard), to(second, heard)]).toEqual([[told], [told]]);
  await look(talk);
  expect(await shown(talk, 1)).toContain('问题已撤回');
  expect(await shown(talk, 2)).toContain('状态：待下达整改');
  expect(await shown(talk, 2)).toContain('系统：恢复单独办理');
  expect((await talk.says(coordinator, '台账'))[0]?.text).toContain(
    '2号 海盐县政府：指示牌缺失（待下达整改）',
  );
  expect(to(liaison, await talk.says(coordinator, '整改 2 7月31日'))[0]).toContain('指示牌缺失');
  expect(await stateOf(talk, 2)).toBe('ordered');
});

test('one that its inspection took back while it was merged does not come back; own words are freed as answers are', async () => {
  const talk = await answered();
  await found(talk, '窗口无人');
  await found(talk, '指示牌缺失');
  for (const said of ['合并 2 1 确认', '合并 2 3 确认']) await talk.says(coordinator, said);
  expect(to(coordinator, await corrects(talk, 95))).toEqual([]);
  const heard = await talk.says(inspector, '撤回问题 2');
  expect(to(coordinator, heard)).toEqual([
    '3号问题（海盐县政府）原已并入2号，2号已由检查方撤回，3号恢复单独办理，待下达整改：指示牌缺失',
  ]);
  const rows = await talk.query('SELECT number, status FROM finding ORDER BY 1');
  expect(rows).toEqual([
    { number: 1, status: 'withdrawn' },
    { number: 2, status: 'withdrawn' },
    { number: 3, status: 'open' },
  ]);
  expect(await shown(talk, 1)).toContain('系统：检查方撤回问题');
});

test('a checklist that is left takes back all that it found, merged or not, and nobody hears of what is gone with it', async () => {
  const talk = await answered();
  const [systems] = (await talk.said(inspector)).slice(-1);
  await talk.taps(inspector, systems, (systems?.options.length ?? 0) - 1);
  await talk.says(inspector, '否');
  await found(talk, '指示牌缺失');
  await talk.says(coordinator, '合并 1 2 确认');
  await talk.says(coordinator, '合并 1 3 确认');
  const heard = await talk.says(inspector, '退出');
  expect(to(coordinator, heard)).toEqual([
    '3号问题（海盐县政府）原已并入1号，1号已由检查方撤回，3号恢复单独办理，待下达整改：指示牌缺失',
  ]);
  expect(await talk.query('SELECT number, status FROM finding ORDER BY 1')).toEqual([
    { number: 1, status: 'withdrawn' },
    { number: 2, status: 'withdrawn' },
    { number: 3, status: 'open' },
  ]);
});

test('found again after its order was called off, a problem is to be ordered anew, and replied to anew', async () => {
  const talk = await answered();
  await talk.says(coordinator, '整改 1 7月31日');
  for (const said of ['整改回复 1', '窗口负责人', '增配2名人员', '正在整改', '月底前到岗'])
    await talk.says(liaison, said);
  await corrects(talk, 95);
  await look(talk);
  const told = `1号问题（海盐县政府）撤回后，检查方更正答案，再次发现。原整改要求已终止，需要整改的，请重新下达，例如“整改 1 7月10日”：${problem}`;
  const heard = await corrects(talk, 70);
  expect([to(coordinator, heard), to(second, heard)]).toEqual([[told], [told]]);
  expect(await shown(talk, 1)).toContain('状态：待下达整改');
  expect(await shown(talk, 1)).toContain('系统：检查方再次发现，待下达整改');
  expect((await talk.says(coordinator, '台账'))[0]?.text.split('\n')[0]).toContain('待下达1个');
  expect((await talk.says(liaison, '我的任务'))[0]?.text).not.toContain('撤销');
  expect((await talk.says(liaison, '整改回复 1'))[0]?.text).toContain('还没有下达整改');
  await talk.says(coordinator, '整改 1 8月7日');
  const [asked] = await talk.says(liaison, '整改回复 1');
  expect(asked?.text).toContain('责任人是谁？');
  expect(asked?.text).toContain('1/3');
});

test('the report lists what was found: closed and merged too, and nothing that was taken back', async () => {
  const talk = await stage();
  for (const name of ['甲窗口', '乙窗口', '丙窗口']) await visit(talk, inspector, { name });
  for (const one of ['窗口无人', '座椅破损', '指示牌缺失', '态度不好']) await found(talk, one);
  await talk.says(coordinator, '合并 1 3 确认');
  await talk.says(coordinator, '整改 2 7月31日');
  for (const said of ['整改回复 2', '窗口负责人', '增配2名人员', '已整改到位', '跳过'])
    await talk.says(liaison, said);
  for (const said of ['核实 2', '销号 2']) await talk.says(coordinator, said);
  await talk.says(inspector, '撤回问题 4');
  const text = (await talk.says(inspector, '上报')).map((one) => one.text).join('\n');
  expect(text).toContain(
    '发现问题2个：\n窗口无人：1个（1号）\n座椅破损：1个（2号，已销号）\n指示牌缺失：1个（3号，已并入1号）',
  );
});
