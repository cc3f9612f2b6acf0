import { expect, test } from 'vitest';
import { faultLine, type LoadFault, loadCampaign } from '../../src/conversation/load.ts';
import { post } from '../../src/conversation/wording.ts';
import { campaignText, load, openStage, type Stage, start } from './campaign-stage.ts';

const now = '2026-06-22T08:00:00+08:00';

async function counts({ query }: Stage): Promise<Record<string, number>> {
  const tables = [
    'campaign',
    'unit',
    'activity',
    'flow',
    'room',
    'contact',
    'urn',
    'membership',
    'assignment',
  ];
  const counted = tables.map((name) => `(SELECT count(*)::int FROM ${name}) AS ${name}`);
  const [row] = await query<Record<string, number>>(`SELECT ${counted.join(', ')}`);
  return row ?? {};
}

function said(faults: LoadFault[]): string[] {
  return faults.map((fault) => post({ lines: [faultLine(fault)] }, 'zh-CN').text);
}

test('the sample is stored whole: its tree of units, questionnaires, activity, rooms and people', async () => {
  const stage = await openStage(now);
  const text = await campaignText('jiaxing-2014');
  const loaded = await loadCampaign(stage.database, text, {
    start,
    path: 'x',
    clock: stage.clock,
    console: true,
  });
  expect(loaded).toMatchObject({ code: 'jiaxing-2014' });
  expect(said(loaded.faults ?? loaded.warnings).join()).toContain('有单位互相抽查');
  expect(await counts(stage)).toEqual({
    campaign: 1,
    unit: 10,
    activity: 1,
    flow: 2,
    room: 2,
    contact: 5,
    urn: 5,
    membership: 4,
    assignment: 0,
  });
  expect(
    await stage.query(
      `SELECT code, status, zone, start_on, definition ->> 'survey' AS survey, loaded_at FROM campaign`,
    ),
  ).toEqual([
    {
      code: 'jiaxing-2014',
      status: 'draft',
      zone: 'Asia/Shanghai',
      start_on: start,
      survey: 'jiaxing-2014/citizen',
      loaded_at: new Date(now),
    },
  ]);
  expect(
    await stage.query(
      `SELECT code, mode, due_on, visits_min, visits_max, secret, flow_id, flow_version FROM activity`,
    ),
  ).toEqual([
    {
      code: 'cross',
      mode: 'cross',
      due_on: '2026-07-15',
      visits_min: 3,
      visits_max: 5,
      secret: false,
      flow_id: 'jiaxing-2014/window',
      flow_version: 1,
    },
  ]);
  expect(
    await stage.query(
      `SELECT u.aliases, p.code AS parent FROM unit u JOIN unit p ON p.id = u.parent_id WHERE u.code = 'haiyan'`,
    ),
  ).toEqual([{ aliases: ['海盐县', '海盐'], parent: 'city' }]);
  expect(await stage.query(`SELECT urn, purpose FROM room ORDER BY urn`)).toEqual([
    { urn: 'console:room/hall', purpose: 'hall' },
    { urn: 'console:room/inspection', purpose: 'inspection' },
  ]);
  expect(
    await stage.query(
      `SELECT r.urn, c.address, c.title ->> 'zh-CN' AS title, m.role, u.code AS unit
       FROM urn r JOIN contact c ON c.id = r.contact_id
       LEFT JOIN membership m ON m.contact_id = c.id LEFT JOIN unit u ON u.id = m.unit_id ORDER BY r.urn`,
    ),
  ).toEqual(
    [
      ['citizen', '办事群众', null, null],
      ['coordinator', '市行政审批服务中心协调员', 'coordinator', 'approval-centre'],
      ['inspector-1', '南湖区政府检查员', 'inspector', 'nanhu'],
      ['inspector-2', '秀洲区政府检查员', 'inspector', 'xiuzhou'],
      ['liaison', '海盐县政府联络员', 'liaison', 'haiyan'],
    ].map(([id, title, role, unit]) => ({
      urn: `console:${id}`,
      address: `console:${id}`,
      title,
      role,
      unit,
    })),
  );
  expect((await stage.library.flow('jiaxing-2014/window', 1)).questions.length).toBeGreaterThan(4);
  // At most five questions, the levels first.
  expect((await stage.library.flow('jiaxing-2014/citizen', 1)).questions.map(({ id }) => id)).toEqual([
    'level',
    'reasons',
    'waiting-minutes',
    'comment',
  ]);
});

test('without `console` nobody is made', async () => {
  const stage = await openStage(now);
  const text = await campaignText('../test/campaign/three-halls');
  await loadCampaign(stage.database, text, { start, path: 'x', clock: stage.clock });
  expect(await counts(stage)).toMatchObject({ unit: 4, room: 0, contact: 0, urn: 0, membership: 0 });
});

