import { expect, test } from 'vitest';
import { prepareBackground, startBackground } from '../../src/jobs/background.ts';
import { takeRoster } from '../../src/jobs/roster-in.ts';
import { rosterTemplate } from '../../src/report/roster-template.ts';
import { chatLimits, readRosterFile } from '../../src/roster/read-file.ts';
import { readTables } from '../../src/roster/read-table.ts';
import { loadFiles } from '../../src/store/attachments.ts';
import { RosterJob } from '../../src/store/later.ts';
import { createLibrary } from '../../src/store/library.ts';
import { cast, type Heard, type StageOptions, stage, type Talk } from '../conversation/stage.ts';
import { rowsOf, workbookOf } from '../roster/workbook.ts';

const { coordinator, inspector, room } = cast;
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function ready(options: StageOptions = { campaign: { published: false } }): Promise<Talk> {
  const talk = await stage(options);
  await prepareBackground(talk.database, talk.log);
  return talk;
}

/** Does what waits in the queue, in its order, as a process that has just started would. */
async function worked(talk: Talk): Promise<Heard[]> {
  const library = createLibrary(talk.database);
  return talk.during(async () => {
    for (;;) {
      const [job] = await talk.query<{ id: string; payload: unknown }>(
        `DELETE FROM graphile_worker._private_jobs WHERE id = (SELECT min(id) FROM graphile_worker._private_jobs) RETURNING id, payload`,
      );
      if (job === undefined) return;
      await takeRoster({ ...talk, library }, RosterJob.parse(job.payload));
    }
  });
}

const people = '称呼,角色,单位,地址\n';
const csv = (text: string, name = '人员.csv') => ({ name, mime: 'text/csv', bytes: Buffer.from(text) });
const halls = csv('名称,类别,上级\n平湖市行政服务中心,大厅,平湖市\n', '单位.csv');
async function sends(
  talk: Talk,
  file: { name: string; mime: string; bytes: Uint8Array },
  who: string = coordinator,
  text = '',
): Promise<Heard[]> {
  const atOnce = await talk.says(who, text, { files: [file] });
  return [...atOnce, ...(await worked(talk))];
}
async function asks(talk: Talk, words: string, who: string = coordinator): Promise<Heard[]> {
  return [...(await talk.says(who, words)), ...(await worked(talk))];
}
const text = (heard: Heard[]) => heard.map((one) => one.text).join('\n');
const kept = (talk: Talk) =>
  talk.query<{ status: string; sha256: string | null }>('SELECT status, sha256 FROM attachment');

test('a file from a coordinator is shown first; 确认 does it, once; its bytes are not kept', async () => {
  const talk = await ready();
  const book = workbookOf([
    {
      name: '单位',
      rows: rowsOf([
        ['名称', '类别', '上级'],
        ['平湖市行政服务中心', '大厅', '平湖市'],
      ]),
    },
    {
      name: '窗口',
      rows: rowsOf([
        ['名称', '大厅'],
        ['1号窗口', '平湖市行政服务中心'],
      ]),
    },
    {
      name: '人员',
      rows: rowsOf([
        ['称呼', '角色', '单位', '地址'],
        ['平湖联络员', '联络员', '平湖市', ''],
      ]),
    },
  ]);
  const [shown, ...more] = await sends(talk, { name: '名单.xlsx', mime: xlsx, bytes: book });
  expect(more).toEqual([]);
  expect(shown?.text).toContain('新增单位2个：平湖市行政服务中心、1号窗口');
  expect(shown?.text).toContain('将生成邀请码的1名：平湖联络员（平湖市政府联络员）');
  expect(shown?.options).toEqual(['确认导入', '取消']);
  expect(await kept(talk)).toEqual([{ status: 'refused', sha256: null }]);
  expect(await talk.query('SELECT FROM attachment_content')).toEqual([]);
  expect(await talk.query(`SELECT FROM unit WHERE kind = 'hall'`)).toEqual([]);
  expect(text(await asks(talk, '确认'))).toMatch(
    /单位新增2个、修改0个，事项0个，人员0名，邀请码1个[\s\S]*[34679ACFHJKMNPRTVWXY]{6} {2}平湖联络员/,
  );
  expect(await talk.query(`SELECT name FROM unit WHERE kind IN ('hall', 'window') ORDER BY code`)).toEqual([
    { name: '平湖市行政服务中心' },
    { name: '1号窗口' },
  ]);
  expect(await talk.query('SELECT FROM roster_import')).toEqual([]);
  expect(text(await asks(talk, '导入 确认'))).toContain('请发来名单文件');
  const [again] = await sends(talk, { name: '名单.xlsx', mime: xlsx, bytes: book });
  expect(again?.text).toContain('没有需要改动的内容');
  expect(again?.options).toEqual([]);
  const [event] = await talk.query<{ data: unknown }>(
    `SELECT body -> 'data' AS data FROM audit WHERE kind = 'roster.imported'`,
  );
  expect(event?.data).toMatchObject({ units: 2, codes: 1 });
  expect(JSON.stringify(event)).not.toContain('平湖');
});

