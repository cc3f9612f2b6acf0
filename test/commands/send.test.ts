import { expect, test } from 'vitest';
import { readSendWords } from '../../src/commands/send-words.ts';
import { loadCampaign } from '../../src/conversation/load.ts';
import { campaignText, start } from '../conversation/campaign-stage.ts';
import { type Heard, stage, type Talk } from '../conversation/stage.ts';

const coordinator = 'console:coordinator-covert';
const campaign = { file: 'jiaxing-2014-full' };
const now = '2026-06-30T09:00:00+08:00';
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');

test.each([
  ['', { do: 'list' }],
  ['市委组织部 到 市公安局', { do: 'send', from: ['市委组织部'], to: '市公安局', day: null }],
  ['市委组织部到市公安局，7月6日', { do: 'send', from: ['市委组织部'], to: '市公安局', day: '7月6日' }],
  ['甲、乙 到 丙', { do: 'send', from: ['甲', '乙'], to: '丙', day: null }],
  ['Unit A to Unit B on 6 July', { do: 'send', from: ['Unit A'], to: 'Unit B', day: '6 July' }],
  ['抽取 3', { do: 'draw', count: 3, each: null, units: [], reason: null }],
  [
    '抽3个 由 甲、乙 原因：第二批',
    { do: 'draw', count: 3, each: null, units: ['甲', '乙'], reason: '第二批' },
  ],
  [
    'draw 2 by Unit A, Unit B',
    { do: 'draw', count: 2, each: null, units: ['Unit A', 'Unit B'], reason: null },
  ],
  ['abc-346', { do: 'how' }],
  ['ACF346', { do: 'drawn', code: 'ACF346', row: null }],
  ['acf346 第2项', { do: 'drawn', code: 'ACF346', row: 2 }],
  ['抽取 0', { do: 'how' }],
  ['市公安局', { do: 'how' }],
])('%j', (rest, words) => expect(readSendWords(rest)).toEqual(words));

test('a visit is told to whoever makes it alone, honours recusals, and is sent once however many ask (JX-4.4)', async () => {
  const talk = await stage({ campaign, now });
  await talk.says('console:accompany-1', '回避 市公安局');
  expect(textOf(await talk.says(coordinator, '派暗访 市发展改革委 到 市公安局'))).toContain(
    '应当回避（申请回避）',
  );
  const both = await Promise.all(
    ['派暗访 市发展改革委 到 市民政局', '派暗访 市发改委 到 市民政局'].map((words, index) =>
      talk.says(index === 0 ? coordinator : 'console:coordinator-covert', words),
    ),
  );
  const rows = await talk.query<{ number: number; due: string; report: string | null }>(
    `SELECT a.number, a.due_on AS due, a.report_on AS report FROM assignment a
     JOIN activity v ON v.id = a.activity_id WHERE v.code = 'covert'`,
  );
  expect(rows).toEqual([{ number: expect.any(Number), due: '2026-07-15', report: null }]);
  expect(rows[0]?.number).toBeGreaterThanOrEqual(10_000_000);
  const told = await talk.query(
    `SELECT DISTINCT o.address FROM outbox o WHERE o.secret IS NOT NULL AND o.say::text LIKE '%publish.task%'`,
  );
  expect(told).toEqual([{ address: 'console:accompany-1' }]);
  expect(textOf(both.flat())).toContain('不再重复派出');
  expect(
    await talk.query(
      `SELECT count(*)::int AS count FROM audit WHERE kind = 'assignment.sent' AND secret IS NOT NULL`,
    ),
  ).toEqual([{ count: 1 }]);
});

test('spot checks are drawn from the days that units have handed in, and sent to meet them (JX-2.5)', async () => {
  const talk = await stage({ campaign, now });
  const group = 'console:coordinator-experience';
  await talk.says('console:experience-1', '安排 7月1日至7月3日');
  const code = await drawn(talk, group, '派抽查 抽取 2 由 市发展改革委、市政府办公室');
  const [record] = await talk.query<{ ids: string[] }>(
    `SELECT (SELECT array_agg(m ->> 'id') FROM json_array_elements(record -> 'frame' -> 'members') AS m) AS ids FROM draw`,
  );
  expect(record?.ids).toEqual(['01', '02', '03'].map((day) => `window-unit-02@2026-07-${day}`));
  const sent = await talk.says(group, `派抽查 ${code}`);
  expect(textOf(sent)).toContain('已派出【体验式自查抽查】');
  expect(sent.map(({ to }) => to)).not.toContain('console:experience-1');
  const visits = await talk.query<{ days: string[]; target: string }>(
    `SELECT a.days, t.code AS target FROM assignment a JOIN activity v ON v.id = a.activity_id AND v.code = 'spot'
     JOIN unit t ON t.id = a.target_unit_id`,
  );
  expect(visits.length).toBeGreaterThan(0);
  for (const { days, target } of visits) expect(record?.ids).toContain(`${target}@${days[0]}`);
  // The other confidential activity is none of theirs, nor this one of the others.
  expect(textOf(await talk.says(coordinator, `派暗访 ${code}`))).toContain(`没有编号为“${code}”的抽签`);
  talk.clock.set('2026-07-06T09:00:00+08:00');
  expect(textOf(await talk.says(group, `派抽查 ${code} 1`))).toContain('已经过去');
});

