import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { report } from '../../../src/cli/report.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';
import type { Values } from '../../../src/flow/value.ts';
import { prepareBackground, startBackground } from '../../../src/jobs/background.ts';
import { makeReport } from '../../../src/report/docx/make.ts';
import { snapshotBytes } from '../../../src/report/snapshot.ts';
import { keepMade, loadFiles } from '../../../src/store/attachments.ts';
import { runOn } from '../../../src/store/database.ts';
import { workChannel } from '../../../src/store/listen.ts';
import { photo, visit } from '../../commands/visit.ts';
import { cast, type Heard, stage, type Talk } from '../../conversation/stage.ts';
import { all, opened, wordsOf } from './package.ts';
import { faultsOf } from './valid.ts';

const { coordinator, inspector, liaison, citizen, room } = cast;
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');

/** Lets the background work until something was sent. */
async function background(talk: Talk): Promise<void> {
  const { database, clock, log } = talk;
  const listener = new pg.Client(database.pool.options);
  await listener.connect();
  onTestFinished(() => listener.end());
  await listener.query(`LISTEN ${workChannel}`);
  const told = once(listener, 'notification');
  const running = await startBackground({ database, clock, machine: clock, log, keys: talk.options.keys });
  await told;
  await running.stop();
}

test('a coordinator asks for the report of an activity: a Word file in the private chat, the same again by its snapshot', async () => {
  const talk = await stage();
  await prepareBackground(talk.database, talk.log);
  expect(textOf(await talk.says(coordinator, '报告 文件'))).toContain('还没有完成的检查记录');
  await visit(talk, inspector, { accepted: 80, onPost: false, citizens: 3 });
  await visit(talk, inspector, { name: '社保窗口' });
  // Asked in a room it comes in private.
  const asked = await talk.says(coordinator, '报告文件', { room, addressed: true });
  expect(asked.find(({ to }) => to === coordinator)?.text).toContain('正在生成《交叉式抽查》');
  await background(talk);
  const sent = (await talk.said(coordinator)).at(-1);
  expect(sent?.text).toContain('《市行政审批服务中心关于交叉式抽查情况的报告》已生成，数据截至2026年6月22日');
  const [file] = await loadFiles(talk.database, sent?.say.attachments ?? []);
  expect(file?.name).toBe('市行政审批服务中心关于交叉式抽查情况的报告（2026-06-22）.docx');
  const bytes = file?.bytes ?? new Uint8Array();
  expect(faultsOf(bytes)).toEqual([]);
  const { paragraphs, body, files } = opened(bytes);
  const whole = paragraphs.join('\n');
  expect(paragraphs[0]).toBe('市行政审批服务中心关于交叉式抽查情况的报告');
  expect(whole).toContain('嘉兴市窗口“办事难”集中整治行动领导小组：');
  expect(whole).toContain('按照《关于开展整治窗口“办事难”集中行动工作检查督查的通知》要求');
  expect(whole).toContain(
    '共下达任务8项，已上报0项；共完成2个窗口，发现问题3个，其中已销号0个（n＝2个窗口，截至2026年6月22日）',
  );
  expect(paragraphs.filter((one) => /^[一二三四]、/.test(one))).toEqual([
    '一、基本情况',
    '二、存在问题',
    '三、原因分析',
    '四、整治措施',
  ]);
  expect(whole).toContain('（尚未报送，请补充。）');
  const tables = all(body, 'w:tbl').map((table) =>
    all(table, 'w:tr').map((row) => all(row, 'w:tc').map(wordsOf)),
  );
  expect(tables.flat()).toContainEqual(['1', '既受理又办理的事项占比', '1/2', '80%至95%']);
  // Of two who were asked nothing is told of what they think.
  expect(tables.flat().map(([first]) => first)).not.toContain('不满意');
  expect(whole).toContain('办事群众的总体评价：不足5份，不予显示（截至2026年6月22日）。');
  expect(tables.flat()).toContainEqual(
    expect.arrayContaining([
      // What was answered stands below the problem.
      '工作人员缺岗或AB岗制度未执行在岗和AB岗制度：缺岗或未执行缺岗或未执行的情况：窗口没有人',
      '海盐县政府不动产登记窗口',
      '一般',
      '待下达整改',
    ]),
  );
  // The photo of the empty post, and the chart.
  expect(whole).toContain('附件：佐证材料');
  expect([...files.keys()].filter((name) => name.startsWith('word/media/'))).toHaveLength(2);
  const id = /快照编号([0-9A-Z-]+)/.exec(sent?.text ?? '')?.[1] ?? '';
  await talk.says(coordinator, `导出 ${id}`);
  await background(talk);
  const [again] = await loadFiles(
    talk.database,
    (await talk.said(coordinator)).at(-1)?.say.attachments ?? [],
  );
  expect(Buffer.compare(again?.bytes ?? new Uint8Array(), bytes)).toBe(0);
  expect(await talk.query(`SELECT 1 FROM audit WHERE kind = 'export.made'`)).toHaveLength(2);
});

