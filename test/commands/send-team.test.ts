import { expect, test } from 'vitest';
import { DrawRecord } from '../../src/campaign/draw/record.ts';
import { verifyRecord } from '../../src/campaign/draw/verify.ts';
import { readSendWords } from '../../src/commands/send-words.ts';
import { campaignText } from '../conversation/campaign-stage.ts';
import { type Heard, stage, type Talk } from '../conversation/stage.ts';

// 双随机: at least two inspectors per object, drawn and then sent (JX-4.4; DOMAIN 2.8).
const coordinator = 'console:coordinator-covert';
const now = '2026-06-30T09:00:00+08:00';
const first = 'console:accompany-1';
const second = 'console:accompany-2';
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');
const toldTo = (heard: Heard[], who: string) => textOf(heard.filter(({ to }) => to === who));

/** The sample, whose covert visits want two inspectors each. */
async function pairsWanted(): Promise<Talk> {
  const text = (await campaignText('jiaxing-2014-full')).replace(
    '    objects: [city] # JX-4.2',
    '    inspectors: 2\n    objects: [city] # JX-4.2',
  );
  return stage({ campaign: { text }, now });
}

const tasks = (talk: Talk) =>
  talk.query<{ number: number; who: string; target: string; days: string[]; team: string | null }>(
    `SELECT a.number, s.code AS who, t.code AS target, a.days, a.team::text AS team FROM assignment a
     JOIN activity v ON v.id = a.activity_id AND v.mode = 'covert'
     JOIN unit s ON s.id = a.assignee_unit_id JOIN unit t ON t.id = a.target_unit_id ORDER BY t.code, s.code`,
  );

test.each([
  ['抽取 3 每家2人 由 甲、乙', { count: 3, each: 2, units: ['甲', '乙'], reason: null }],
  [
    '抽3个，每个对象两人，由甲、乙、丙 原因：第二批',
    { count: 3, each: 2, units: ['甲', '乙', '丙'], reason: '第二批' },
  ],
  ['抽取 3 由 甲、乙 每家 3 人', { count: 3, each: 3, units: ['甲', '乙'], reason: null }],
  ['draw 2, 2 each by Unit A, Unit B', { count: 2, each: 2, units: ['Unit A', 'Unit B'], reason: null }],
  ['draw 2 by Unit A, Unit B', { count: 2, each: null, units: ['Unit A', 'Unit B'], reason: null }],
])('%j', (rest, words) => expect(readSendWords(rest)).toEqual({ do: 'draw', ...words }));

test('each object gets as many inspectors as the file wants, on one day, each told in private who the other is', async () => {
  const talk = await pairsWanted();
  expect(
    textOf(await talk.says(coordinator, '派暗访 抽取 3 每家1人 由 市发展改革委、反走私海防办')),
  ).toContain('要求每个对象至少由2个单位派人同去，现在是1个');
  expect(textOf(await talk.says(coordinator, '派暗访 抽取 3 由 市发展改革委'))).toContain('现在只有1个单位');
  const begun = textOf(await talk.says(coordinator, '派暗访 抽取 3 由 市发展改革委、反走私海防办、市民政局'));
  expect(begun).toContain('每个对象由2个单位各派1人同去');
  const [, code = ''] = /抽签([0-9A-Z]{6})已登记/.exec(begun) ?? [];
  await talk.says(coordinator, `抽签 抽取 ${code}`);

  const [row] = await talk.query<{ record: unknown }>('SELECT record FROM draw');
  const record = DrawRecord.parse(row?.record);
  expect(verifyRecord(row?.record).differences).toEqual([]);
  const teams = record.result.kind === 'teams' ? record.result.teams : [];
  expect(teams).toHaveLength(3);
  for (const { inspectors, day } of teams) {
    expect(new Set(inspectors).size).toBe(2);
    expect(record.frame.days).toContain(day);
  }
  // The record names the day: another one does not repeat.
  const [one, ...others] = teams;
  const moved = { ...record, result: { kind: 'teams', teams: [{ ...one, day: '2026-07-31' }, ...others] } };
  expect(verifyRecord(moved).differences.map(({ key }) => key)).toContain('draw:differs.result');

  const sent = await talk.says(coordinator, `派暗访 ${code}`);
  const given = await tasks(talk);
  expect(given).toHaveLength(6);
  for (const { object, inspectors, day } of teams) {
    const own = given.filter(({ target }) => target === object);
    expect(own.map(({ who }) => who)).toEqual([...inspectors].sort());
    expect(own.map(({ days }) => days)).toEqual([[day], [day]]);
    expect(new Set(own.map(({ team }) => team)).size).toBe(1);
    expect(own[0]?.team).not.toBeNull();
  }
  expect(new Set(given.map(({ team }) => team)).size).toBe(3);
  const names = new Map<string, string>([
    ['development-commission', '市发展改革委'],
    ['coast-office', '市政府反走私海防办'],
    ['window-unit-05', '市民政局'],
  ]);
  for (const [who, code] of [
    [first, 'development-commission'],
    [second, 'coast-office'],
  ] as const) {
    const expected = teams.filter(({ inspectors }) => inspectors.includes(code));
    const told = toldTo(sent, who);
    expect(told.match(/与您同去的还有/g) ?? []).toHaveLength(expected.length);
    for (const { inspectors } of expected) {
      const other = inspectors.find((id) => id !== code) ?? '';
      if (names.has(other)) expect(told).toContain(`与您同去的还有：${names.get(other)}，`);
    }
  }
  // Nobody else is told: the three inspectors' units have these two people, and the coordinator.
  expect(new Set(sent.map(({ to }) => to))).toEqual(new Set([coordinator, first, second]));
  expect(toldTo(sent, coordinator)).toContain('以上2个单位同去，彼此知道对方，其他人不会知道。');
  expect(
    await talk.query(
      `SELECT count(*)::int AS n FROM outbox WHERE say::text LIKE '%visit.with%' AND secret IS NULL`,
    ),
  ).toEqual([{ n: 0 }]);
});

