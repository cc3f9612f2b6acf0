import { expect, test } from 'vitest';
import { cast, stage, type Talk } from '../conversation/stage.ts';
import { rated, windows } from './rated.ts';

const { coordinator, inspector, liaison, citizen, room } = cast;

const said = async (talk: Talk, who: string, words: string) => {
  const heard = await talk.says(who, words);
  return heard
    .filter(({ to }) => to === who)
    .map(({ text }) => text)
    .join('\n');
};
const linesOf = async (talk: Talk, who: string, words: string) => (await said(talk, who, words)).split('\n');

/** The head of a unit, as if bound by an invitation. */
async function head(talk: Talk, urn: string, unit: string): Promise<void> {
  await talk.says(urn, '帮助');
  await talk.query(
    `INSERT INTO membership (contact_id, role, campaign_id, unit_id)
     SELECT r.contact_id, 'leader', $1::uuid, u.id FROM urn r, unit u WHERE r.urn = $2 AND u.code = $3`,
    [talk.campaignId, urn, unit],
  );
}

test('a coordinator sees n, both shares with their intervals, the mean, trend and units in the order of the register', async () => {
  const talk = await stage();
  await rated(talk, [5, 0, 5, 10, 80], { unit: 'nanhu' });
  await rated(talk, [0, 0, 0, 0, 20], { unit: 'haiyan', source: 'chat', day: '2026-06-29' });
  await rated(talk, [0, 0, 0, 0, 7], { unit: 'haiyan', source: 'interview' });
  const text = await linesOf(talk, coordinator, '结果');
  // Wilson by hand: 110/120 and 115/120; (100 × 100 + 10 × 80 + 5 × 60 + 5 × 20) / 120.
  expect(text.slice(0, 9)).toEqual([
    '【窗口“办事难”集中整治交叉式抽查】群众满意度：全部单位（截至6月22日10:00）',
    '按第1版指标统计（2026年6月22日（周一）起），五个等级由高到低计100/80/60/40/20分。',
    '群众自主评价：120份。',
    '满意率（非常满意、满意）91.7%（110/120），95%置信区间85.3%—95.4%。',
    '计入“基本满意”为95.8%（115/120），95%置信区间90.6%—98.2%。',
    '差评（不满意、非常不满意）：5份。',
    '平均93.3分。',
    '　扫码或链接：100份，满意率90%（82.6%—94.5%），计入“基本满意”95%（88.8%—97.8%）',
    '　聊天：20份，满意率100%（83.9%—100%），计入“基本满意”100%（83.9%—100%）',
  ]);
  expect(text).toContain('检查员访谈：7人。');
  expect(text).toContain('走势（群众自主评价，按周，所列为每周首日）：');
  expect(text).toContain(
    '　2026年6月29日（周一）：20份，满意率100%（83.9%—100%），计入“基本满意”100%（83.9%—100%）',
  );
  const units = text.slice(
    text.indexOf('下属各单位（按名册顺序，不作排名；份数少的，差距可能出于偶然）：') + 1,
    -1,
  );
  expect(units.map((line) => line.trim().split('：')[0])).toEqual([
    '市行政审批服务中心',
    '南湖区政府',
    '秀洲区政府',
    '嘉善县政府',
    '平湖市政府',
    '海盐县政府',
    '海宁市政府',
    '桐乡市政府',
    '嘉兴经济技术开发区（国际商务区）',
  ]);
  expect(units[2]).toBe('　秀洲区政府：尚无');
  expect(units[5]).toContain('；访谈7份，满意率100%（64.6%—100%）');
});

