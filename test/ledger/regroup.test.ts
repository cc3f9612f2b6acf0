import { expect, test } from 'vitest';
import { photo } from '../commands/visit.ts';
import { stage } from '../conversation/stage.ts';
import { enrol, found, ledgerCast, stateOf, to } from './people.ts';

const { coordinator, liaison, second, inspector } = ledgerCast;

test('merged and split problems keep their history, their order and their evidence', async () => {
  const talk = await stage();
  for (const problem of ['窗口无人', '综合窗口没人值守', '窗口无人且指示牌缺失']) await found(talk, problem);
  for (const number of [1, 2, 3]) await talk.says(coordinator, `整改 ${number} 7月10日`);
  expect((await talk.says(coordinator, '合并 1 1'))[0]?.text).toContain('不能与自身合并');
  // One number is one slip away: both are shown, and nothing is done before that is confirmed.
  expect((await talk.says(coordinator, '合并 1 和 2'))[0]?.text).toBe(
    [
      '将合并以下两个问题，请核对：',
      '1号：窗口无人',
      '2号：综合窗口没人值守',
      '合并后按1号办理，2号不再单列，原有记录和照片都保留；合并后不能撤销。回复“确认”办理，否则不作改动。',
    ].join('\n'),
  );
  expect(await stateOf(talk, 2)).toBe('ordered');
  let heard = await talk.says(coordinator, '确认');
  expect(to(coordinator, heard)).toEqual(['2号已并入1号（海盐县政府），原有记录和照片都保留。']);
  expect(to(liaison, heard)[0]).toContain('2号问题已并入1号（海盐县政府），请按1号整改');
  expect((await talk.says(liaison, '接受 2'))[0]?.text).toContain('2号问题已并入1号，请按1号办理。');
  expect((await talk.says(coordinator, '整改 2 立行立改'))[0]?.text).toContain('已并入1号');
  expect((await talk.says(coordinator, '问题 2'))[0]?.text).toContain('状态：已并入其他问题');
  const [first] = await talk.says(coordinator, '问题 1');
  expect(first?.text).toContain('\n2号已并入本问题。\n');
  expect(first?.text).toContain('：2号并入本问题');
  expect((await talk.says(coordinator, '问题 2'))[0]?.text).toContain('：将本问题并入1号');

  expect((await talk.says(coordinator, '拆分 3 窗口无人'))[0]?.text).toContain('请写2至10个问题');
  expect((await talk.says(coordinator, '拆分 3 窗口无人值守；指示牌缺失'))[0]?.text).toBe(
    [
      '将把3号问题（海盐县政府）拆分为以下2个：',
      '· 窗口无人值守',
      '· 指示牌缺失',
      '各项沿用原有要求和期限；拆分后不能撤销。回复“确认”办理，否则不作改动。',
    ].join('\n'),
  );
  expect(await stateOf(talk, 3)).toBe('ordered');
  heard = await talk.says(coordinator, '确认');
  expect(to(liaison, heard)).toEqual([
    '3号问题（海盐县政府）已拆分为2个问题，原有要求和期限不变：\n4号：窗口无人值守\n5号：指示牌缺失',
  ]);
  expect([await stateOf(talk, 3), await stateOf(talk, 4), await stateOf(talk, 5)]).toEqual([
    'split',
    'ordered',
    'ordered',
  ]);
  expect((await talk.says(liaison, '接受 5'))[0]?.text).toContain('已接受5号问题');
  expect((await talk.says(coordinator, '合并 3 4'))[0]?.text).toContain(
    '3号问题已拆分为4、5号，请按新编号办理',
  );
  // Saturday or not: what it goes on as comes first.
  for (const day of ['立行立改', '7月11日', '尽快'])
    expect((await talk.says(coordinator, `整改 3 ${day}`))[0]?.text).toContain('已拆分为4、5号');
  expect((await talk.says(coordinator, '问题 3'))[0]?.text).toContain('\n已拆分为4、5号。');
  expect((await talk.says(coordinator, '问题 5'))[0]?.text).toContain('\n由3号拆出。');

  // The three that are open; the most urgent first, then by number.
  const page = (await talk.says(liaison, '台账'))[0]?.text.split('\n') ?? [];
  expect(page[0]).toBe('未销号问题3个：🟢绿灯（按期推进）3个');
  expect(page.slice(1, 4).map((line) => line.slice(0, 2))).toEqual(['1号', '4号', '5号']);
  const kept = await talk.query<{ number: number; status: string; from: number | null; into: number | null }>(
    `SELECT f.number, f.status, s.number AS from, m.number AS into FROM finding f
     LEFT JOIN finding s ON s.id = f.split_from LEFT JOIN finding m ON m.id = f.merged_into ORDER BY 1`,
  );
  expect(kept).toEqual([
    { number: 1, status: 'open', from: null, into: null },
    { number: 2, status: 'merged', from: null, into: 1 },
    { number: 3, status: 'split', from: null, into: null },
    { number: 4, status: 'open', from: 3, into: null },
    { number: 5, status: 'open', from: 3, into: null },
  ]);
});