test('figures with counts and without stand beside one another; what is said in figures ends as a Chinese sentence does', async () => {
  const talk = await stage();
  const shares = [{ done: 16, of: 20, percent: 80 }, 95, 97];
  for (const share of shares)
    await filled(talk, {
      activity: 'cross',
      unit: 'nanhu',
      values: {
        name: '综合窗口',
        concentrated: 'no',
        'concentrated-why': '17/20',
        'accepted-and-handled': share,
      },
    });
  const { paragraphs, body } = await reportOf(talk, 'cross');
  expect(tablesOf(body).flat()).toContain('80%（16/20，共1处）；另有2处只提供比例：95%至97%');
  expect(paragraphs.join('\n')).toContain('17/20。');
  expect(paragraphs.join('\n')).not.toContain('17/20. ');
});

test('five who were asked are told of, but not that one of them was not satisfied; the photos of what was put right stand beside those of the problem', async () => {
  const talk = await stage();
  const at = talk.clock.now().toISOString();
  for (const citizens of [5, 4, 4, 2])
    await filled(talk, { activity: 'cross', unit: 'nanhu', values: { name: '综合窗口', citizens } });
  expect((await reportOf(talk, 'cross')).paragraphs.join('\n')).toContain(
    '办事群众的总体评价：不足5份，不予显示',
  );
  await talk.says(inspector, '发现问题 叫号机停用', { files: [photo] });
  const mended = await keepMade(runOn(talk.database.pool), { ...photo, name: 'mended.png' }, at);
  await talk.says(coordinator, '整改 1 7月31日');
  for (const words of ['整改回复 1', '窗口负责人', '增配2名人员', '已整改到位', '跳过'])
    await talk.says(liaison, words);
  await talk.query(
    `UPDATE session SET state = jsonb_set(state, '{values,proof}', jsonb_build_array(jsonb_build_object(
       'id', $1::text, 'mime', 'image/png', 'size', 70, 'sha256', 'x')))
     WHERE id = (SELECT session_id FROM rectification)`,
    [mended],
  );
  await filled(talk, { activity: 'cross', unit: 'nanhu', values: { name: '社保窗口', citizens: 5 } });
  const { paragraphs, body } = await reportOf(talk, 'cross', 'zh-CN', 'AAAA4444');
  const whole = paragraphs.join('\n');
  expect(whole).toContain('办事群众的总体评价：5份，满意率不予显示，计入“基本满意”不予显示（截至');
  expect(tablesOf(body).flat()).not.toContain('非常满意');
  expect(whole).toContain('共2张');
  expect(whole).toMatch(/图\d　1号问题（海盐县政府）：叫号机停用/);
  expect(whole).toMatch(/图\d　1号问题（海盐县政府）整改后：叫号机停用/);
});

