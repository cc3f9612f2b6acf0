import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { importFile } from '../../src/cli/import.ts';
import type { Options } from '../../src/cli/terminal.ts';
import { handClock } from '../../src/clock.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { loadCampaign } from '../../src/conversation/load.ts';
import { publishCampaign } from '../../src/conversation/publish.ts';
import { type Database, inTransaction, openDatabase } from '../../src/store/database.ts';
import { campaignText } from '../conversation/campaign-stage.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';
import { heard } from './heard.ts';

const clock = handClock('2026-06-22T10:00:00+08:00');
const folder = await mkdtemp(path.join(tmpdir(), 'duban-import-'));
let fresh: FreshDatabase;
let database: Database;
let campaignId: string;
const read = readConfig({});
if ('faults' in read) throw new Error('the environment has faults');
const config: Config = read.config;

beforeEach(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.config, () => undefined);
  const loaded = await loadCampaign(database, await campaignText('jiaxing-2014'), {
    start: '2026-06-22',
    path: 'x',
    clock,
  });
  if (loaded.faults !== undefined) throw new Error(JSON.stringify(loaded.faults));
  campaignId = loaded.campaignId;
});
afterEach(async () => {
  await database.close();
  await fresh.drop();
});
afterAll(() => rm(folder, { recursive: true }));

async function run(content: string | Uint8Array, options: Options = {}, name = 'roster.csv') {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return heard(() => importFile({ args: [file], options, database, config, clock }));
}
const query = async (sql: string) => (await fresh.pool.query(sql)).rows;
const state = () =>
  query(`SELECT (SELECT json_agg(u ORDER BY code) FROM unit u)::text AS units, (SELECT count(*) FROM membership) AS roles,
    (SELECT json_agg(i ORDER BY code) FROM invite i)::text AS codes, (SELECT definition::text FROM campaign) AS file,
    (SELECT count(*) FROM campaign_version) AS versions`);

const windows = '名称,大厅,别名\n1号窗口,平湖市行政服务中心,\n2号窗口,平湖市行政服务中心,社保窗口\n';
const halls = '名称,类别,上级\n平湖市行政服务中心,大厅,平湖市\n';

test('a preview changes nothing; --yes does it; once more changes nothing', async () => {
  const before = await state();
  const shown = await run(halls);
  expect(shown).toMatchObject({ code: 0, err: '' });
  expect(shown.out).toContain('新增单位1个：平湖市行政服务中心');
  expect(shown.out).toContain('--yes');
  expect(await state()).toEqual(before);
  expect(await run(halls, { yes: true })).toMatchObject({ code: 0, err: '' });
  expect((await run(windows, { yes: true })).out).toContain('单位新增2个');
  expect(
    await query(`SELECT u.code, u.name, u.kind, p.code AS parent, u.aliases FROM unit u JOIN unit p ON p.id = u.parent_id
      WHERE u.kind IN ('hall', 'window') ORDER BY 1`),
  ).toEqual([
    { code: 'hall-1', name: '平湖市行政服务中心', kind: 'hall', parent: 'pinghu', aliases: [] },
    { code: 'window-1', name: '1号窗口', kind: 'window', parent: 'hall-1', aliases: [] },
    { code: 'window-2', name: '2号窗口', kind: 'window', parent: 'hall-1', aliases: ['社保窗口'] },
  ]);
  const after = await state();
  const again = await run(windows, { yes: true });
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(again.out).toContain('没有改动');
  expect(await state()).toEqual(after);
});

const people =
  '姓名,角色,单位,账号\n张晓明,检查员,南湖区,slack:T1/U0001\n海盐联络员甲,联络员,海盐县,\n市协调员,协调员,,wechat:wxid_9\n';