test('what was merged into a problem that is split stands on its own again, under the order of the whole', async () => {
  const talk = await stage();
  for (const problem of ['窗口无人', '叫号机停用']) await found(talk, problem);
  for (const words of ['整改 1 7月10日', '合并 1 2', '确认']) await talk.says(coordinator, words);
  expect((await talk.says(coordinator, '拆分 1 甲；乙'))[0]?.text).toContain(
    '已并入1号的2号同时恢复单独办理。',
  );
  const heard = await talk.says(coordinator, '确认');
  expect(to(liaison, heard)[0]).toContain('\n2号：叫号机停用（原已并入，现恢复单独办理）');
  const page = (await talk.says(liaison, '台账'))[0]?.text.split('\n') ?? [];
  expect(page.slice(1, 4).map((line) => line.slice(0, 2))).toEqual(['2号', '3号', '4号']);
  expect([await stateOf(talk, 2), await stateOf(talk, 3)]).toEqual(['ordered', 'ordered']);
  expect((await talk.says(liaison, '接受 2'))[0]?.text).toContain('已接受2号问题');
});

test('a day that is none is said to be; in a campaign that is over nothing is ordered, and that is said', async () => {
  const talk = await stage();
  await found(talk);
  expect((await talk.says(coordinator, '整改 1 2月30日 更换座椅'))[0]?.text).toContain('没有2月30日这一天。');
  for (const words of ['结束活动', '确认']) await talk.says(coordinator, words);
  for (const words of ['整改 1 7月10日', '催办', '发送日报'])
    expect((await talk.says(coordinator, words)).at(-1)?.text).not.toContain('尚未发布');
  expect((await talk.says(coordinator, '整改 1 7月10日'))[0]?.text).toMatch(/^【.*】已经结束，不再办理。$/);
});

test('a reply that waits to be verified is not merged away', async () => {
  const talk = await stage();
  for (const problem of ['窗口无人', '没人值守']) await found(talk, problem);
  for (const number of [1, 2]) await talk.says(coordinator, `整改 ${number} 7月10日`);
  await talk.says(liaison, '整改回复 2');
  await talk.says(liaison, '窗口负责人');
  // A second reply waits until the first is written.
  expect((await talk.says(liaison, '整改回复 1'))[0]?.text).toContain('2号问题的整改回复还没有填完');
  await talk.says(liaison, '增配2名人员');
  await talk.says(liaison, '已整改到位');
  await talk.says(liaison, '跳过');
  expect((await talk.says(coordinator, '合并 1 2'))[0]?.text).toContain(
    '2号问题目前是“已回复，待核实”，有待答复的事项',
  );
  // Nor does the other one become verified and closed with it, though nobody has looked at it.
  expect((await talk.says(coordinator, '合并 2 1'))[0]?.text).toContain(
    '2号问题目前是“已回复，待核实”，有待答复的事项',
  );
  expect([await stateOf(talk, 1), await stateOf(talk, 2)]).toEqual(['ordered', 'replied']);
});

