import { expect, test } from 'vitest';
import { stage, type Talk } from '../conversation/stage.ts';
import { enrol, found, lastTo, ledgerCast, to } from './people.ts';

const { coordinator, second, liaison, inspector, other } = ledgerCast;
const elsewhere = 'console:coordinator-elsewhere';

test('steps are told to the coordinators of the activity’s own unit, and to those of the whole campaign', async () => {
  const talk = await stage();
  await enrol(talk, second, { role: 'coordinator', unit: null, title: '全案协调员' });
  await enrol(talk, elsewhere, { role: 'coordinator', unit: 'city', title: '其他方式的协调员' });
  for (const problem of ['窗口无人', '指示牌缺失']) await found(talk, problem);
  await talk.says(coordinator, '整改 1 7月31日');
  let heard = await talk.says(liaison, '接受 1');
  expect(to(coordinator, heard)).toHaveLength(1);
  expect(to(second, heard)).toHaveLength(1);
  expect(to(elsewhere, heard)).toEqual([]);
  // Whoever took part hears how it goes on.
  await talk.says(elsewhere, '整改 2 7月31日');
  heard = await talk.says(liaison, '接受 2');
  expect(to(elsewhere, heard)).toHaveLength(1);
});

test('where nobody of that unit is bound, or none of them may decide, all coordinators hear', async () => {
  const talk = await stage();
  await enrol(talk, elsewhere, { role: 'coordinator', unit: 'city', title: '其他方式的协调员' });
  for (const problem of ['窗口无人', '指示牌缺失']) await found(talk, problem);
  for (const number of [1, 2]) await talk.says(coordinator, `整改 ${number} 7月31日`);
  // Who ordered it does not decide the objection (Art 17): somebody who may has to hear of it.
  const heard = await talk.says(liaison, '异议 1 该窗口不归我们管');
  expect(to(elsewhere, heard)[0]).toContain('提出异议');
  await talk.query(
    `UPDATE activity SET coordinator_unit_id = (SELECT id FROM unit WHERE code = 'tongxiang') WHERE code = 'cross'`,
  );
  expect(to(elsewhere, await talk.says(liaison, '接受 2'))).toHaveLength(1);
});

test('what is nearly a level is asked about, with all else that was said; a category is a category', async () => {
  const talk = await stage();
  await found(talk);
  const [asked] = await talk.says(coordinator, '定级 1 很严重 脸难看');
  expect(asked?.text).toBe('“很严重”是哪一级？1号问题还没有改动，请选择，或重写“定级 1 严重”。');
  expect(asked?.options).toEqual(['一般', '较重', '严重']);
  expect((await talk.says(coordinator, '问题 1'))[0]?.text).toContain('程度：一般；类别：未分类');
  expect((await talk.taps(coordinator, asked, '严重'))[0]?.text).toContain('严重；类别：脸难看；');
  for (const said of ['定级 1 门难进', '定级 1 较重 严重失职'])
    expect((await talk.says(coordinator, said))[0]?.text).toContain(`类别：${said.split(' ').at(-1)}；`);
});

test('a problem of a hidden inspection: who may know sees it, and hears when it can be dealt with; for others it is none', async () => {
  const talk = await stage();
  await enrol(talk, elsewhere, { role: 'coordinator', unit: 'city', title: '其他方式的协调员' });
  await talk.query('UPDATE activity SET secret = true');
  await talk.says(inspector, '发现问题 窗口无人');
  const [row] = await talk.query<{ number: number }>('SELECT number FROM finding');
  const number = row?.number ?? 0;
  const asks = async (urn: string, what = '问题') =>
    lastTo(urn, await talk.says(urn, `${what} ${number}`))?.text;
  const told = `${number}号问题属于尚未公布的检查，公布后才能办理。现在可回复“问题 ${number}”查看。`;
  for (const urn of [coordinator, inspector])
    expect(await asks(urn)).toContain('：窗口无人\n状态：待下达整改');
  expect(await asks(coordinator, '整改')).toBe(told);
  const none = `没有编号为${number}的问题，请核对编号。`;
  for (const urn of [elsewhere, other, liaison]) expect(await asks(urn)).toBe(none);
  expect(await seen(talk)).toBe(2);
});

/** People of whom the audit log says that they were shown it by asking for the number. */
async function seen(talk: Talk): Promise<number> {
  const [row] = await talk.query<{ n: number }>(
    `SELECT count(DISTINCT body ->> 'by')::int AS n FROM audit WHERE kind = 'secret.seen'`,
  );
  return row?.n ?? 0;
}