test('an inspector has the reports of own tasks, by number; liaisons and citizens none', async () => {
  const talk = await stage();
  await prepareBackground(talk.database, talk.log);
  await visit(talk, inspector);
  const [own] = await talk.query<{ number: number }>(
    `SELECT a.number FROM assignment a JOIN unit u ON u.id = a.assignee_unit_id WHERE u.code = 'nanhu'`,
  );
  const [other] = await talk.query<{ number: number }>(
    `SELECT a.number FROM assignment a JOIN unit u ON u.id = a.assignee_unit_id WHERE u.code = 'haining'`,
  );
  expect(textOf(await talk.says(inspector, `报告 文件 ${other?.number}`))).toContain(
    `没有找到“${other?.number}”`,
  );
  expect(textOf(await talk.says(inspector, `report file ${own?.number}`))).toContain(
    `正在生成${own?.number}号任务的报告`,
  );
  await background(talk);
  const sent = (await talk.said(inspector)).at(-1);
  expect(sent?.text).toContain('《南湖区政府关于交叉式抽查情况的报告》已生成');
  const [file] = await loadFiles(talk.database, sent?.say.attachments ?? []);
  expect(opened(file?.bytes ?? new Uint8Array()).paragraphs[2]).toBe('市行政审批服务中心：');
  for (const who of [liaison, citizen])
    expect(textOf(await talk.says(who, 'report file', { slash: true }))).not.toContain('正在生成');
  // A coordinator may have any task's.
  expect(textOf(await talk.says(coordinator, `报告文件 ${other?.number}`))).toContain('还没有完成的检查记录');
});

interface Given {
  activity: string;
  /** Code of the unit that does it. */
  unit: string;
  part?: 'visit' | 'report';
  values: Values;
}

/** A completed form, as a conversation leaves it. @returns the task's id and the session's */
async function filled(
  talk: Talk,
  { activity, unit, part = 'visit', values }: Given,
): Promise<{ task: string; session: string }> {
  const [row] = await talk.query<{ task: string; session: string }>(
    `INSERT INTO session (contact_id, campaign_id, assignment_id, flow_id, flow_version, part, status, state, active_at, started_at, ended_at)
     SELECT (SELECT contact_id FROM urn WHERE urn = 'console:coordinator'), v.campaign_id, a.id,
       CASE WHEN $3 = 'report' THEN v.report_flow_id ELSE v.flow_id END,
       CASE WHEN $3 = 'report' THEN v.report_flow_version ELSE v.flow_version END,
       $3, 'completed', jsonb_build_object('values', $4::jsonb), $5, $5, $5
     FROM assignment a JOIN activity v ON v.id = a.activity_id JOIN unit u ON u.id = a.assignee_unit_id
     WHERE v.code = $1 AND u.code = $2 RETURNING assignment_id::text AS task, id::text AS session`,
    [activity, unit, part, JSON.stringify(values), talk.clock.now().toISOString()],
  );
  if (row === undefined) expect.fail(`no task of ${unit}`);
  return row;
}

async function reportOf(talk: Talk, code: string, language: 'zh-CN' | 'en' = 'zh-CN', id = 'AAAA3333') {
  const [activity] = await talk.query<{ id: string }>('SELECT id::text FROM activity WHERE code = $1', [
    code,
  ]);
  const at = talk.clock.now().toISOString();
  const wanted = { activityId: activity?.id ?? '', task: null, id, language, by: null, at };
  const made = await makeReport(talk.database, wanted);
  if (made.kind !== 'made') expect.fail(made.kind);
  const parts: Buffer[] = [];
  for await (const part of snapshotBytes(runOn(talk.database.pool), made.snapshot)) parts.push(part);
  const bytes = Buffer.concat(parts);
  expect(faultsOf(bytes)).toEqual([]);
  return { ...opened(bytes), made };
}

const tablesOf = (body: Parameters<typeof all>[0]) =>
  all(body, 'w:tr').map((row) => all(row, 'w:tc').map(wordsOf));