test('those who are sent straight go together too; all of them or none', async () => {
  const talk = await pairsWanted();
  expect(textOf(await talk.says(coordinator, '派暗访 市发展改革委 到 市公安局'))).toContain(
    '要求每个对象至少由2个单位派人同去，现在是1个',
  );
  await talk.says(second, '回避 市公安局');
  expect(textOf(await talk.says(coordinator, '派暗访 市发展改革委、反走私海防办 到 市公安局'))).toContain(
    '应当回避（申请回避）',
  );
  expect(await tasks(talk)).toEqual([]);

  const sent = await talk.says(coordinator, '派暗访 市发展改革委、反走私海防办 到 市民政局 7月6日');
  expect(toldTo(sent, first)).toContain('与您同去的还有：市政府反走私海防办，请与对方商定分工。');
  expect(toldTo(sent, second)).toContain('与您同去的还有：市发展改革委，');
  const [one, other] = await tasks(talk);
  expect(one?.team).toBe(other?.team);

  // Whoever is left is not left waiting.
  const coast = (await tasks(talk)).find(({ who }) => who === 'coast-office');
  const recalled = await talk.says(coordinator, `撤回暗访 ${coast?.number}`);
  expect(toldTo(recalled, first)).toContain('市政府反走私海防办不再与您同去市民政局');
  expect(toldTo(recalled, coordinator)).toContain(
    '同去的1个单位的任务仍在，已告知他们。本活动要求每个对象至少2个单位同去',
  );
  expect(recalled.map(({ to }) => to).sort()).toEqual([first, second, coordinator].sort());
});

test('whoever joins later is told who goes with them; a visit alone names nobody', async () => {
  const talk = await stage({ campaign: { file: 'jiaxing-2014-full' }, now });
  await talk.says(coordinator, '派暗访 市发展改革委、市委组织部 到 市民政局');
  const alone = await talk.says(coordinator, '派暗访 市发展改革委 到 市公安局');
  expect(toldTo(alone, first)).not.toContain('同去');
  const invited = textOf(await talk.says('console:coordinator', '邀请 检查员 市委组织部'));
  const [, code = ''] = /邀请码：([A-Z0-9]{6})/i.exec(invited) ?? [];
  const bound = await talk.says('wechat:newcomer', `绑定 ${code}`);
  expect(toldTo(bound, 'wechat:newcomer')).toContain('与您同去的还有：市发展改革委，');
});

test('what the file sets out for one object is a team as well', async () => {
  const pair = (inspector: string) => `{ inspector: ${inspector}, inspected: window-unit-04 }`;
  const text = (await campaignText('jiaxing-2014-full')).replace(
    '    objects: [city] # JX-4.2',
    `    inspectors: 2\n    pairs: [${pair('development-commission')}, ${pair('coast-office')}]\n    objects: [city] # JX-4.2`,
  );
  const talk = await stage({ campaign: { text }, now });
  const [one, other] = await tasks(talk);
  expect(one?.team).not.toBeNull();
  expect(one?.team).toBe(other?.team);
  const told = await talk.query<{ address: string }>(
    `SELECT address FROM outbox WHERE say::text LIKE '%visit.with%' ORDER BY address`,
  );
  expect(told).toEqual([{ address: first }, { address: second }]);
});
