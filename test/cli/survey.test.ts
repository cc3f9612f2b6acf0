import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { survey } from '../../src/cli/survey.ts';
import type { Options } from '../../src/cli/terminal.ts';
import { handClock } from '../../src/clock.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { loadCampaign } from '../../src/conversation/load.ts';
import { publishCampaign } from '../../src/conversation/publish.ts';
import { type Database, inTransaction, openDatabase } from '../../src/store/database.ts';
import { withWindows } from '../commands/draw-campaign.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';
import { heard } from './heard.ts';

const clock = handClock('2026-06-22T10:00:00+08:00');
let fresh: FreshDatabase;
let database: Database;
let config: Config;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'duban-survey-'));
  fresh = await freshDatabase();
  database = openDatabase(fresh.config, () => undefined);
  const read = readConfig({ PUBLIC_URL: 'https://rate.example.org' });
  if ('faults' in read) throw new Error('the environment has faults');
  config = read.config;
  const text = await withWindows();
  const load = async (id: string) => {
    const own = text.replace(/^id: .*$/m, `id: ${id}`);
    const loaded = await loadCampaign(database, own, { start: '2026-06-22', path: 'x', clock });
    if (loaded.faults !== undefined) throw new Error(JSON.stringify(loaded.faults));
    return loaded.campaignId;
  };
  const published = await load('city-2026');
  await inTransaction(database.pool, (within) =>
    publishCampaign(within, published, clock.now().toISOString()),
  );
  await load('next-2027');
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
  await rm(folder, { recursive: true });
});

const run = (args: string[], options: Options = {}, given = config) =>
  heard(() => survey({ args, options, database, config: given, clock }));
const json = async (options: Options) => JSON.parse((await run(['new'], { ...options, json: true })).out);
const shape = /^[34679ACFHJKMNPRTVWXY]{10}$/;

test('new prints the code and its link, and the same again for the same unit', async () => {
  const made = await json({ unit: '海盐县' });
  expect(made).toEqual({
    code: expect.stringMatching(shape),
    link: `https://rate.example.org/s/${made.code}`,
  });
  expect(await json({ unit: 'haiyan' })).toEqual(made);
  expect(await json({ unit: '海盐县', window: '3号窗口' })).not.toEqual(made);
  const { rows } = await fresh.pool.query(
    `SELECT c.kind, u.code AS unit, p.code AS campaign FROM survey_code c JOIN unit u ON u.id = c.unit_id
     JOIN campaign p ON p.id = c.campaign_id ORDER BY 1`,
  );
  // A draft that was loaded later is not the one that runs.
  expect(rows).toEqual([
    { kind: 'unit', unit: 'haiyan', campaign: 'city-2026' },
    { kind: 'window', unit: 'window-3', campaign: 'city-2026' },
  ]);
});

test('several come as an array: cases, each with its own, and windows', async () => {
  const cases = await json({ unit: '海盐县', cases: '3' });
  expect(new Set(cases.map(({ code }: { code: string }) => code)).size).toBe(3);
  expect(await json({ unit: '海盐县社保大厅全部窗口' })).toHaveLength(4);
  const [matter, other] = [
    await json({ unit: '秀洲区', matter: '不动产登记' }),
    await json({ unit: '秀洲区', matter: '企业开办' }),
  ];
  expect(matter.code).not.toBe(other.code);
  expect((await json({ unit: '秀洲区', until: '2026-07-31', campaign: 'next-2027' })).code).toMatch(shape);
  const { out } = await run(['list'], { campaign: 'next-2027', json: true });
  expect(JSON.parse(out)).toMatchObject([{ kind: 'unit', state: 'open', until: '2026-07-31' }]);
});

test('the sheet is one PDF, or a picture a page', async () => {
  await json({ unit: '海盐县全部窗口' });
  const [pdf, png] = [path.join(folder, 'sheet.pdf'), path.join(folder, 'hall.png')];
  expect((await run(['sheet'], { out: pdf })).code).toBe(0);
  expect((await readFile(pdf, 'latin1')).slice(0, 5)).toBe('%PDF-');
  const done = await run(['sheet'], { unit: '海盐县行政服务中心全部窗口', out: png });
  expect(done.out).toContain('8个评价码');
  expect((await readdir(folder)).sort()).toEqual(['hall-1.png', 'hall-2.png', 'sheet.pdf']);
  expect((await readFile(path.join(folder, 'hall-2.png'))).subarray(1, 4).toString()).toBe('PNG');
});