test('people: addresses get roles, the others a code each; again nothing, an expired code anew', async () => {
  const shown = await run(people);
  expect(shown.out).toContain('新增人员2名：张晓明（南湖区政府检查员）、市协调员（协调员）');
  expect(shown.out).toContain('将生成邀请码的1名：海盐联络员甲（海盐县政府联络员）');
  const done = await run(people, { yes: true });
  expect(done.out).toMatch(/[34679ACFHJKMNPRTVWXY]{6} {2}海盐联络员甲（海盐县政府联络员）/);
  expect(
    await query(`SELECT c.title, u.urn, m.role, x.code AS unit FROM contact c JOIN urn u ON u.contact_id = c.id
      JOIN membership m ON m.contact_id = c.id LEFT JOIN unit x ON x.id = m.unit_id WHERE c.title #>> '{}' LIKE '%明' OR c.title #>> '{}' LIKE '市%员' ORDER BY 2`),
  ).toEqual([
    { title: '张晓明', urn: 'slack:T1/U0001', role: 'inspector', unit: 'nanhu' },
    { title: '市协调员', urn: 'wechat:wxid_9', role: 'coordinator', unit: null },
  ]);
  const after = await state();
  expect((await run(people, { yes: true })).out).toContain('没有改动');
  expect(await state()).toEqual(after);
  await fresh.pool.query(`UPDATE invite SET expires_at = '2026-06-01'`);
  expect((await run(people, { yes: true })).out).toContain('邀请码1个');
});

test('every fault with its row and column, and nothing is imported', async () => {
  const before = await state();
  const bad =
    '姓名,角色,单位,账号\n,检查员,南湖区,\n甲,领导,南湖区,\n乙,检查员,火星区基地,\n丙,联络员,,\n丁,检查员,南湖区,13800000000\n';
  const { code, err, out } = await run(bad, { yes: true });
  const told = [err, out].join('');
  expect(code).toBe(1);
  expect(told).not.toContain('将作如下改动');
  for (const fault of [
    '名单有5处需要改正',
    '第2行A列：“称呼”未填写',
    '第3行B列：角色“领导”',
    '第4行C列：没有“火星区基地”',
    '第5行C列：联络员须注明单位',
    '第6行D列：地址“13800000000”',
  ])
    expect(told).toContain(fault);
  expect(await state()).toEqual(before);
});

test('what looks like a unit that is there is asked about, once', async () => {
  const like = '姓名,角色,单位\n张晓明,检查员,南湖区政务\n';
  const asked = await run(like, { yes: true });
  expect(asked.code).toBe(1);
  expect(asked.out).toContain('第2行C列：“南湖区政务”是指哪个单位？');
  const done = await run(like, { yes: true, same: ['南湖区政务=nanhu'] });
  expect(done).toMatchObject({ code: 0 });
  expect(done.out).toContain('邀请码1个');
  expect(await query(`SELECT aliases FROM unit WHERE code = 'nanhu'`)).toEqual([
    { aliases: expect.arrayContaining(['南湖区政务']) },
  ]);
  const again = await run(like, { yes: true });
  expect(again.out).toContain('没有改动');
});

test('a published campaign: more scope needs a reason, names and people none', async () => {
  await inTransaction(database.pool, (within) =>
    publishCampaign(within, campaignId, clock.now().toISOString()),
  );
  const refused = await run(halls, { yes: true });
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.out).toContain('--reason');
  expect(await query('SELECT max(version) AS version FROM campaign_version')).toEqual([{ version: 1 }]);
  const done = await run(halls, { yes: true, reason: '市政府2026年第3次会议决定' });
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(await query('SELECT version, reason FROM campaign_version WHERE version > 1')).toEqual([
    { version: 2, reason: '市政府2026年第3次会议决定' },
  ]);
  await run('名称,别名\n海盐县,海盐\n', { yes: true });
  const told = await run(people, { yes: true });
  expect(told).toMatchObject({ code: 0, err: '' });
  const outbox = await query(
    `SELECT address, say #>> '{lines,0,key}' AS key FROM outbox WHERE address IN ('slack:T1/U0001', 'wechat:wxid_9') ORDER BY seq`,
  );
  expect(outbox.map(({ address, key }) => [address, key])).toContainEqual([
    'slack:T1/U0001',
    'roster:welcome',
  ]);
  expect(
    outbox.filter(({ address, key }) => address === 'slack:T1/U0001' && key !== 'roster:welcome').length,
  ).toBeGreaterThan(0);
  expect(outbox.filter(({ address }) => address === 'wechat:wxid_9')).toHaveLength(1);
});