test('never a cell under five, and none that can be reckoned', async () => {
  const talk = await stage();
  await rated(talk, [0, 0, 0, 0, 4], { unit: 'nanhu' });
  expect(await linesOf(talk, coordinator, '结果')).toContain('群众自主评价：不足5份，不予显示。');
  await rated(talk, [0, 0, 0, 0, 10], { unit: 'haiyan' });
  await rated(talk, [0, 0, 0, 0, 30], { unit: 'pinghu' });
  const text = await said(talk, coordinator, '满意度');
  expect(text).toContain('　南湖区政府：不足5份，不予显示\n');
  expect(text).toContain('　海盐县政府：不单独显示（以免推算出不足5份的情况）\n');
  expect(text).toContain('　平湖市政府：30份');
  expect(text).not.toMatch(/[^\d.][1-4]份/);
  await rated(talk, [1, 0, 0, 0, 0], { marks: ['fast'] });
  await rated(talk, [2, 0, 0, 0, 0], { struck: true });
  const marked = await said(talk, coordinator, '结果');
  expect(marked).toContain('个别评价有异常迹象，已计入以上数字；为保护群众隐私，不另行统计。');
  expect(marked).toContain('经申诉复核不计入的：不足5份，不在以上数字内。');
});

test('what a list hides is not told of the unit alone either, and what stands under no unit is called so', async () => {
  const talk = await stage();
  await windows(talk, 'haiyan', { w1: '1号窗口' });
  await rated(talk, [0, 0, 0, 0, 4], { unit: 'nanhu' });
  await rated(talk, [0, 0, 0, 0, 6], { unit: 'haiyan' });
  await rated(talk, [0, 0, 0, 0, 6], { unit: 'w1' });
  await rated(talk, [0, 0, 0, 0, 30], { unit: 'pinghu' });
  await rated(talk, [0, 0, 0, 0, 20]);
  const all = await said(talk, coordinator, '结果');
  expect(all).toContain('　海盐县政府：不单独显示（以免推算出不足5份的情况）\n');
  expect(all).toContain('　未指明单位：20份');
  expect(all).not.toContain('本级');
  for (const name of ['海盐县', '海盐县 1号窗口']) {
    const alone = await said(talk, coordinator, `结果 ${name}`);
    expect(alone).toContain('群众自主评价：不单独显示（以免推算出不足5份的情况）。');
    expect(alone).not.toMatch(/(?:^|\D)(?:6|12)(?:份|\/)/u);
  }
  expect(await said(talk, coordinator, '结果 平湖市')).toContain('群众自主评价：30份。');
  // Who sees no list above it: the unit's own people.
  expect(await said(talk, liaison, '结果')).toContain('群众自主评价：12份。');
});

test('what bears signs of tampering is shown both with and without, what was struck apart', async () => {
  const talk = await stage();
  await rated(talk, [5, 0, 0, 0, 15]);
  await rated(talk, [0, 0, 0, 0, 20], { marks: ['staff-network', 'fast'] });
  await rated(talk, [6, 0, 0, 0, 0], { struck: true });
  const text = await said(talk, coordinator, '结果');
  expect(text).toContain('满意率（非常满意、满意）87.5%（35/40）');
  expect(text).toContain('其中20份有异常迹象，已计入以上数字；不含这些：20份，满意率75%（53.1%—88.8%）');
  expect(text).toContain('经申诉复核不计入的：6份，不在以上数字内。');
});

test('versions of the indicators are never mixed, aims are those of the version', async () => {
  const talk = await stage();
  await rated(talk, [10, 0, 0, 0, 10]);
  await talk.query(
    `INSERT INTO indicator_set SELECT campaign_id, 2, definition || '{"aims": {"satisfied": 90, "notNegative": 90.5}}',
       '2026-06-22T04:00:00Z' FROM indicator_set`,
  );
  await rated(talk, [10, 0, 0, 0, 90], { version: 2 });
  const text = await said(talk, coordinator, '结果');
  expect(text).toContain('按第2版指标统计');
  expect(text).toContain('90%（90/100），95%置信区间82.6%—94.5%，达到目标（90%）。');
  expect(text).toContain('计入“基本满意”为90%（90/100），95%置信区间82.6%—94.5%，未达到目标（90.5%）。');
  expect(text).toContain(
    '第1版指标（2026年6月22日（周一）起）另计，不与新版合并、比较：20份，满意率50%（29.9%—70.1%）',
  );
});

