import { expect, test } from 'vitest';
import { chaseRectifications } from '../../src/conversation/chase.ts';
import { stage, type Talk } from '../conversation/stage.ts';
import { enrol, ledgerCast, to } from './people.ts';

const { coordinator, second, liaison, head, inspector } = ledgerCast;

/** A figure below what is required, found and ordered to be put right. */
async function ordered(): Promise<Talk> {
  const talk = await stage();
  await enrol(talk, second, { role: 'coordinator', unit: null, title: '第二协调员' });
  await enrol(talk, head, { role: 'leader', unit: 'haiyan', title: '海盐县政府负责人' });
  for (const said of ['签到', '不动产登记窗口', '跳过', '是', '80', '90']) await talk.says(inspector, said);
  await talk.says(coordinator, '整改 1 7月31日');
  return talk;
}

/** The inspector’s figure was wrong: it is good enough. */
async function corrects(talk: Talk, figure: number): Promise<void> {
  const [which] = await talk.says(inspector, `改 4 ${figure}`);
  await talk.taps(inspector, which, '第4题：二、既受理又办理的事项占多少？');
}

const look = (talk: Talk) => talk.during(() => chaseRectifications(talk.options, 100));

async function replies(talk: Talk): Promise<void> {
  for (const said of ['整改回复 1', '窗口负责人', '增配2名人员', '已整改到位', '跳过'])
    await talk.says(liaison, said);
}

const problem = '既受理又办理的事项未达到90%';

test('a correction calls the order off by the next tick: the unit, the coordinators and whoever is replying hear', async () => {
  const talk = await ordered();
  await replies(talk);
  await talk.says(coordinator, '退回 1 2 写得太空');
  await talk.says(liaison, '整改回复 1');
  await corrects(talk, 95);
  // Not called off yet, and nothing says that it still stands.
  expect((await talk.says(coordinator, '问题 1'))[0]?.text).toContain('状态：问题已撤回\n来源');
  expect((await talk.says(coordinator, '问题 1'))[0]?.text).not.toContain('绿灯');

  const heard = await look(talk);
  expect(to(liaison, heard)).toEqual([
    `1号问题（海盐县政府）经检查方更正已撤回，无需整改。正在填写的整改回复已结束，不用再填：${problem}`,
  ]);
  expect(to(head, heard)).toEqual([`1号问题（海盐县政府）经检查方更正已撤回，无需整改：${problem}`]);
  const told = `1号问题（海盐县政府）经检查方更正已撤回，整改随之终止（原为“已退回，待补充”），该单位一并通知：${problem}`;
  expect(to(coordinator, heard)).toEqual([told]);
  expect(to(second, heard)).toEqual([told]);
  expect(heard.filter(({ to: address }) => address === inspector)).toEqual([]);
  // The question is gone: what the liaison says now is no answer to it.
  expect((await talk.says(liaison, '增配3名人员'))[0]?.text ?? '').not.toContain('整改回复已保存');
  expect(await look(talk)).toEqual([]);

  const [shown] = await talk.says(coordinator, '问题 1');
  expect(shown?.text).toContain('状态：问题已撤回');
  expect(shown?.text).toContain('系统：检查方撤回问题');
  expect(shown?.text).not.toContain('绿灯');
  expect((await talk.says(coordinator, '核对台账'))[0]?.text).toBe(
    '台账核对完毕：问题与措施一一对应，措施具体。',
  );
  expect((await talk.says(coordinator, '合并 1 2'))[0]?.text).toContain('没有编号为2的问题');
  for (const said of ['整改 1 7月10日', '拆分 1 无人；无标识'])
    expect((await talk.says(coordinator, said))[0]?.text).toContain('1号问题已由检查方撤回，无需办理。');
  expect((await talk.says(liaison, '整改回复 1'))[0]?.text).toContain('1号问题已由检查方撤回，无需办理。');
});

test('at night those who wait for nothing hear in the morning; whoever is replying hears at once', async () => {
  const talk = await ordered();
  talk.clock.set('2026-06-22T22:30:00+08:00');
  await talk.says(liaison, '整改回复 1');
  await corrects(talk, 95);
  const heard = await look(talk);
  const times = heard.filter(({ text }) => text !== '').map(({ to: address, dueAt }) => [address, dueAt]);
  expect(times).toHaveLength(4);
  expect(new Map(times as [string, string][])).toEqual(
    new Map([
      [liaison, '2026-06-22T14:30:00.000Z'],
      [head, '2026-06-23T00:00:00.000Z'],
      [coordinator, '2026-06-23T00:00:00.000Z'],
      [second, '2026-06-23T00:00:00.000Z'],
    ]),
  );
});

test('a reply that was paused long ago ends too, and its writer hears with the others', async () => {
  const talk = await ordered();
  await talk.says(liaison, '整改回复 1');
  talk.clock.advance(31 * 60_000);
  await corrects(talk, 95);
  expect(to(liaison, await look(talk))).toEqual([
    `1号问题（海盐县政府）经检查方更正已撤回，无需整改：${problem}`,
  ]);
  const [session] = await talk.query<{ status: string }>(
    `SELECT s.status FROM rectification r JOIN session s ON s.id = r.session_id`,
  );
  expect(session?.status).toBe('left');
});

test('corrected back before the tick, the order stands as it was; found again after it, it can be ordered anew', async () => {
  const talk = await ordered();
  await corrects(talk, 95);
  await corrects(talk, 70);
  expect(await look(talk)).toEqual([]);
  expect((await talk.says(liaison, '接受 1'))[0]?.text).toContain('已接受1号问题');
  await corrects(talk, 95);
  expect((await look(talk)).length).toBeGreaterThan(0);
  await corrects(talk, 70);
  expect(to(coordinator, await talk.says(coordinator, '整改 1 7月10日'))[0]).toContain('已下达1号问题');
});

test('while an answer to the reply is being taken nobody waits for anybody: it is called off a second later', async () => {
  const talk = await ordered();
  await talk.says(liaison, '整改回复 1');
  await corrects(talk, 95);
  const client = await talk.database.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `SELECT 1 FROM contact WHERE id = (SELECT contact_id FROM urn WHERE urn = $1) FOR NO KEY UPDATE`,
      [liaison],
    );
    expect(await look(talk)).toEqual([]);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
  talk.clock.advance(1_000);
  expect(to(liaison, await look(talk))).toHaveLength(1);
});
