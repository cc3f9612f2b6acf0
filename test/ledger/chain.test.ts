import { expect, test } from 'vitest';
import { chaseRectifications } from '../../src/conversation/chase.ts';
import { campaignText, everyHour } from '../conversation/campaign-stage.ts';
import { type Heard, stage, type Talk } from '../conversation/stage.ts';
import { enrol, found, lastTo, ledgerCast, putRight } from './people.ts';

const { coordinator, liaison, head, group } = ledgerCast;

/** The sample with a leading group: the city. */
async function office(): Promise<Talk> {
  const text = (await campaignText('jiaxing-2014')).replace(
    /^reminders:/m,
    'ledger: { leadingGroup: 嘉兴市 }\n\nreminders:',
  );
  const talk = await stage({ campaign: { text } });
  await enrol(talk, head, { role: 'leader', unit: 'haiyan', title: '海盐县政府负责人' });
  await enrol(talk, group, { role: 'leader', unit: 'city', title: '领导小组' });
  return talk;
}

const short: Record<string, string> = {
  [liaison]: '联络员',
  [head]: '单位负责人',
  [coordinator]: '协调员',
  [group]: '领导小组',
};

/** Runs the hours up to an instant and tells what was said to whom, when (Shanghai): the first words of each. */
async function until(talk: Talk, instant: string): Promise<string[]> {
  const said = await talk.during(() =>
    everyHour(talk, instant, () => chaseRectifications(talk.options, 100)),
  );
  return said.map(line);
}

