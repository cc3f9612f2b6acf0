import { once } from 'node:events';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { prepareBackground, startBackground } from '../../src/jobs/background.ts';
import { clearOut } from '../../src/jobs/housekeeping.ts';
import { loadFiles } from '../../src/store/attachments.ts';
import { workChannel } from '../../src/store/listen.ts';
import { pagesAddress } from '../../src/survey-link.ts';
import { cast, type Heard, type StageOptions, stage, type Talk } from '../conversation/stage.ts';
import { withWindows } from './draw-campaign.ts';

const { coordinator, inspector, citizen, room } = cast;
const textOf = (heard: Heard[]) => heard.map(({ text }) => text).join('\n');
const codeIn = /[34679ACFHJKMNPRTVWXY]{5}-[34679ACFHJKMNPRTVWXY]{5}/;
const codesIn = (text: string) => text.match(new RegExp(codeIn, 'g')) ?? [];

async function withCodes(options: StageOptions = {}): Promise<Talk> {
  const talk = await stage({ campaign: { text: await withWindows() }, ...options });
  await prepareBackground(talk.database, talk.log);
  return talk;
}

const stored = (talk: Talk) =>
  talk.query<{ code: string; kind: string; unit: string; matter: string | null; until: string | null }>(
    `SELECT c.code, c.kind, u.code AS unit, c.matter, c.expires_on AS until FROM survey_code c
     JOIN unit u ON u.id = c.unit_id ORDER BY u.code, c.kind, c.code`,
  );

test('a coordinator makes codes for a unit and its windows; made again they are the same, so that a poster stays valid', async () => {
  const talk = await withCodes();
  const first = textOf(await talk.says(coordinator, 'survey new 海盐县', { slash: true }));
  expect(first).toContain('其中新做1个');
  const [code = ''] = codesIn(first);
  expect(first).toContain(`/s/${code.replace('-', '')}`);
  const both = textOf(await talk.says(coordinator, '评价码 新建 海盐县、海盐县行政服务中心 3号窗口'));
  expect(both).toContain('评价码2个，其中新做1个，原来就在用的1个不变');
  expect(codesIn(both)).toContain(code);
  expect(await stored(talk)).toMatchObject([
    { kind: 'unit', unit: 'haiyan', code: code.replace('-', '') },
    { kind: 'window', unit: 'window-3' },
  ]);
  // An expired one is on no wall: a new one takes its place.
  await talk.query(`UPDATE survey_code SET expires_on = '2026-06-21' WHERE kind = 'unit'`);
  const again = textOf(await talk.says(coordinator, 'survey new Haiyan County'));
  expect(codesIn(again)).toHaveLength(1);
  expect(codesIn(again)).not.toContain(code);
  expect(await talk.query(`SELECT 1 FROM audit WHERE body::text LIKE '%survey-codes.%'`)).toHaveLength(3);
});

test('a matter has its own code, and a case one that is never given twice', async () => {
  const talk = await withCodes();
  const say = (words: string) => talk.says(coordinator, `评价码 ${words}`);
  const matter = textOf(await say('新建 海盐县 事项 不动产登记 至7月31日'));
  expect(matter).toContain('\n海盐县政府 事项：不动产登记（至2026年7月31日（周五））');
  expect(codesIn(textOf(await say('海盐县 事项 不动产登记')))).toEqual(codesIn(matter));
  expect(codesIn(textOf(await say('海盐县 事项 企业开办')))).not.toEqual(codesIn(matter));
  const cases = textOf(await say('新建 海盐县 办件 3'));
  expect(cases).toContain('一事一码3个');
  expect(cases).toContain('\n海盐县政府 单个办件：');
  const more = textOf(await say('新建 海盐县 3个办件'));
  expect(new Set([...codesIn(cases), ...codesIn(more)]).size).toBe(6);
  expect((await stored(talk)).filter(({ until }) => until === '2026-07-31')).toHaveLength(1);
});

test('two who ask for the same poster at once get the same one', async () => {
  const talk = await withCodes();
  await Promise.all([
    talk.says(coordinator, '评价码 海盐县'),
    talk.says('console:coordinator-2', '评价码 海盐县'),
  ]);
  expect((await stored(talk)).length).toBe(1);
});