test('a self-check is reported item by item, and its appendix says what problems and measures lack of one another', async () => {
  const talk = await stage({ campaign: { file: 'daan-2018' } });
  await filled(talk, {
    activity: 'selfcheck',
    unit: 'centre',
    values: {
      'guides-state': '办事指南已全部上网',
      'guides-figures': '475项',
      guides: 'yes',
      'guides-shortfall': '个别事项表述模糊',
      'guides-cause': '系统权限在省里',
      'papers-state': '只保留两类证明',
      papers: 'no',
      'queues-state': '排队时间长',
      queues: 'yes',
      'queues-shortfall': '高峰期等候超过1小时',
    },
  });
  await filled(talk, {
    activity: 'selfcheck',
    unit: 'centre',
    part: 'report',
    values: {
      'guides-measure': '由审批办负责，6月30日前更新全部办事指南',
      general: '进一步加强服务',
    },
  });
  const { paragraphs, body } = await reportOf(talk, 'selfcheck');
  const whole = paragraphs.join('\n');
  expect(paragraphs.filter((one) => /^[一二]、/.test(one))).toEqual(['一、自查情况', '二、整改措施']);
  expect(paragraphs.filter((one) => /^（[一二三四五六七]）关于/.test(one))).toHaveLength(7);
  expect(whole).toContain('（一）关于办事群众“不清楚办事相关事宜、也不容易搞清楚”的问题');
  expect(whole).toContain('办事指南已全部上网。数据：475项。差距：个别事项表述模糊。原因：系统权限在省里。');
  expect(whole).toContain('只保留两类证明。自查未发现差距。');
  expect(whole).toContain('附件：问题与措施对照表');
  const rows = tablesOf(body);
  expect(rows.find((row) => row.includes('有问题、没有措施'))?.join()).toContain('（五）');
  expect(rows.find((row) => row.join().includes('6月30日前'))?.at(-1)).toBe('已写明责任人和时限');
  expect(rows.find((row) => row.includes('进一步加强服务'))?.at(-1)).toMatch(
    /^有措施、没有对应问题、.*没有写明责任人.*进一步/,
  );
});

test('the special report of a walk-through tells what was walked, by whom, what is left, and has its photos in an appendix', async () => {
  const talk = await stage({ campaign: { file: 'mudanjiang-2018' }, now: '2026-07-06T10:00:00+08:00' });
  const walk = {
    way: 'own',
    accepted: 'accepted',
    'stage-accepted': '上午九点受理',
    result: 'got',
    asked: 'yes',
    read: 'no',
    went: 'yes',
    done: 'yes',
    points: ['queue'],
  };
  const { session } = await filled(talk, { activity: 'walkthrough', unit: 'housing', values: walk });
  await talk.query(
    `INSERT INTO walk (session_id, matter_id, by_deputy) SELECT $1::uuid, id, false FROM matter WHERE name ->> 'zh-CN' = '公租房申请'`,
    [session],
  );
  const id = await keepMade(runOn(talk.database.pool), photo, talk.clock.now().toISOString());
  const film = await keepMade(
    runOn(talk.database.pool),
    { name: 'a.mp4', mime: 'video/mp4', bytes: new Uint8Array([1, 2, 3, 4, 5]) },
    talk.clock.now().toISOString(),
  );
  const files = [id, film].map((one) => ({ id: one, mime: 'image/png', size: 70, sha256: 'x' }));
  await filled(talk, {
    activity: 'walkthrough',
    unit: 'housing',
    part: 'report',
    values: { prominent: '排队时间长', instant: '增设一个窗口', evidence: files },
  });
  const { paragraphs, body, files: parts } = await reportOf(talk, 'walkthrough');
  const whole = paragraphs.join('\n');
  expect(paragraphs[0]).toBe('市作风整顿办关于“一把手走流程”情况的专项报告');
  expect(whole).toContain('（〔2018〕13号）');
  expect(paragraphs.filter((one) => /^[一二三四]、/.test(one))).toEqual([
    '一、基本情况',
    '二、突出问题',
    '三、立行立改情况',
    '四、整改时限和步骤',
  ]);
  const rows = tablesOf(body);
  expect(rows).toContainEqual([
    '1',
    '市住房和城乡建设局',
    '公租房申请',
    '2026年7月6日',
    '主要负责同志',
    '亲身办',
    '已受理',
    '已办成，拿到结果',
  ]);
  expect(rows).toContainEqual(['2', '“看明白”', '0', '1', '0/1']);
  expect(whole).toContain(
    '没有走完的事项2项：建筑工程施工许可、商品房预售许可。其中须由主要负责同志亲身体验的1项：建筑工程施工许可。',
  );
  expect(whole).toContain('市住房和城乡建设局：增设一个窗口。');
  expect(whole).toContain('（尚未报送，请补充。）');
  expect(whole).toContain('图1　市住房和城乡建设局：佐证材料');
  expect(whole).toContain('另有1件');
  expect([...parts.keys()].filter((name) => name.startsWith('word/media/'))).toHaveLength(1);
});

