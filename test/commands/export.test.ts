import { createHash } from 'node:crypto';
import { once } from 'node:events';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { prepareBackground, startBackground } from '../../src/jobs/background.ts';
import { loadFiles } from '../../src/store/attachments.ts';
import { workChannel } from '../../src/store/listen.ts';
import { cast, type Heard, type How, type StageOptions, stage, type Talk } from '../conversation/stage.ts';
import { enrol, found, ledgerCast, putRight } from '../ledger/people.ts';
import { sheetsOf } from '../report/xlsx/unpacked.ts';
import { rated } from './rated.ts';
import { visit } from './visit.ts';

const { coordinator, inspector, liaison, room } = cast;
const { head } = ledgerCast;
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');

async function opened(options: StageOptions = {}): Promise<Talk> {
  const talk = await stage(options);
  await prepareBackground(talk.database, talk.log);
  return talk;
}

/** Says a command and lets the background work that it asked for be done. */
async function exported(talk: Talk, urn: string, words: string, how: How = {}) {
  const { database, clock, log, options } = talk;
  const answered = await talk.says(urn, words, how);
  const listener = new pg.Client(database.pool.options);
  await listener.connect();
  onTestFinished(() => listener.end());
  await listener.query(`LISTEN ${workChannel}`);
  const told = once(listener, 'notification');
  const background = await startBackground({ database, clock, machine: clock, log, keys: options.keys });
  await told;
  await background.stop();
  const sent = (await talk.said(urn)).at(-1);
  const [file] = await loadFiles(database, sent?.say.attachments ?? []);
  return { answered, sent, file, bytes: Buffer.from(file?.bytes ?? []) };
}

test('台账 as a workbook: the columns that offices keep, days as days, what is closed with its day', async () => {
  const talk = await opened();
  await found(talk, '=1+1 综合窗口无人值守');
  await found(talk, '叫号机停用');
  await putRight(talk);
  await talk.says(coordinator, '核实 1');
  const { answered, sent, file, bytes } = await exported(talk, coordinator, '导出 台账');
  expect(textOf(answered)).toContain('正在生成文件');
  expect(sent?.text).toMatch(/共2个问题，快照编号[0-9A-Z]{4}-[0-9A-Z]{4}/);
  expect(file?.name).toMatch(/^问题台账-2026-06-22-\w{8}\.xlsx$/);
  const [ledger, about] = sheetsOf(bytes);
  const [caption, heads, first, second] = ledger?.rows ?? [];
  expect(caption).toEqual(['问题台账（截至2026年6月22日（周一），共2条）']);
  expect(heads?.slice(1)).toEqual(
    '问题 来源 整改目标 整改措施 责任领导 责任单位 时限 进展 佐证 销号'.split(' '),
  );
  expect(first?.slice(0, 4)).toEqual(['1', '=1+1 综合窗口无人值守', '交叉式抽查', '']);
  expect(first?.slice(4, 7)).toEqual(['增配2名人员', '窗口负责人', '海盐县政府']);
  // The last day of July, and one proof that was passed over.
  expect(first?.slice(7)).toEqual(['46234', '已核实，待销号', '0']);
  expect(second?.slice(6)).toEqual(['海盐县政府', '', '待下达整改', '0']);
  expect(about?.rows).toContainEqual(['“问题台账”行数', '2']);
  // The day once, with its weekday and the minute.
  expect(about?.rows).toContainEqual(['截至', '2026年6月22日（周一）10:00']);
  expect(about?.rows.flat()).toContain('结果尚未公布的检查不在其内。');
});

test('台账 tells the window that the checklist asked for, below the problem', async () => {
  const talk = await opened();
  await visit(talk, inspector, { name: '县行政服务中心 不动产登记窗口', onPost: false });
  await talk.says(coordinator, '整改 1 待常务会议通过后，7月17日复查');
  const { bytes } = await exported(talk, coordinator, '导出 台账');
  const [ledger] = sheetsOf(bytes);
  expect(ledger?.rows[2]?.[8]).toContain('\n待常务会议通过后');
  expect(ledger?.rows[2]?.[1]).toBe(
    '工作人员缺岗或AB岗制度未执行\n在岗和AB岗制度：缺岗或未执行\n缺岗或未执行的情况：窗口没有人\n地点：县行政服务中心 不动产登记窗口',
  );
});