test('who comes in by such a code is called as the roster says', async () => {
  const talk = await ready();
  await sends(talk, csv(`${people}平湖联络员,联络员,平湖市,\n`));
  const code = /([34679ACFHJKMNPRTVWXY]{6}) {2}平湖/.exec(text(await asks(talk, '确认')))?.[1];
  await talk.says('wechat:wxid_new', `绑定 ${code}`);
  expect(
    await talk.query(
      `SELECT c.title FROM contact c JOIN urn u ON u.contact_id = c.id WHERE u.urn = 'wechat:wxid_new'`,
    ),
  ).toEqual([{ title: '平湖联络员' }]);
  const [again] = await sends(talk, csv(`${people}平湖联络员,联络员,平湖市,\n`));
  expect(again?.text).toContain('没有需要改动的内容');
});

test('from anybody else it is no roster, and its bytes are gone', async () => {
  const talk = await ready({});
  const heard = await sends(talk, halls, inspector);
  expect(text(heard)).not.toContain('平湖市行政服务中心');
  expect(await kept(talk)).toEqual([{ status: 'refused', sha256: null }]);
  expect(await talk.query('SELECT FROM attachment_content')).toEqual([]);
  expect(await talk.query('SELECT FROM roster_import')).toEqual([]);
  expect(text(await asks(talk, '导入', inspector))).not.toContain('请发来名单文件');
});

test('faults keep nothing; the sentence says where', async () => {
  const talk = await ready();
  const [told] = await sends(talk, csv(`${people}甲,检查员,火星基地,\n`));
  expect(told?.text).toContain('第2行C列：没有“火星基地”这个单位');
  expect(told?.options).toEqual([]);
  const [all] = await sends(talk, csv(`${people},检查员,海盐县,\n甲,检查员,火星基地,\n`));
  expect(all?.text).toMatch(/第2行A列：“称呼”未填写[\s\S]*第3行C列：没有“火星基地”/u);
  expect(await talk.query('SELECT FROM roster_import')).toEqual([]);
  const [locked] = await sends(talk, {
    name: 'a.xlsx',
    mime: xlsx,
    bytes: Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]),
  });
  expect(locked?.text).toContain('文件设有打开密码');
});

test('what is not clear is asked one by one, and answered by a number', async () => {
  const talk = await ready();
  const [asked] = await sends(talk, csv(`${people}甲,检查员,南湖区政务,\n乙,检查员,海盐县政务,\n`));
  expect(asked?.text).toContain('有2处需要您确认');
  expect(asked?.text).toContain('第2行C列：“南湖区政务”是指哪个单位？');
  expect(asked?.options[0]).toBe('南湖区政府');
  const [second] = await asks(talk, '1');
  expect(second?.text).toContain('“海盐县政务”是指哪个单位？');
  const shown = [...(await talk.taps(coordinator, second, '海盐县政府')), ...(await worked(talk))];
  expect(text(shown)).toContain('增加别名 南湖区政务');
  expect(text(await asks(talk, '确认'))).toContain('邀请码2个');
});

test('two coordinators at once: the second confirms what is true by then', async () => {
  const talk = await ready();
  const [first] = await talk.query<{ id: string; campaign: string }>(
    `SELECT contact_id::text AS id, campaign_id::text AS campaign FROM membership WHERE role = 'coordinator' AND campaign_id IS NOT NULL LIMIT 1`,
  );
  await talk.says('console:second', '你好');
  await talk.query(
    `INSERT INTO membership (contact_id, campaign_id, role) SELECT contact_id, $1::uuid, 'coordinator' FROM urn WHERE urn = 'console:second'`,
    [first?.campaign],
  );
  await sends(talk, halls);
  const more = csv(
    '名称,类别,上级\n平湖市行政服务中心,大厅,平湖市\n海盐县行政服务中心,大厅,海盐县\n',
    '单位.csv',
  );
  expect(text(await sends(talk, more, 'console:second'))).toContain('新增单位2个');
  expect(text(await asks(talk, '确认'))).toContain('新增1个');
  const moved = await asks(talk, '确认', 'console:second');
  expect(text(moved)).toContain('其间情况有变');
  expect(text(moved)).toContain('新增单位1个：海盐县行政服务中心');
  expect(text(await asks(talk, '确认', 'console:second'))).toContain('新增1个');
  expect(await talk.query(`SELECT code FROM unit WHERE kind = 'hall' ORDER BY 1`)).toEqual([
    { code: 'hall-1' },
    { code: 'hall-2' },
  ]);
});