test('one unit by name, a window behind its hall, and what is no unit', async () => {
  const talk = await stage();
  await windows(talk, 'haiyan', { w1: '1号窗口', w2: '2号窗口' });
  await windows(talk, 'nanhu', { w3: '1号窗口' });
  await rated(talk, [0, 0, 0, 0, 10], { unit: 'w1' });
  await rated(talk, [0, 0, 0, 0, 20], { unit: 'w2' });
  const haiyan = await said(talk, coordinator, '结果 海盐县');
  expect(haiyan).toContain('群众满意度：海盐县政府');
  expect(haiyan).toContain('群众自主评价：30份。');
  expect(haiyan).toContain('　1号窗口：10份');
  const window = await said(talk, coordinator, '结果 海盐县 1号窗口');
  expect(window).toContain('群众自主评价：10份。');
  expect(window).not.toContain('下属各单位');
  expect(await said(talk, coordinator, '结果 1号窗口')).toContain('有几个单位叫这个名称');
  expect(await said(talk, coordinator, '结果 海燕县政府')).toContain('是否为：海盐县政府');
  expect(await said(talk, coordinator, '结果 海盐县全部窗口')).toContain(
    '一次只能查看一个单位，请从中选一个：1号窗口、2号窗口。',
  );
});

test('a head sees the own unit and what stands under it, a liaison the own unit without comparison', async () => {
  const talk = await stage();
  await windows(talk, 'haiyan', { w1: '1号窗口' });
  await rated(talk, [0, 0, 0, 0, 10], { unit: 'w1' });
  await rated(talk, [0, 0, 0, 0, 20], { unit: 'haiyan' });
  const own = await said(talk, liaison, '结果');
  expect(own).toContain('群众满意度：海盐县政府');
  expect(own).toContain('群众自主评价：30份。');
  expect(own).not.toContain('1号窗口');
  expect(await said(talk, liaison, '结果 南湖区')).toBe('您可以查看的是：海盐县政府。');
  expect(await said(talk, liaison, '结果 1号窗口')).toBe('您可以查看的是：海盐县政府。');
  await head(talk, 'wechat:head', 'haiyan');
  expect(await said(talk, 'wechat:head', '结果')).toContain('　1号窗口：10份');
  expect(await said(talk, 'wechat:head', '结果 1号窗口')).toContain('群众自主评价：10份。');
  expect(await said(talk, 'wechat:head', '结果 南湖区')).toContain('您可以查看的是');
  await head(talk, 'wechat:head', 'nanhu');
  expect(await said(talk, 'wechat:head', '结果')).toContain('请写明是哪一个：南湖区政府、海盐县政府');
});

test('inspectors and citizens have no results; in a room they are told in private; a draft has none', async () => {
  const talk = await stage();
  for (const who of [inspector, citizen]) expect(await said(talk, who, '结果')).not.toContain('群众满意度：');
  const heard = await talk.says(coordinator, '结果', { room, addressed: true });
  expect(heard.find(({ text }) => text.includes('群众满意度：'))?.to).toBe(coordinator);
  expect(heard.filter(({ to }) => to === room).map(({ text }) => text)).toEqual(['已私信回复。']);
  const draft = await stage({ campaign: { published: false } });
  expect(await said(draft, coordinator, '结果')).not.toContain('群众满意度');
});

test('nobody rated is not zero percent, and English reads alike', async () => {
  const talk = await stage({ language: 'en' });
  const none = await said(talk, coordinator, 'results');
  expect(none).toContain("Ratings of people's own accord: none yet.");
  expect(none).not.toContain('%');
  await rated(talk, [0, 0, 0, 4, 196], { unit: 'nanhu' });
  const text = await said(talk, coordinator, 'results Nanhu District');
  expect(text).toContain('Satisfied or very satisfied: 100% (200/200), 95% interval 98.1%-100%.');
  expect(text).toContain('By version 1 of the indicators (from Mon 22 June 2026)');
});