async function drawn(talk: Talk, who: string, words: string): Promise<string> {
  const begun = textOf(await talk.says(who, words));
  const code = /抽签([0-9A-Z]{6})已登记/.exec(begun)?.[1] ?? expect.fail(begun);
  await talk.says(who, `抽签 抽取 ${code}`);
  return code;
}

test('after the last day nothing is sent or drawn; with a later day it is', async () => {
  const talk = await stage({ campaign, now: '2026-07-14T09:00:00+08:00' });
  // Two, as whoever is drawn to be visited does not go there.
  const code = await drawn(talk, coordinator, '派暗访 抽取 2 由 市发展改革委、市民政局');
  talk.clock.set('2026-07-16T09:00:00+08:00');
  for (const words of [
    '市发展改革委 到 市公安局',
    '市发展改革委 到 市公安局，7月20日',
    '抽取 2 由 市发展改革委',
  ])
    expect(textOf(await talk.says(coordinator, `派暗访 ${words}`))).toBe(
      '【暗访式督查】的完成期限2026年7月15日（周三）已过，不能再派出。确需派出的，请先在方案文件中推迟期限并重新载入，然后再派。',
    );
  expect(textOf(await talk.says(coordinator, `派暗访 ${code}`))).toMatch(/已经过去|期限.*已过/);
  expect(
    await talk.query(
      `SELECT 1 FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE v.mode = 'covert'`,
    ),
  ).toEqual([]);
  const later = (await campaignText('jiaxing-2014-full')).replaceAll('workdays: 17', 'workdays: 27');
  const loaded = await loadCampaign(talk.database, later, {
    start,
    path: 'campaigns/a.yaml',
    clock: talk.clock,
    console: true,
  });
  expect(loaded).toMatchObject({ version: { kind: 'applied' } });
  expect(textOf(await talk.says(coordinator, '派暗访 市发展改革委 到 市公安局'))).toContain('已派出');
});

const visits = (talk: Talk) =>
  talk.query<{ number: number }>(
    `SELECT a.number FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE v.mode = 'covert' ORDER BY a.due_on`,
  );

test('a visit that nobody has begun is taken back by its coordinator, and whoever was to go is told in private', async () => {
  const talk = await stage({ campaign, now });
  await talk.says(coordinator, '派暗访 市发展改革委 到 市公安局，7月6日');
  await talk.says(coordinator, '派暗访 市发展改革委 到 市民政局');
  const [sent, other] = (await visits(talk)).map(({ number }) => number);
  const inspector = 'console:accompany-1';
  await talk.says(inspector, `收到 ${sent}`);
  talk.clock.set('2026-06-30T21:30:00+08:00');
  // Nobody else learns that there is such a number; in a group nobody at all.
  for (const who of ['console:coordinator', 'console:coordinator-experience'])
    expect(textOf(await talk.says(who, `撤回暗访 ${sent}`))).toMatch(
      /^(您没有可以派出的保密任务|已派出的任务中没有\d+号)/,
    );
  expect(textOf(await talk.says(inspector, `撤回暗访 ${sent}`))).toContain('由协调员使用');
  const room = { room: 'console:room/inspection', addressed: true };
  expect(textOf(await talk.says(coordinator, `撤回暗访 ${sent}`, room))).toBe('这件事请私聊我办理。');
  expect(await visits(talk)).toHaveLength(2);

  const heard = await talk.says(coordinator, `撤回暗访 ${sent}`);
  expect(heard.map(({ to }) => to).sort()).toEqual([inspector, coordinator]);
  expect(heard.find(({ to }) => to === coordinator)?.text).toBe(
    `已撤回${sent}号：市发展改革委→市公安局。已私信检查员1人，其他人不会知道。\n现在是免打扰时段，7月1日08:00发给对方。`,
  );
  const told = heard.find(({ to }) => to === inspector);
  expect(told).toMatchObject({
    text: `【暗访式督查】${sent}号任务已撤回：市发展改革委不必再前往市公安局。请勿转告他人。`,
    dueAt: '2026-07-01T00:00:00.000Z',
  });
  expect(await visits(talk)).toEqual([{ number: other }]);
  const secret = { secret: expect.any(String) };
  expect(
    await talk.query(`SELECT secret FROM outbox WHERE say::text LIKE '%recall.told%' AND secret IS NOT NULL`),
  ).toEqual([secret]);
  expect(
    await talk.query(`SELECT body -> 'data' AS data, secret FROM audit WHERE kind = 'assignment.recalled'`),
  ).toEqual([{ data: { number: sent }, ...secret }]);
  expect(textOf(await talk.says(coordinator, `撤回暗访 ${sent}`))).toContain(`没有${sent}号`);
  // The same may be sent again.
  expect(textOf(await talk.says(coordinator, '派暗访 市发展改革委 到 市公安局'))).toContain('已派出');

  talk.clock.set('2026-07-01T09:00:00+08:00');
  await talk.says(inspector, `签到 ${other}`);
  expect(textOf(await talk.says(coordinator, `撤回暗访 ${other}`))).toBe(
    `${other}号（市发展改革委→市民政局）已经开始，不能撤回。`,
  );
  expect(await visits(talk)).toHaveLength(2);
});