test('who is no coordinator any more confirms nothing', async () => {
  const talk = await ready();
  await sends(talk, halls);
  await talk.says(coordinator, '确认');
  await talk.query(`DELETE FROM membership WHERE role = 'coordinator'`);
  expect(text(await worked(talk))).toContain('不是这个活动的协调员');
  expect(await talk.query(`SELECT FROM unit WHERE kind = 'hall'`)).toEqual([]);
});

test('of a published campaign more scope needs a reason first', async () => {
  const talk = await ready({});
  const [shown] = await sends(talk, halls);
  expect(shown?.text).toContain('须说明理由');
  expect(shown?.options).toEqual([]);
  expect(text(await asks(talk, '导入 确认'))).toContain('还缺理由');
  expect(text(await asks(talk, '导入 理由：市政府第3次会议决定'))).toContain('理由：市政府第3次会议决定');
  expect(text(await asks(talk, '确认'))).toContain('单位新增1个');
  expect(await talk.query('SELECT version, reason FROM campaign_version WHERE version > 1')).toEqual([
    { version: 2, reason: '市政府第3次会议决定' },
  ]);
});

test('a yes without the reason hears what is missing; the bare reason is one, a no gives it up', async () => {
  const talk = await ready({});
  await sends(talk, halls);
  for (const words of ['确认', '是', '好的'])
    expect(text(await asks(talk, words)), words).toContain('还缺理由。请直接回复理由');
  expect(text(await asks(talk, '市政府第3次会议决定'))).toContain('理由：市政府第3次会议决定');
  expect(text(await asks(talk, '确认'))).toContain('单位新增1个');
  await sends(talk, csv('名称,类别,上级\n海盐县行政服务中心,大厅,海盐县\n', '单位.csv'));
  expect(text(await asks(talk, '不'))).toContain('没有导入任何内容');
  expect(text(await asks(talk, '市政府第4次会议决定'))).not.toContain('理由：');
});

test('in a room it is asked for with the word and answered in private; 取消 forgets it', async () => {
  const talk = await ready({});
  await talk.says(coordinator, '你好');
  const heard = [
    ...(await talk.says(coordinator, '导入', { room, addressed: true, files: [halls] })),
    ...(await worked(talk)),
  ];
  expect(heard.filter(({ text: said }) => said.includes('新增单位')).map(({ to }) => to)).toEqual([
    coordinator,
  ]);
  expect(text(await asks(talk, '导入 取消'))).toContain('没有导入任何内容');
  expect(text(await asks(talk, '导入 取消'))).toContain('没有待确认的名单');
});

test('more than ten codes come as a file', async () => {
  const talk = await ready();
  const rows = Array.from({ length: 11 }, (_, n) => `=${n}号联络员,联络员,平湖市,\n`).join('');
  await sends(talk, csv(people + rows));
  const [done] = await asks(talk, '确认');
  expect(done?.text).toContain('11个邀请码见附件');
  const [file] = await loadFiles(talk.database, done?.say.attachments ?? []);
  const lines = Buffer.from(file?.bytes ?? [])
    .toString()
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(12);
  expect(lines[1]).toMatch(/^平湖市政府,'=\d+号联络员,联络员,[34679ACFHJKMNPRTVWXY]{6}$/);
});

test('导入 模板 sends an empty roster, which is read as one', async () => {
  const talk = await ready({});
  const [sent] = await asks(talk, '导入 模板');
  const [file] = await loadFiles(talk.database, sent?.say.attachments ?? []);
  expect(file?.name).toBe('名单模板.xlsx');
  for (const language of ['zh-CN', 'en'] as const) {
    const { bytes } = await rosterTemplate(language, '2026-01-01T00:00:00.000Z');
    const { tables = [] } = readRosterFile('x.xlsx', bytes, chatLimits);
    expect(tables).toHaveLength(6);
    expect(readTables(tables)).toMatchObject({
      entries: [],
      passedOver: [],
      faults: [{ sentence: { key: 'roster:file.no-rows' } }],
    });
    expect(await rosterTemplate(language, '2026-01-01T00:00:00.000Z')).toEqual({
      name: expect.anything(),
      mime: xlsx,
      bytes,
    });
  }
});

test('the worker does it too', async () => {
  const talk = await ready();
  await talk.says(coordinator, '', { files: [halls] });
  const { database, clock, log } = talk;
  const background = await startBackground({ database, clock, machine: clock, log, keys: talk.options.keys });
  await expect
    .poll(async () => (await talk.query('SELECT FROM roster_import')).length, { timeout: 10_000 })
    .toBe(1);
  await background.stop();
});