test('what is merged leaves its photos, its kind and how grave it is', async () => {
  const talk = await stage();
  for (const problem of ['窗口无人', '没人值守']) {
    await talk.says(inspector, `发现问题 ${problem}`);
    await talk.says(inspector, '', { files: [photo] });
  }
  await talk.says(coordinator, '定级 1 较重');
  await talk.says(coordinator, '定级 2 严重 脸难看');
  const photosOf = async (number: number) => {
    const [row] = await talk.query<{ attachments: string[] }>(
      'SELECT attachments::text[] FROM finding WHERE number = $1',
      [number],
    );
    return row?.attachments ?? [];
  };
  const [one, other] = [await photosOf(1), await photosOf(2)];
  expect([one.length, other.length]).toEqual([1, 1]);
  for (const words of ['合并 1 2', '确认']) await talk.says(coordinator, words);
  const [shown] = await talk.says(coordinator, '问题 1');
  expect(shown?.text).toContain('来源：检查发现；程度：严重；类别：脸难看；本单位可见。');
  expect(shown?.say.attachments).toEqual([...one, ...other]);
  // The less grave one changes nothing of what it is merged into.
  await found(talk, '又没人');
  for (const words of ['合并 1 3', '确认']) await talk.says(coordinator, words);
  expect((await talk.says(coordinator, '问题 1'))[0]?.text).toContain('程度：严重；类别：脸难看');
  expect(await photosOf(1)).toEqual([...one, ...other]);
});

test('an order does not vanish by a merger, and nothing comes into a unit’s sight by one', async () => {
  const talk = await stage();
  for (const problem of ['窗口无人', '没人值守', '态度不好']) await found(talk, problem);
  await talk.says(coordinator, '整改 2 7月10日');
  expect((await talk.says(coordinator, '合并 1 2'))[0]?.text).toBe(
    '2号已下达整改，1号尚未下达，不能并入。请回复“合并 2 1”，按2号办理。',
  );
  await talk.says(coordinator, '定级 3 仅协调员');
  for (const pair of ['2 3', '3 2'])
    expect((await talk.says(coordinator, `合并 ${pair}`))[0]?.text).toContain(
      '可见范围不同，不能合并。请先用“定级”改为一致，例如“定级 3 公开”，再合并。',
    );
  expect((await talk.says(coordinator, '合并 2 1 确认'))[0]?.text).toContain('1号已并入2号');
});