test('the report of covert visits has its four parts, and names nobody who went', async () => {
  const talk = await stage({ campaign: { file: 'jiaxing-2014-full' } });
  await prepareBackground(talk.database, talk.log);
  await talk.query(
    `INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on)
     SELECT v.id, i.id, t.id, v.due_on FROM activity v, unit i, unit t
     WHERE v.code = 'covert' AND i.code = 'party-organisation' AND t.code = 'haiyan'`,
  );
  const values = { means: ['simulated', 'asking'], seen: '窗口无人值守', problems: ['door', 'passive'] };
  await filled(talk, { activity: 'covert', unit: 'party-organisation', values });
  await filled(talk, {
    activity: 'covert',
    unit: 'party-organisation',
    part: 'report',
    values: { analysis: '轮岗安排不到位', proposals: '落实AB岗' },
  });
  // Of a hidden activity another coordinator hears nothing.
  expect(textOf(await talk.says(coordinator, '报告文件 暗访'))).toContain('没有找到“暗访”');
  expect(textOf(await talk.says('console:coordinator-covert', '报告文件 暗访式督查'))).toContain('正在生成');
  expect(await talk.query(`SELECT 1 FROM audit WHERE kind = 'secret.seen'`)).not.toEqual([]);
  const { paragraphs, body, made } = await reportOf(talk, 'covert');
  expect(paragraphs.filter((one) => /^[一二三四]、/.test(one))).toEqual([
    '一、基本情况',
    '二、存在问题',
    '三、原因分析',
    '四、工作建议',
  ]);
  const whole = paragraphs.join('\n');
  expect(whole).toContain('海盐县政府：轮岗安排不到位。');
  expect(whole).toContain('看到的情况：窗口无人值守。');
  expect(whole).not.toContain('组织部');
  expect(tablesOf(body)).toContainEqual(['门难进', '1', '1/1']);
  expect(tablesOf(body)).toContainEqual(['脸难看', '0', '0/1']);
  // Its snapshot is not for others either, whoever learns its id.
  expect(made.snapshot.parameters).toHaveProperty('secret');
  expect(textOf(await talk.says(coordinator, '导出 AAAA-3333'))).toContain('没有快照编号');
  const english = await reportOf(talk, 'covert', 'en');
  expect(english.made.snapshot.sha256).toBe(made.snapshot.sha256);
});

test('from a terminal a report is written to a file; what is secret, empty or unknown is refused', async () => {
  const talk = await stage({ campaign: { file: 'jiaxing-2014-full' } });
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-report-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const write = (args: string[], options: Terminal['options']) =>
    report({ args, options, database: talk.database, clock: talk.clock, config: {} as Terminal['config'] });
  const out = path.join(folder, 'cross.docx');
  const code = 'jiaxing-2014-full';
  expect(await write([code, 'cross'], { out })).toBe(1);
  await visit(talk, inspector);
  expect(await write([code, 'cross'], { out: 'cross.doc' })).toBe(2);
  expect(await write([code, 'covert'], { out })).toBe(2);
  expect(await write(['nowhere', 'cross'], { out })).toBe(2);
  expect(await write([code, 'cross'], { out, task: '0' })).toBe(1);
  expect(await readdir(folder)).toEqual([]);
  expect(await write([code, 'cross'], { out, language: 'en' })).toBe(0);
  const bytes = await readFile(out);
  expect(faultsOf(bytes)).toEqual([]);
  expect(opened(bytes).paragraphs.join('\n')).toContain('I. Situation');
});