test('what the campaign file names is taken out there', async () => {
  const text = (await campaignText('jiaxing-2014-full')).replace(
    '    objects: [city] # JX-4.2',
    '    pairs: [{ inspector: development-commission, inspected: window-unit-04 }]\n    objects: [city] # JX-4.2',
  );
  const talk = await stage({ campaign: { text }, now });
  const [named] = await visits(talk);
  expect(textOf(await talk.says(coordinator, `撤回暗访 ${named?.number}`))).toContain('由方案文件排定');
  expect(await visits(talk)).toHaveLength(1);
});

test('of a visit begun and taken back in the same moment one of the two is true', async () => {
  const talk = await stage({ campaign, now });
  await talk.says(coordinator, '派暗访 市发展改革委 到 市公安局');
  const [sent] = await visits(talk);
  const [begun, taken] = await Promise.all([
    talk.says('console:accompany-1', `签到 ${sent?.number}`),
    talk.says(coordinator, `撤回暗访 ${sent?.number}`),
  ]);
  const said = textOf([...begun, ...taken]);
  const sessions = await talk.query('SELECT 1 FROM session WHERE assignment_id IS NOT NULL');
  expect(sessions).toHaveLength(said.includes('已经开始，不能撤回') ? 1 : 0);
  expect(await visits(talk)).toHaveLength(sessions.length);
  expect(await talk.query(`SELECT 1 FROM inbox WHERE status <> 'done'`)).toEqual([]);
});

test('days that a unit takes back are told to whoever was sent there and to who sent them, and to nobody else (JX-2.4, JX-4.4)', async () => {
  const talk = await stage({ campaign, now });
  const head = 'console:experience-1';
  await talk.says(head, '安排 7月1日至7月3日');
  expect(textOf(await talk.says(coordinator, '派暗访 市发展改革委 到 市教育局，7月2日'))).toContain('已派出');
  const kept = await talk.says(head, '安排 7月2日、7月3日、7月6日');
  expect(textOf(kept.filter(({ to }) => to !== head))).not.toContain('暗访');
  const heard = await talk.says(head, '安排 7月6日至7月8日');
  const told = heard.filter(({ text }) => text.includes('2026年7月2日'));
  expect(told.map(({ to }) => to).sort()).toEqual(['console:accompany-1', coordinator]);
  expect(told.find(({ to }) => to === coordinator)?.text).toMatch(
    /市教育局调整了安排，2026年7月2日（周四）不再到窗口，\d+号暗访因此落空。可回复“撤回暗访 \d+”，再另行派出。/,
  );
});

test('a visit that is begun on another day than it was ordered for says so, to whoever goes', async () => {
  const talk = await stage({ campaign, now });
  await talk.says(coordinator, '派暗访 市发展改革委 到 市教育局，7月2日');
  const [task] = await talk.query<{ number: number }>(
    'SELECT a.number FROM assignment a JOIN activity v ON v.id = a.activity_id AND v.hidden',
  );
  const early = await talk.says('console:accompany-1', `签到 ${task?.number}`);
  expect(textOf(early)).toContain('这次暗访定在2026年7月2日（周四），今天是2026年6月30日（周二）');
  expect(new Set(early.map(({ to }) => to))).toEqual(new Set(['console:accompany-1']));
  await talk.says('console:accompany-1', '退出');
  talk.clock.set('2026-07-02T09:00:00+08:00');
  expect(textOf(await talk.says('console:accompany-1', `签到 ${task?.number}`))).not.toContain('定在');
});
