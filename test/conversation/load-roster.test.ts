import { expect, test } from 'vitest';
import { importRoster, type RosterApplied } from '../../src/conversation/import-roster.ts';
import { faultLine, type Loaded, loadCampaign } from '../../src/conversation/load.ts';
import { post } from '../../src/conversation/wording.ts';
import { readTables } from '../../src/roster/read-table.ts';
import { inTransaction } from '../../src/store/database.ts';
import { campaignText, load, openStage, publish, type Stage, start } from './campaign-stage.ts';

const now = '2026-06-22T08:00:00+08:00';
const roster = {
  单位: '编号,名称,类别,上级,别名\n,平湖大厅,大厅,平湖市,\nhaiyan,海盐县,,,盐县\n,海宁大厅,大厅,海宁市,',
  人员: '称呼,角色,单位,地址\n平湖大厅检查员,检查员,平湖大厅,slack:T1/U7',
};

async function tried({ database }: Stage, campaignId: string): Promise<RosterApplied> {
  const tables = Object.entries(roster).map(([name, text]) => ({
    name,
    rows: text.split('\n').map((line, index) => ({ row: index + 1, cells: line.split(',') })),
  }));
  const { entries, faults } = readTables(tables);
  expect(faults).toEqual([]);
  const order = { campaignId, entries, answers: {}, reason: '补充大厅', by: null, fingerprint: null };
  return inTransaction(database.pool, (run) => importRoster(run, order, now));
}

async function imported(stage: Stage, campaignId: string): Promise<void> {
  expect(await tried(stage, campaignId)).toMatchObject({ kind: 'applied' });
}

function again({ database, clock }: Stage, text: string, reason?: string): Promise<Loaded> {
  return loadCampaign(database, text, { start, reason, path: 'a.yaml', clock, console: true });
}

function told(loaded: Loaded): string {
  const lines = loaded.faults === undefined ? loaded.told : loaded.faults.map(faultLine);
  return post({ lines }, 'zh-CN').text;
}

const units = async ({ query }: Stage) =>
  (
    await query<{ name: string }>(
      `SELECT coalesce(name ->> 'zh-CN', name #>> '{}') AS name FROM unit WHERE kind = 'hall' ORDER BY 1`,
    )
  ).map(({ name }) => name);
const inspectors = ({ query }: Stage) =>
  query(
    `SELECT u.name #>> '{}' AS unit FROM membership m JOIN contact c ON c.id = m.contact_id JOIN unit u ON u.id = m.unit_id
     WHERE c.title #>> '{}' = '平湖大厅检查员'`,
  );
const aliases = async ({ query }: Stage) =>
  (await query<{ aliases: string[] }>(`SELECT aliases FROM unit WHERE code = 'haiyan'`))[0]?.aliases;

test.each([false, true])(
  'loading the file again leaves alone what came by roster (published: %s)',
  async (isOut) => {
    const stage = await openStage(now);
    const text = await campaignText('jiaxing-2014');
    const id = await load(stage, text);
    if (isOut) await publish(stage, id);
    await imported(stage, id);
    // Twice: what the file said is kept from one load to the next.
    for (const file of [text, text.replace('aliases: [海盐县, 海盐]', 'aliases: [海盐县, 海盐, 武原]')]) {
      const loaded = await again(stage, file);
      expect(loaded.faults).toBeUndefined();
      expect(told(loaded)).toContain('由名单导入的单位2个不受影响，予以保留：平湖大厅、海宁大厅');
      expect(told(loaded)).not.toContain('失去身份');
      expect(await units(stage)).toEqual(['平湖大厅', '海宁大厅']);
      expect(await inspectors(stage)).toEqual([{ unit: '平湖大厅' }]);
      expect(await aliases(stage)).toContain('盐县');
    }
    expect(await aliases(stage)).toContain('武原');
    expect(
      await stage.query(`SELECT definition -> 'units' @> '[{"name":"平湖大厅"}]' AS kept FROM campaign`),
    ).toEqual([{ kept: true }]);
  },
);

test('a roster for a campaign whose matrix is not drawn writes nothing at all', async () => {
  const stage = await openStage(now);
  const id = await load(stage, await campaignText('jiaxing-2014'));
  await publish(stage, id);
  await stage.query(
    `UPDATE campaign SET definition = jsonb_set(definition, '{activities}', (
       SELECT jsonb_agg(CASE a ->> 'mode' WHEN 'cross' THEN a || '{"pairs":[]}' ELSE a END)
       FROM jsonb_array_elements(definition -> 'activities') a))`,
  );
  expect(await tried(stage, id)).toMatchObject({ kind: 'undrawn' });
  expect(await stage.query('SELECT filed FROM campaign')).toEqual([{ filed: null }]);
  expect(await units(stage)).toEqual([]);
});

test('what the file itself takes away is told by name, with the people who lose their part', async () => {
  const stage = await openStage(now);
  const text = await campaignText('../test/campaign/three-halls');
  await load(stage, text);
  const changed = text
    .replace(
      '- { id: west, name: 城西便民服务中心, kind: hall, aliases: [城西] }',
      '- { id: north, name: 城北, kind: hall }',
    )
    .replaceAll('城西 }', '城北 }')
    .replace('inspector: 城西', 'inspector: 城北')
    .replace('unit: west', 'unit: south');
  const loaded = await again(stage, changed);
  expect(loaded.faults).toBeUndefined();
  expect(told(loaded)).toContain('减少单位1个：城西便民服务中心');
  expect(told(loaded)).toMatch(/失去身份的1项：.*城西便民服务中心检查员/);
});

test('a unit of a roster that the file names for the first time must bear its id there', async () => {
  const stage = await openStage(now);
  const text = await campaignText('jiaxing-2014');
  await imported(stage, await load(stage, text));
  const [unit] = await stage.query<{ code: string }>(
    `SELECT code FROM unit WHERE name #>> '{}' = '平湖大厅'`,
  );
  const code = unit?.code ?? '';
  const named = (id: string, name: string) =>
    text.replace(/^units:\n/m, `units:\n  - { id: ${id}, name: ${name}, kind: hall, parent: pinghu }\n`);
  expect(told(await again(stage, named('ph-hall', '平湖大厅')))).toContain(
    `“平湖大厅”已由名单导入，编号为${code}`,
  );
  expect(told(await again(stage, named(code, '乍浦大厅')))).toContain(
    `编号${code}已由名单导入的“平湖大厅”使用`,
  );
  expect(await units(stage)).toEqual(['平湖大厅', '海宁大厅']);
  const loaded = await again(stage, named(code, '平湖大厅'));
  expect(told(loaded)).toContain('由名单导入的单位1个不受影响，予以保留：海宁大厅');
  expect(await inspectors(stage)).toEqual([{ unit: '平湖大厅' }]);
  // Its own now: the file can take it away.
  expect(told(await again(stage, text))).toMatch(
    /减少单位1个：平湖大厅[\s\S]*失去身份的1项：.*平湖大厅检查员/,
  );
});