test('the list tells what is in use; closed ones can be opened again', async () => {
  const talk = await withCodes();
  await talk.says(coordinator, '评价码 海盐县社保大厅全部窗口');
  await talk.says(coordinator, '评价码 新建 海盐县社保大厅 9号窗口 办件 2');
  const list = textOf(await talk.says(coordinator, 'survey list', { slash: true }));
  expect(list).toContain('在用的评价码4个');
  expect(list).toContain('办件码共发放2个；已评、未评都满5个时才显示');
  const codes = codesIn(list);
  expect(codes).toHaveLength(4);
  expect(textOf(await talk.says(coordinator, `survey close ${codes[0]} ${codes[1]}`))).toContain('已关闭2个');
  expect(textOf(await talk.says(coordinator, `评价码 关闭 ${codes[0]}`))).toContain('没有可以关闭的');
  const shut = textOf(await talk.says(coordinator, '评价码'));
  expect(codesIn(shut)).toHaveLength(2);
  expect(shut).toContain('已关闭2个');
  expect(
    textOf(await talk.says(coordinator, `评价码 开启 https://x.example/s/${codes[0]?.replace('-', '')}`)),
  ).toContain('已开启1个');
  expect(textOf(await talk.says(coordinator, '评价码 关闭'))).toContain('请写明关闭哪个');
  expect(textOf(await talk.says(coordinator, '评价码 关闭 9号窗口'))).toContain('已关闭');
  expect(textOf(await talk.says(coordinator, '评价码 关闭 全部'))).toContain('已关闭');
  expect(await talk.query('SELECT 1 FROM survey_code WHERE closed_at IS NULL')).toEqual([]);
  expect(textOf(await talk.says(coordinator, '评价码 开启 全部'))).toContain('已开启6个');
  expect(textOf(await talk.says(coordinator, '评价码 关闭 AAAAA-AAAAA'))).toContain(
    '没有这样的评价码：AAAAA-AAAAA',
  );
});

test.each([
  ['评价码 新建', '请写明给哪个单位'],
  ['评价码 海盐县 99号窗口', '没有登记的窗口，请先写进活动文件'],
  ['评价码 海盐县社保大庁', '您要找的是不是：海盐县社保大厅'],
  ['评价码 列表 桐乡', '还没有在用的评价码'],
  ['评价码 打印', '还没有在用的评价码'],
  ['评价码 海盐县 --until soon', '没有看懂截止日期'],
  ['评价码 海盐县 至昨天', '已经过去'],
  ['评价码 海盐县 至2026-06-01', '已经过去'],
  ['评价码 海盐县 办件 501', '一次最多制作500个'],
  ['评价码 海盐县、秀洲区 办件 300', '这里要600个'],
  [`评价码 海盐县 事项 ${'长'.repeat(61)}`, '60字以内'],
])('%s: %s', async (words, answer) => {
  const talk = await withCodes();
  expect(textOf(await talk.says(coordinator, words))).toContain(answer);
  expect(await stored(talk)).toEqual([]);
});

test('windows are called by the end of their names; several of one end are asked about', async () => {
  const named = (await withWindows())
    .replace('name: 9号窗口', 'name: 海盐县社保大厅3号窗口')
    .replace('name: 3号窗口', 'name: 海盐县行政服务中心3号窗口');
  const talk = await withCodes({ campaign: { text: named } });
  expect(textOf(await talk.says(coordinator, '评价码 海盐县 3号窗口'))).toContain(
    '“3号窗口”有2处：海盐县行政服务中心3号窗口、海盐县社保大厅3号窗口。请写全名称',
  );
  const made = textOf(await talk.says(coordinator, '评价码 海盐县社保大厅 3号窗口'));
  expect(made).toContain('海盐县社保大厅3号窗口：');
  expect(made).not.toContain('海盐县社保大厅 海盐县');
});

test('codes are the coordinators’; a citizen’s word stays the citizen’s', async () => {
  const talk = await withCodes();
  expect(textOf(await talk.says(inspector, '评价码 海盐县'))).toContain('协调员');
  await talk.says(inspector, 'survey new 海盐县', { slash: true });
  await talk.says(citizen, 'survey new 海盐县', { slash: true });
  expect(textOf(await talk.says(citizen, '评价'))).toContain('您对今天的窗口服务满意吗');
  // Talk that begins with the same letters is talk.
  expect(await talk.says(coordinator, '二维码扫不出来怎么办', { room })).toEqual([]);
  expect(await stored(talk)).toEqual([]);
});

test('before the campaign is out codes can be printed, and it is said that they wait; without a survey there are none', async () => {
  const draft = await withCodes({ campaign: { text: await withWindows(), published: false } });
  expect(textOf(await draft.says(coordinator, '评价码 海盐县'))).toContain('发布后才能评价');
  const none = await withCodes({
    campaign: { text: (await withWindows()).replace(/^survey: citizen$/m, '') },
  });
  expect(textOf(await none.says(coordinator, '评价码 海盐县'))).toContain('都没有设置群众评价');
});