test.each([
  ['no start day', (text: string) => text, undefined, '请给出开始日期'],
  ['an unknown unit', (text: string) => text.replace('inspected: 城西', 'inspected: 城北'), start, '城北'],
  ['broken YAML', (text: string) => text.replace('duban: 1', 'duban: [1'), start, 'a.yaml 第5行'],
  ['a NUL', (text: string) => text.replace('name: 城东便民服务中心', 'name: "a\\0b"'), start, '控制字符'],
  [
    'half a letter',
    (text: string) => text.replace('label: 窗口是否整洁？', 'label: "\\ud800"'),
    start,
    '控制字符',
  ],
])('a file with faults stores nothing: %s', async (_, spoil, on, words) => {
  const stage = await openStage(now);
  const text = spoil(await campaignText('../test/campaign/three-halls'));
  const loaded = await loadCampaign(stage.database, text, {
    ...(on === undefined ? {} : { start: on }),
    path: 'a.yaml',
    clock: stage.clock,
    console: true,
  });
  expect(said(loaded.faults ?? []).join('\n')).toContain(words);
  expect(Object.values(await counts(stage)).every((count) => count === 0)).toBe(true);
});

test('a fault that no database could hold is told with its place', async () => {
  const stage = await openStage(now);
  const text = (await campaignText('../test/campaign/three-halls')).replace(
    'name: 城东便民服务中心',
    'name: "a\\0b"',
  );
  const { faults = [] } = await loadCampaign(stage.database, text, {
    start,
    path: 'a.yaml',
    clock: stage.clock,
  });
  const line = text.split('\n').findIndex((one) => one.includes('a\\0b')) + 1;
  expect(faults).toMatchObject([{ file: 'a.yaml', path: 'units[1].name', line }]);
});

test('loading a draft again replaces it and leaves the people who are bound to it', async () => {
  const stage = await openStage(now);
  const { query } = stage;
  const text = await campaignText('../test/campaign/three-halls');
  const id = await load(stage, text);
  const [east] = await query<{ id: string }>(`SELECT id FROM unit WHERE code = 'east'`);
  const [contact] = await query<{ id: string }>(`INSERT INTO contact DEFAULT VALUES RETURNING id`);
  for (const code of ['east', 'west'])
    await query(
      `INSERT INTO membership (contact_id, campaign_id, unit_id, role)
       SELECT $1, $2, id, 'inspector' FROM unit WHERE code = $3`,
      [contact?.id, id, code],
    );
  await query(
    `INSERT INTO invite (code, campaign_id, unit_id, role, created_by, expires_at)
     SELECT 'ABC234', $1, id, 'inspector', $2, now() FROM unit WHERE code = 'west'`,
    [id, contact?.id],
  );
  const changed = text
    .replace(
      '- { id: west, name: 城西便民服务中心, kind: hall, aliases: [城西] }',
      '- { id: north, name: 城北, kind: hall }',
    )
    .replaceAll('城西 }', '城北 }')
    .replace('inspector: 城西', 'inspector: 城北')
    .replace('unit: west', 'unit: south')
    .replace('城东便民服务中心', '城东大厅')
    .replace('label: 窗口是否整洁？', 'label: 窗口整洁吗？');
  expect(await load(stage, changed)).toBe(id);
  expect(await query(`SELECT code, name FROM unit ORDER BY code`)).toEqual([
    { code: 'centre', name: '县政务服务中心' },
    { code: 'east', name: '城东大厅' },
    { code: 'north', name: '城北' },
    { code: 'south', name: '城南便民服务中心' },
  ]);
  expect(await query(`SELECT unit_id FROM membership WHERE contact_id = $1`, [contact?.id])).toEqual([
    { unit_id: east?.id },
  ]);
  expect(await query('SELECT code FROM invite')).toEqual([]);
  expect(
    await query(
      `SELECT n.code FROM membership m JOIN urn u ON u.contact_id = m.contact_id JOIN unit n ON n.id = m.unit_id
       WHERE u.urn = 'console:inspector-2'`,
    ),
  ).toEqual([{ code: 'south' }]);
  expect(
    await query('SELECT version, definition -> $1 AS own FROM flow ORDER BY version', ['version']),
  ).toEqual([
    { version: 1, own: 1 },
    { version: 2, own: 2 },
  ]);
  expect(await query('SELECT flow_version FROM activity')).toEqual([{ flow_version: 2 }]);
});

test('the same file again makes no new version of its questionnaires', async () => {
  const stage = await openStage(now);
  const text = await campaignText('jiaxing-2014');
  await load(stage, text);
  const before = await counts(stage);
  await load(stage, text);
  expect(await counts(stage)).toEqual(before);
  expect(await stage.query('SELECT DISTINCT version FROM flow')).toEqual([{ version: 1 }]);
  // Back to an earlier wording is a change too: the version in force is always the newest.
  await load(stage, text.replace('本窗口检查完毕。', '检查完毕。'));
  await load(stage, text);
  expect(await stage.query(`SELECT version FROM flow WHERE id = 'jiaxing-2014/window' ORDER BY 1`)).toEqual([
    { version: 1 },
    { version: 2 },
    { version: 3 },
  ]);
  expect(await stage.query('SELECT flow_version FROM activity')).toEqual([{ flow_version: 3 }]);
});

test('two loads of one file at once make one campaign', async () => {
  const stage = await openStage(now);
  const text = await campaignText('jiaxing-2014');
  const ids = await Promise.all([load(stage, text), load(stage, text), load(stage, text)]);
  expect(new Set(ids).size).toBe(1);
  expect(await counts(stage)).toMatchObject({ campaign: 1, unit: 10, flow: 2, contact: 5, membership: 4 });
});