function line({ to, text, dueAt }: Heard): string {
  const at = new Date(Date.parse(dueAt) + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
  const what = /提醒/.test(text.slice(0, 3))
    ? /已逾期/.test(text)
      ? '逾期提醒'
      : '到期提醒'
    : text.includes('尚未接受')
      ? '未接受'
      : '逾期未办';
  return `${at} ${short[to]} ${what}`;
}

test('a whole timeline of silence: reminders, then the chain step by step, in working time only, nothing twice', async () => {
  const talk = await office();
  await found(talk);
  // Ordered on Monday 22 June 10:00, due on Friday 26 June; nobody moves.
  await talk.says(coordinator, '整改 1 6月26日 增配人员');
  expect(await until(talk, '2026-07-02T20:00:00+08:00')).toEqual([
    '06-23 09:00 联络员 到期提醒',
    // One workday after the order, at the same time of day: the head of the unit; then the next ones.
    '06-23 10:00 单位负责人 未接受',
    '06-24 10:00 协调员 未接受',
    '06-25 09:00 联络员 到期提醒',
    '06-25 10:00 领导小组 未接受',
    '06-26 09:00 联络员 到期提醒',
    // Overdue since Saturday: asked about anew from Monday on.
    '06-29 09:00 联络员 逾期提醒',
    '06-30 08:00 单位负责人 逾期未办',
    '06-30 09:00 联络员 逾期提醒',
    '07-01 08:00 协调员 逾期未办',
    '07-01 09:00 联络员 逾期提醒',
    '07-02 08:00 领导小组 逾期未办',
    '07-02 09:00 联络员 逾期提醒',
  ]);
  // What was done stands in the history, and a second process that looks again says nothing.
  const [row] = await talk.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM finding_event WHERE kind = 'escalated'`,
  );
  expect(row?.n).toBe(6);
  await talk.query(`UPDATE rectification SET wake_at = '2026-06-23' WHERE wake_at IS NOT NULL`);
  expect(await until(talk, '2026-07-02T20:30:00+08:00')).toEqual([]);
});

test('acknowledged, the next waits longer; passed on, the next hears at once; an answer ends it', async () => {
  const talk = await office();
  await found(talk);
  await talk.says(coordinator, '整改 1 7月31日 增配人员');
  // Tuesday 23 June: the head is told, sees to it, and has two workdays.
  const told = await talk.during(() =>
    everyHour(talk, '2026-06-23T11:00:00+08:00', () => chaseRectifications(talk.options, 100)),
  );
  const escalated = lastTo(head, told);
  expect(escalated?.text).toBe(
    [
      '1号问题（海盐县政府）自6月22日10:00下达后尚未接受：综合窗口无人值守',
      '限期整改：请于2026年7月31日（周五）前完成并回复（含当日），还有28个工作日。',
      '请单位负责人督促办理。',
      '由您跟进请回复“知悉 1”；请上一级处理请回复“转报 1”。',
    ].join('\n'),
  );
  expect(escalated?.options).toEqual(['知悉', '转报上级']);
  talk.clock.set('2026-06-23T11:00:00+08:00');
  expect((await talk.taps(head, escalated, '知悉'))[0]?.text).toContain('2个工作日内没有进展，将提醒上一级');
  expect((await talk.says(head, '知悉 1'))[0]?.text).toContain('已于6月23日11:00处理');
  expect(await until(talk, '2026-06-25T10:30:00+08:00')).toEqual([]);
  expect(await until(talk, '2026-06-25T12:30:00+08:00')).toEqual(['06-25 11:00 协调员 未接受']);
  // The coordinator hands it up in the evening: the leading group hears in the morning, after the quiet hours.
  talk.clock.set('2026-06-25T22:00:00+08:00');
  expect((await talk.says(coordinator, '转报 1'))[0]?.text).toContain('将转报上一级');
  expect(await until(talk, '2026-06-26T12:00:00+08:00')).toEqual(['06-26 08:00 领导小组 未接受']);
  expect((await talk.says(group, '转报 1'))[0]?.text).toContain('已到最高一级');
  // Whom nothing was brought to has nothing to answer for.
  expect((await talk.says(liaison, '知悉 1'))[0]?.text).toContain('没有待您处理的升级提醒');
  await talk.says(liaison, '接受 1');
  expect(await until(talk, '2026-07-24T20:00:00+08:00')).toEqual([]);
});

test('a reply that nobody verifies goes to the coordinators and then the leading group; rest days and nights are left out', async () => {
  const talk = await office();
  await found(talk);
  await talk.says(coordinator, '整改 1 7月31日');
  // Friday 26 June 2026, 17:00.
  talk.clock.set('2026-06-26T17:00:00+08:00');
  await talk.says(liaison, '整改回复 1');
  await talk.says(liaison, '窗口负责人');
  await talk.says(liaison, '增配2名人员');
  await talk.says(liaison, '已整改到位');
  await talk.says(liaison, '跳过');
  const said = await talk.during(() =>
    everyHour(talk, '2026-07-02T12:00:00+08:00', () => chaseRectifications(talk.options, 100)),
  );
  expect(said.map(({ to, dueAt }) => `${short[to]} ${dueAt}`)).toEqual([`领导小组 2026-06-29T09:00:00.000Z`]);
  expect(said[0]?.text).toContain('1号问题（海盐县政府）于6月26日17:00回复，尚未核实');
});

test('what is verified and not closed is brought to the coordinators, then to the leading group', async () => {
  const talk = await office();
  await found(talk);
  await putRight(talk);
  await talk.says(coordinator, '核实 1');
  const said = await talk.during(() =>
    everyHour(talk, '2026-07-03T12:00:00+08:00', () => chaseRectifications(talk.options, 100)),
  );
  expect(said.map(({ to, dueAt }) => `${short[to]} ${dueAt}`)).toEqual([
    '协调员 2026-06-23T02:00:00.000Z',
    '领导小组 2026-06-24T02:00:00.000Z',
  ]);
  expect(said[0]?.text).toBe(
    [
      '1号问题（海盐县政府）于6月22日10:00核实通过，尚未销号：综合窗口无人值守',
      '请协调单位跟进。',
      '由您跟进请回复“知悉 1”；请上一级处理请回复“转报 1”。',
    ].join('\n'),
  );
  expect((await talk.says(coordinator, '销号 1'))[0]?.text).toContain('已销号');
  expect(await until(talk, '2026-07-10T12:00:00+08:00')).toEqual([]);
});

test('a row that cannot be read stops nobody else’s reminders; it alone is put off, and logged without words', async () => {
  const talk = await office();
  for (const problem of ['窗口无人', '指示牌缺失', '设备损坏']) await found(talk, problem);
  for (const number of [1, 2, 3]) await talk.says(coordinator, `整改 ${number} 6月26日 增配人员`);
  await talk.query(
    `UPDATE rectification SET record = record - 'task' WHERE finding_id = (SELECT id FROM finding WHERE number = 1)`,
  );
  // One whose facts can be read, but whose message the database refuses.
  await talk.query(`UPDATE finding SET problem = to_jsonb(42) WHERE number = 2`);
  await talk.query(`ALTER TABLE outbox ADD CHECK (say::text NOT LIKE '%"problem": 42%')`);
  const logged: unknown[][] = [];
  const log = {
    ...talk.log,
    error: (...words: unknown[]) => logged.push(words),
  } as unknown as typeof talk.log;
  talk.clock.set('2026-06-23T10:00:00+08:00');
  const said = await talk.during(async () => {
    while ((await chaseRectifications({ ...talk.options, log }, 100)) > 0);
  });
  expect([...new Set(said.map(({ to, text }) => `${short[to]} ${/\d/.exec(text)?.[0]}`))]).toEqual([
    '联络员 3',
    '单位负责人 3',
  ]);
  const waits = await talk.query<{ number: number; at: Date; escalated: number }>(
    `SELECT f.number, r.wake_at AS at,
       (SELECT count(*)::int FROM finding_event e WHERE e.finding_id = f.id AND e.kind IN ('escalated', 'reminded')) AS escalated
     FROM rectification r JOIN finding f ON f.id = r.finding_id ORDER BY 1`,
  );
  const anHourLater = new Date('2026-06-23T11:00:00+08:00');
  expect(waits.slice(0, 2)).toEqual([
    { number: 1, at: anHourLater, escalated: 0 },
    { number: 2, at: anHourLater, escalated: 0 },
  ]);
  expect(waits[2]?.escalated).toBe(2);
  expect(waits[2]?.at.getTime()).toBeGreaterThan(anHourLater.getTime());
  const about = logged.map(([fields]) => (fields as { finding?: string }).finding);
  const ids = await talk.query<{ id: string }>(
    'SELECT id::text FROM finding WHERE number < 3 ORDER BY number',
  );
  expect(about.filter((id) => id !== undefined).sort()).toEqual(ids.map(({ id }) => id).sort());
  expect(
    JSON.stringify(logged.map(([fields, ...words]) => [Object.keys(fields as object), words])),
  ).not.toMatch(/窗口|指示牌/);
});

test('where the database itself fails, the fault is told and nothing is put off', async () => {
  const talk = await stage();
  await found(talk);
  await talk.says(coordinator, '整改 1 7月31日');
  await talk.query('ALTER TABLE rectification RENAME TO elsewhere');
  await expect(chaseRectifications(talk.options, 100)).rejects.toThrow('rectification');
});

test('where nobody is bound the step is noted and the next one told', async () => {
  const talk = await stage();
  await found(talk);
  await talk.says(coordinator, '整改 1 7月31日');
  // No head of the unit and no leading group: the coordinator hears in the head’s place, and that is the end.
  expect(await until(talk, '2026-07-03T20:00:00+08:00')).toEqual(['06-23 10:00 协调员 未接受']);
  const kinds = await talk.query<{ kind: string; level: string }>(
    `SELECT kind, data ->> 'level' AS level FROM finding_event WHERE by_contact IS NULL ORDER BY seq`,
  );
  expect(kinds).toEqual([
    { kind: 'unmanned', level: 'head' },
    { kind: 'escalated', level: 'coordinator' },
    { kind: 'unmanned', level: 'group' },
  ]);
});

test('a finding that its inspection takes back is called off, and the unit and the coordinators told once', async () => {
  const talk = await stage();
  await found(talk);
  await talk.says(coordinator, '整改 1 7月31日');
  await talk.query(`UPDATE finding SET status = 'withdrawn', withdrawn_at = now()`);
  expect((await talk.says(liaison, '接受 1'))[0]?.text).toContain('1号问题已由检查方撤回，无需办理。');
  const said = await talk.during(() =>
    everyHour(talk, '2026-06-25T12:00:00+08:00', () => chaseRectifications(talk.options, 100)),
  );
  expect(said.map(({ to, text }) => [to, text])).toEqual([
    [liaison, '1号问题（海盐县政府）经检查方更正已撤回，无需整改：综合窗口无人值守'],
    [
      coordinator,
      '1号问题（海盐县政府）经检查方更正已撤回，整改随之终止（原为“待接受”），该单位一并通知：综合窗口无人值守',
    ],
  ]);
  const audited = await talk.query<{ about: string; body: Record<string, unknown> }>(
    `SELECT about, body FROM audit WHERE kind = 'finding.called-off'`,
  );
  expect(audited).toEqual([
    { about: 'finding:1', body: expect.objectContaining({ by: null, data: { state: 'revoked' } }) },
  ]);
});