test('of case codes it is told how many were used, never of fewer than five, of one place, or which', async () => {
  const talk = await withCodes();
  await talk.says(coordinator, '评价码 新建 海盐县 办件 12');
  const list = async (place = '') => textOf(await talk.says(coordinator, `评价码 列表 ${place}`));
  const use = (count: number) =>
    talk.query(
      `UPDATE survey_code SET used = true WHERE code IN (SELECT code FROM survey_code WHERE NOT used ORDER BY code LIMIT $1)`,
      [count],
    );
  // Nobody yet, one, all but one, all of them: each would say it of a person.
  const hidden = await list();
  expect(hidden).toMatch(
    /在用的评价码0个；已关闭0个，已过期0个。\n办件码共发放12个；已评、未评都满5个时才显示个数/,
  );
  await use(1);
  expect(await list()).toBe(hidden);
  await talk.says(coordinator, '评价码 关闭 海盐县');
  expect(await list()).toBe(hidden);
  await use(4);
  expect(await list()).toContain('办件码共发放12个：已评5个，未评7个。');
  expect(await list('海盐县')).toMatch(/办件码共发放12个；评了多少只按整个活动显示/);
  await use(3);
  expect(await list()).toBe(hidden);
  await use(4);
  expect(await list()).toBe(hidden);
});

test('case codes are not printed a second time: those missing on the sheet would be the used ones', async () => {
  const talk = await withCodes();
  await talk.says(coordinator, '评价码 新建 海盐县 办件 3');
  expect(textOf(await talk.says(coordinator, '评价码 打印'))).toContain('办件码只在制作时打印一次');
  await talk.says(coordinator, '评价码 新建 海盐县');
  expect(textOf(await talk.says(coordinator, '评价码 打印'))).toContain('打印页（PDF）随后发给您');
  const jobs = await talk.query<{ codes: number }>(
    `SELECT json_array_length(payload -> 'codes') AS codes FROM graphile_worker._private_jobs ORDER BY id`,
  );
  expect(jobs.map(({ codes }) => codes)).toEqual([3, 1, 1]);
});

const nowhere = ['PUBLIC_URL', '手机打不开'];

test('without PUBLIC_URL a coordinator is told, with the codes, that no phone gets there', async () => {
  const talk = await withCodes();
  const reached = [await talk.says(coordinator, '评价码 海盐县'), await talk.says(coordinator, '评价码')];
  for (const heard of reached) for (const words of nowhere) expect(textOf(heard)).not.toContain(words);
  talk.options.publicUrl = () => pagesAddress({ publicUrl: null, port: 8080 });
  const says = ['评价码 海盐县', '评价码 新建 海盐县 办件 2', '评价码 列表', '评价码 打印'];
  for (const said of says) {
    const heard = textOf(await talk.says(coordinator, said));
    for (const words of nowhere) expect([said, heard]).toEqual([said, expect.stringContaining(words)]);
  }
});

test('in English', async () => {
  const talk = await withCodes({ language: 'en' });
  const heard = textOf(
    await talk.says(coordinator, 'survey new Haiyan County, Xiuzhou District', { slash: true }),
  );
  expect(heard).toContain('codes: 2. New: 2');
  expect(heard).toContain('Haiyan County: ');
});

/** Lets the sheet that was asked for be drawn. */
async function printed(talk: Talk) {
  const { database, clock, log } = talk;
  const listener = new pg.Client(database.pool.options);
  await listener.connect();
  onTestFinished(() => listener.end());
  await listener.query(`LISTEN ${workChannel}`);
  const told = once(listener, 'notification');
  const options = { database, clock, machine: clock, log, keys: talk.options.keys };
  const background = await startBackground(options);
  await told;
  await background.stop();
  return { sheet: (await talk.said(coordinator)).at(-1), options };
}

test('a sheet whose codes no phone can open is a sample, and nobody is asked to put it up', async () => {
  const talk = await withCodes();
  talk.options.publicUrl = () => pagesAddress({ publicUrl: null, port: 8080 });
  await talk.says(coordinator, '评价码 海盐县');
  const { sheet } = await printed(talk);
  expect(sheet?.say.attachments).toHaveLength(1);
  expect(sheet?.text).toMatch(/^评价码试印样张，共1个。.*请勿张贴。$/);
});

test('the printable sheet comes as a file where it was asked for, and is not kept for ever', async () => {
  const talk = await withCodes();
  const { database, clock } = talk;
  await talk.says(coordinator, '评价码 海盐县全部窗口');
  const { sheet, options } = await printed(talk);
  expect(sheet?.text).toContain('评价码打印页，共12个');
  const ids = sheet?.say.attachments ?? [];
  const [file] = await loadFiles(database, ids);
  expect(file).toMatchObject({ name: '评价码-2026-06-22.pdf', mime: 'application/pdf' });
  const pdf = Buffer.from(file?.bytes ?? []).toString('latin1');
  expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(2);
  await clearOut(options);
  expect(await loadFiles(database, ids)).toHaveLength(1);
  clock.advance(91 * 86_400_000);
  await clearOut(options);
  expect(await talk.query('SELECT 1 FROM attachment UNION ALL SELECT 1 FROM attachment_content')).toEqual([]);
});