test('how grave, which kind, who may see it; lamps, pages and what the ledger lacks', async () => {
  const talk = await stage();
  await enrol(talk, second, { role: 'coordinator', unit: null, title: '第二协调员' });
  for (let count = 1; count <= 12; count += 1) await found(talk, `问题之${count}`);
  expect((await talk.says(coordinator, '定级 3 严重 脸难看 仅协调员'))[0]?.text).toBe(
    '3号问题（海盐县政府）：严重；类别：脸难看；仅协调员可见。',
  );
  // Not for the unit, in the same words as what does not exist.
  for (const number of [3, 99])
    expect((await talk.says(liaison, `问题 ${number}`))[0]?.text).toBe(
      `没有编号为${number}的问题，请核对编号。`,
    );
  await talk.says(coordinator, '整改 1 6月22日');
  await talk.says(coordinator, '整改 2 6月30日');
  await talk.says(coordinator, '整改 4 7月30日');
  expect((await talk.says(coordinator, '定级 4 仅协调员'))[0]?.text).toContain('该单位已知情');
  talk.clock.set('2026-06-26T10:00:00+08:00');
  const text = (await talk.says(coordinator, '台账'))[0]?.text.split('\n') ?? [];
  expect(text[0]).toBe(
    '未销号问题12个（第1/2页）：🔴红灯（逾期）1个、🟡黄灯（临近期限）1个、🟢绿灯（按期推进）1个、待下达9个',
  );
  expect(text.slice(1, 4)).toEqual([
    '1号 🔴红灯（逾期） 海盐县政府：问题之1（待接受；2026年6月22日（周一），已逾期4天）',
    '2号 🟡黄灯（临近期限） 海盐县政府：问题之2（待接受；2026年6月30日（周二），还有2个工作日）',
    '4号 🟢绿灯（按期推进） 海盐县政府：问题之4（待接受；2026年7月30日（周四），还有24个工作日）',
  ]);
  expect(text[4]).toBe('3号 海盐县政府：问题之3【严重、脸难看】（待下达整改）');
  expect(text.at(-2)).toBe('回复“台账 2”查看下一页。');
  expect((await talk.says(coordinator, '台账 海盐县 2'))[0]?.text).toContain('未销号问题12个（第2/2页）');
  expect((await talk.says(coordinator, '台账 桐乡'))[0]?.text).toBe('台账中没有未销号的问题。');
  expect((await talk.says(coordinator, '台账 海宴县'))[0]?.text).toContain('是否为：海盐县');
  expect((await talk.says(coordinator, '台账 3'))[0]?.text).toContain('没有第3页');
  expect((await talk.says(liaison, '台账'))[0]?.text).toMatch(/^未销号问题11个/);
  expect((await talk.says(inspector, '台账'))[0]?.text).toContain(
    '由协调员、联络员、单位负责人、领导小组、审计人员使用',
  );
  // What a hidden inspection found is in its own coordinators’ ledger and in nobody else’s (JX-4.4), and is not dealt with yet.
  await talk.query('UPDATE activity SET secret = true');
  expect((await talk.says(coordinator, '台账'))[0]?.text).toMatch(/^未销号问题12个/);
  expect((await talk.says(liaison, '台账'))[0]?.text).toBe('台账中没有未销号的问题。');
  expect((await talk.says(coordinator, '问题 1'))[0]?.text).toContain(
    '公布前仅开展检查的单位、本项检查的协调单位和审计人员可见',
  );
  expect((await talk.says(coordinator, '整改 5 7月30日'))[0]?.text).toContain('5号问题属于尚未公布的检查');
  expect((await talk.says(liaison, '问题 1'))[0]?.text).toBe('没有编号为1的问题，请核对编号。');
  await talk.query('UPDATE activity SET secret = false');

  await talk.says(liaison, '整改回复 2');
  await talk.says(liaison, '窗口负责人');
  await talk.says(liaison, '进一步加大管理力度');
  await talk.says(liaison, '正在整改');
  await talk.says(liaison, '尽快落实');
  await talk.query(`UPDATE finding SET status = 'withdrawn' WHERE number = 2`);
  expect((await talk.says(coordinator, '核对台账'))[0]?.text).toBe(
    [
      '台账核对结果：',
      '有问题、无措施11个：1、3、4、5、6、7、8、9、10、11、12（编号）。',
      '有措施、无对应问题1个：2（编号）。',
      '2号：提示：措施中“进一步、加大”较空泛，请写明做什么、做多少、做到什么程度。',
    ].join('\n'),
  );
});

test('a liaison who comes later hears of the orders, and the days to object begin then', async () => {
  const talk = await stage();
  const other = ledgerCast.other;
  // Xiuzhou inspects Pinghu, where nobody is bound.
  await talk.says(other, '发现问题 没有指示牌');
  expect((await talk.says(coordinator, '整改 1 7月30日'))[0]?.text).toContain('该单位无人绑定，尚未通知');
  const [invited] = await talk.says(coordinator, '邀请 联络员 平湖');
  const code = /邀请码：([A-Z0-9]{6})/.exec(invited?.text ?? '')?.[1] ?? '';
  talk.clock.set('2026-06-30T10:00:00+08:00');
  const heard = await talk.says('console:pinghu', `绑定 ${code}`);
  expect(to('console:pinghu', heard)[1]).toContain(
    '如有异议，可在收到之日起30日内（2026年7月30日（周四）前，含当日）提出',
  );
});