test('without PUBLIC_URL an operator is told that links are a guess, beside what a script reads', async () => {
  const blind = { ...config, publicUrl: null, port: 8099 };
  const made = await run(['new'], { unit: '海盐县', json: true }, blind);
  expect(JSON.parse(made.out).link).toMatch(/^http:\/\/localhost:8099\/s\//);
  const out = path.join(folder, 'blind.pdf');
  for (const { err } of [
    made,
    await run(['list'], {}, blind),
    await run(['sheet'], { unit: '海盐县', out }, blind),
  ])
    expect(err).toMatch(/链接按 http:\/\/localhost:8099 推测：群众的手机打不开[\s\S]*no phone gets there/);
  expect((await run(['sheet'], { out }, blind)).out).toContain('试印样张，请勿张贴');
  expect((await run(['sheet'], { out })).out).not.toContain('样张');
  await rm(out);
  for (const { err } of [await run(['new'], { unit: '海盐县', json: true }), await run(['list'])])
    expect(err).toBe('');
});

test('of a case’s code the list says that it was given out, used or not; its sheet is not printed again', async () => {
  const cases: { code: string }[] = await json({ unit: '嘉善县', cases: '2' });
  const listed = async () => [
    (await run(['list'], { unit: '嘉善县', json: true })).out,
    (await run(['list'], { unit: '嘉善县' })).out,
  ];
  const before = await listed();
  expect(JSON.parse(before[0] ?? '')).toMatchObject([
    { kind: 'case', state: 'issued' },
    { kind: 'case', state: 'issued' },
  ]);
  expect(before[1]).toContain('办件码共发放2个；评了多少只按整个活动显示');
  await fresh.pool.query('UPDATE survey_code SET used = true WHERE code = $1', [cases[0]?.code]);
  expect(await listed()).toEqual(before);
  const sheet = await run(['sheet'], { unit: '嘉善县', out: path.join(folder, 'none.pdf') });
  expect(sheet).toMatchObject({ code: 1, out: '', err: expect.stringContaining('不再重印') });
  // When they are made they are printed, beside what a script reads.
  const out = path.join(folder, 'cases.pdf');
  const made = await run(['new'], { unit: '嘉善县', cases: '7', json: true, out });
  expect(JSON.parse(made.out)).toHaveLength(7);
  expect(made.err).toContain('7个评价码');
  expect((await readFile(out, 'latin1')).match(/\/Type \/Page\b(?!s)/g)).toHaveLength(2);
  await rm(out);
});

test('a code is closed and opened by its letters, and what is told is true', async () => {
  const { code } = await json({ unit: '桐乡市' });
  const halves = `${code.slice(0, 5)}-${code.slice(5).toLowerCase()}`;
  expect((await run(['close', halves])).out).toContain('已关闭1个');
  expect(await run(['close', code])).toMatchObject({ code: 1, out: '' });
  expect((await run(['list'], { unit: '桐乡市' })).out).toContain('已关闭');
  expect((await run(['sheet'], { unit: '桐乡市', out: path.join(folder, 'none.pdf') })).code).toBe(1);
  expect((await run(['open', code])).out).toContain('Open again: 1');
  const { rows } = await fresh.pool.query(
    `SELECT body::jsonb ->> 'kind' AS kind FROM audit WHERE body::text LIKE '%survey-codes.closed%' OR body::text LIKE '%survey-codes.opened%'`,
  );
  expect(rows.map(({ kind }) => kind)).toEqual(['survey-codes.closed', 'survey-codes.opened']);
});

test.each<[string[], Options, number, string]>([
  [[], {}, 2, 'survey new --unit'],
  [['new'], {}, 2, 'survey new --unit'],
  [['new', '海盐县'], {}, 2, 'survey new --unit'],
  [['new'], { unit: '火星' }, 1, '没有“火星”'],
  [['new'], { unit: '海盐县', window: '99号窗口' }, 1, 'units（kind: window）'],
  [['new'], { unit: '海盐县', cases: 'many' }, 2, '1到500'],
  [['new'], { unit: '海盐县', cases: '0' }, 2, '1到500'],
  [['new'], { unit: '海盐县', until: '31 July' }, 2, 'YYYY-MM-DD'],
  [['new'], { unit: '海盐县', until: '2026-06-21' }, 1, '已经过去'],
  [['new'], { unit: '海盐县', campaign: 'nowhere' }, 2, 'nowhere'],
  [['sheet'], {}, 2, '.pdf'],
  [['new'], { unit: '海盐县', out: 'sheet.doc' }, 2, '.pdf'],
  [['close'], {}, 2, 'survey close|open'],
  [['close', 'AAAAAAAAAA'], {}, 1, 'AAAAA-AAAAA'],
])('survey %j %j: %d', async (args, options, code, told) => {
  const done = await run(args, options);
  expect(done).toMatchObject({ code, out: '' });
  expect(done.err).toContain(told);
});