test('the same id gives the same bytes again, though the ledger has moved on; others hear that there is none', async () => {
  const talk = await opened();
  await found(talk);
  const { sent, bytes } = await exported(talk, coordinator, 'export ledger', { slash: true });
  const [id = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(sent?.text ?? '') ?? [];
  await found(talk, '又一个问题');
  talk.clock.advance(3 * 86_400_000);
  const again = await exported(talk, coordinator, `导出 ${id.toLowerCase()}`);
  expect(again.bytes.equals(bytes)).toBe(true);
  const [kept] = await talk.query<{ sha256: string; rows: number }>('SELECT sha256, rows FROM snapshot');
  expect(kept).toEqual({ sha256: createHash('sha256').update(bytes).digest('hex'), rows: 1 });
  for (const [who, code] of [
    [liaison, id],
    [coordinator, 'AAAA-AAAA'],
  ] as const)
    expect(textOf(await talk.says(who, `导出 ${code}`))).toContain('没有快照编号为');
  const log = await talk.query<{ event: object }>(
    `SELECT body::jsonb AS event FROM audit WHERE kind = 'export.made' ORDER BY seq`,
  );
  expect(log).toHaveLength(2);
  expect(log[0]?.event).toMatchObject({ data: { what: 'ledger', snapshot: id.replace('-', ''), rows: 1 } });
});

test('a unit has its own part, without what only coordinators may see; everything else is the coordinators’', async () => {
  const talk = await opened();
  await found(talk, '给单位看的问题');
  await found(talk, '只给协调员看的问题');
  await talk.query(`UPDATE finding SET seen_by = 'coordinators' WHERE number = 2`);
  await talk.says(cast.other, '发现问题 平湖的问题');
  const { bytes } = await exported(talk, liaison, '导出 台账');
  const [ledger, about] = sheetsOf(bytes);
  expect(ledger?.rows.slice(2).map(([number]) => number)).toEqual(['1']);
  expect(about?.rows).toContainEqual(['单位', '海盐县政府']);
  for (const what of ['答复', '评价', '附件1'])
    expect(textOf(await talk.says(liaison, `导出 ${what}`))).toContain('由协调员导出');
  const one = await exported(talk, coordinator, '导出 台账 平湖市');
  expect(
    sheetsOf(one.bytes)[0]
      ?.rows.slice(2)
      .map(([number]) => number),
  ).toEqual(['3']);
  expect(textOf(await talk.says(coordinator, '导出 台账 火星'))).toContain('火星');
  expect(await talk.query(`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'export'`)).toEqual([]);
});

test('what is hidden is in no file, nor counted, until it is released', async () => {
  const talk = await opened();
  await found(talk, '暗访发现的问题');
  await talk.query('UPDATE activity SET secret = true, released_at = NULL');
  await talk.says(coordinator, '状态');
  for (const words of ['导出 台账', '导出 答复']) {
    const { sent, file } = await exported(talk, coordinator, words);
    expect([sent?.text, file]).toEqual(['目前还没有可以导出的内容。', undefined]);
  }
  await talk.query(`UPDATE activity SET released_at = '2026-06-22T11:00:00+08:00'`);
  const { bytes } = await exported(talk, coordinator, '导出 台账');
  expect(sheetsOf(bytes)[0]?.rows[2]?.[1]).toBe('暗访发现的问题');
});

test('答复: a row an answer, and a table a checklist with a column a question', async () => {
  const talk = await opened();
  await visit(talk, inspector, { accepted: '20件里17件' });
  const { bytes, sent } = await exported(talk, coordinator, '导出 答复');
  const [long, wide] = sheetsOf(bytes);
  const stored = await talk.query<{ question: string; value: unknown }>(
    `SELECT question, value FROM answer w JOIN session s ON s.id = w.session_id
     WHERE replaced_at IS NULL AND s.status = 'completed' ORDER BY w.id`,
  );
  expect(stored.length).toBeGreaterThan(5);
  expect(long?.rows).toHaveLength(stored.length + 1);
  expect(sent?.text).toContain(`各表共${stored.length + 1}行`);
  const at = (sheet: typeof long, title: string) => sheet?.rows[0]?.indexOf(title) ?? -1;
  const share = long?.rows.find((row) => row[at(long, '分母')] === '20');
  expect([share?.[at(long, '答案')], share?.[at(long, '分子')], share?.[at(long, '计量单位')]]).toEqual([
    '85',
    '17',
    '%',
  ]);
  const place = [...(long?.cells ?? [])].find(([, { value }]) => value === '85');
  expect(place?.[1].type).toBe('n');
  expect(wide?.rows).toHaveLength(2);
  const [heads = [], record = []] = wide?.rows ?? [];
  const counted = heads.findIndex((title) => title.endsWith('（%）'));
  expect(record.slice(counted, counted + 3)).toEqual(['85', '17', '20']);
  expect(record[0]).toBe(long?.rows[1]?.[0]);
});

test('答复: what single citizens think is neither in the long table nor in the wide one', async () => {
  const talk = await opened();
  await visit(talk, inspector, { citizens: 0 });
  const [long, wide] = sheetsOf((await exported(talk, coordinator, '导出 答复')).bytes);
  const [heads = [], ...rows] = long?.rows ?? [];
  const asked = rows.find((row) => row.some((cell) => cell.startsWith('七、随机访问办事群众')));
  expect([asked?.[heads.indexOf('答案')], asked?.[heads.indexOf('原话')]]).toEqual([
    '群众意见，不逐条列出',
    '',
  ]);
  const at = wide?.rows[0]?.findIndex((title) => title.startsWith('七、随机访问办事群众')) ?? -1;
  expect(wide?.rows[1]?.[at]).toBe('群众意见，不逐条列出');
});

test('a checklist that is called as the list of all answers is: the rows of both are told', async () => {
  const talk = await opened();
  await talk.query(`UPDATE flow SET definition = jsonb_set(definition, '{title}', '"逐条"')`);
  await visit(talk, inspector, { accepted: '20件里17件' });
  const sheets = sheetsOf((await exported(talk, coordinator, '导出 答复')).bytes);
  const told = sheets.at(-1)?.rows.filter(([item]) => item === '“逐条”行数');
  expect(told?.map(([, n]) => n)).toEqual(sheets.slice(0, -1).map(({ rows }) => String(rows.length - 1)));
  expect(told).toHaveLength(2);
});

test('附件3 in the notice’s shape; a mode that the campaign has not is said', async () => {
  const talk = await opened();
  const { bytes, file } = await exported(talk, coordinator, '导出 附件3');
  const [sheet] = sheetsOf(bytes);
  expect(file?.name).toMatch(/^附件3-2026-06-22/);
  expect(sheet?.rows.slice(0, 3)).toEqual([
    ['附件3　交叉式抽查安排表'],
    ['序号', '参与单位', '督查对象', '备注'],
    ['1', '南湖区政府', '海盐县政府'],
  ]);
  expect(sheet?.rows).toHaveLength(10);
  const { sent } = await exported(talk, coordinator, '导出 附件一');
  expect(sent?.text).toContain('没有这一检查方式');
});

test('评价: the figures as 结果 tells them; groups under five are not told, and no single rating is', async () => {
  const talk = await opened();
  await rated(talk, [6, 0, 0, 0, 9], { unit: 'haiyan' });
  await rated(talk, [3, 0, 0, 0, 0], { unit: 'pinghu' });
  const { bytes, sent } = await exported(talk, coordinator, '导出 评价');
  // Rows, which nobody takes for so many ratings.
  expect(sent?.text).toMatch(/各表共\d+行统计数字（不是评价份数），快照编号/);
  const [places, times] = sheetsOf(bytes);
  const rows = places?.rows ?? [];
  expect(rows[0]).toContain('满意率（%）');
  expect(rows.some((row) => row.includes('60'))).toBe(true);
  const pinghu = rows.find((row) => row.includes('平湖市政府'));
  expect(pinghu?.slice(3, 14).every((cell) => cell === '')).toBe(true);
  expect(times?.rows.length).toBeGreaterThan(1);
});

test('asked in a room it comes in private; whoever may not have it is refused; without a word it is asked what', async () => {
  const talk = await opened();
  await found(talk);
  const { answered, sent } = await exported(talk, coordinator, '导出 台账', { room, addressed: true });
  expect(textOf(answered.filter(({ to }) => to === room))).not.toContain('正在生成');
  expect(sent?.to).toBe(coordinator);
  expect(sent?.say.attachments).toHaveLength(1);
  await talk.says(inspector, 'export ledger', { slash: true });
  expect(await talk.query(`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'export'`)).toEqual([]);
  const [asked] = await talk.says(coordinator, 'export', { slash: true });
  expect(asked?.options).toHaveLength(5);
  expect(textOf(await talk.taps(coordinator, asked, 0))).toContain('正在生成');
  // 导出 is also talk.
  expect(await talk.says(coordinator, '导出来的数据不对', { room })).toEqual([]);
  await enrol(talk, head, { role: 'leader', unit: 'haiyan', title: '县长' });
  const [own] = await talk.says(head, 'export', { slash: true });
  expect(own?.options).toEqual(['问题台账']);
});