test('two addresses that turn out to be one person: who fixed and who judged is still known', async () => {
  const talk = await stage();
  await enrol(talk, second, { role: 'coordinator', unit: null, title: '第二协调员' });
  await found(talk);
  await talk.says(second, '整改 1 7月30日');
  const [invited] = await talk.says(coordinator, '邀请 自己');
  const code = /邀请码：([A-Z0-9]{6})/.exec(invited?.text ?? '')?.[1] ?? '';
  await talk.says(second, `绑定 ${code} 合并`);
  await talk.says(liaison, '异议 1 不归我们管');
  expect((await talk.says(coordinator, '异议成立 1'))[0]?.text).toContain('须回避');
  const rows = await talk.query<{ known: boolean }>(
    `SELECT EXISTS (SELECT FROM contact c WHERE c.id = e.by_contact) AS known FROM finding_event e`,
  );
  expect(rows).toEqual([{ known: true }, { known: true }]);
});

test.each([
  ['异议不成立 1 窗口由你单位管理', '异议不成立', 'ordered'],
  ['异议成立 1', '异议成立', 'revoked'],
])(
  'the leading group decides an objection that the coordinators’ own work gave rise to: %s',
  async (words, said, state) => {
    const talk = await stage();
    // Of no unit: all of it is theirs to read, and this is theirs to decide (政府督查工作条例 art. 17).
    await enrol(talk, ledgerCast.group, { role: 'leader', unit: null, title: '领导小组' });
    await found(talk);
    await talk.says(coordinator, '整改 1 7月30日');
    await talk.says(liaison, '异议 1 不归我们管');
    expect((await talk.says(coordinator, words))[0]?.text).toContain('请由其他协调员或领导小组办理');
    expect(to(ledgerCast.group, await talk.says(ledgerCast.group, words))[0]).toContain(said);
    expect(await stateOf(talk, 1)).toBe(state);
  },
);

test('a ledger that is too long to be checked at once is checked by what is open, and that is said', async () => {
  const talk = await stage();
  await found(talk);
  // 5,000 that are closed and 5,000 more that are open.
  await talk.query(
    `INSERT INTO finding (number, campaign_id, unit_id, assignment_id, problem, opened_at, status)
     SELECT 10000 + n, campaign_id, unit_id, assignment_id, problem, opened_at, CASE WHEN n > 5000 THEN 'open' ELSE 'closed' END
     FROM finding, generate_series(1, 9999) n`,
  );
  const check = async () => (await talk.says(coordinator, '核对台账'))[0]?.text.split('\n') ?? [];
  let text = await check();
  expect(text[1]).toMatch(/^有问题、无措施5000个：1、15001、15002、/);
  expect(text).toHaveLength(2);
  await talk.query(`UPDATE finding SET status = 'open' WHERE number = 15000`);
  text = await check();
  expect(text[1]).toMatch(/^有问题、无措施5000个：1、15000、15001、/);
  expect(text[2]).toBe('未销号问题较多，本次只核对了编号最小的5000个。');
});

test('measures with flaws beyond the first thirty are counted', async () => {
  const talk = await stage();
  for (let count = 1; count <= 32; count += 1) await found(talk, `问题之${count}`);
  await talk.says(coordinator, '整改 1 7月30日');
  await talk.query(
    `UPDATE rectification SET record = record || '{"owner": "窗口负责人", "measure": "进一步加大力度"}'`,
  );
  await talk.query(
    `INSERT INTO rectification (finding_id, campaign_id, unit_id, state, record)
     SELECT f.id, r.campaign_id, r.unit_id, r.state, r.record FROM finding f, rectification r WHERE f.number > 1`,
  );
  const text = (await talk.says(coordinator, '核对台账'))[0]?.text.split('\n') ?? [];
  expect(text.filter((line) => line.includes('较空泛'))).toHaveLength(30);
  expect(text.at(-1)).toBe('措施需改进的另有2个，请先处理以上各项，再回复“核对台账”。');
});
