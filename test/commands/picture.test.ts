import { expect, test } from 'vitest';
import { prepareBackground } from '../../src/jobs/background.ts';
import { sendPicture } from '../../src/jobs/picture.ts';
import { loadFiles } from '../../src/store/attachments.ts';
import { PictureJob } from '../../src/store/later.ts';
import { cast, type Heard, type StageOptions, stage, type Talk } from '../conversation/stage.ts';
import { pixelsOf } from '../report/charts/pixels.ts';
import { drawn } from './drawn.ts';
import { rated, windows } from './rated.ts';

const { coordinator, inspector, liaison, citizen, room } = cast;

async function ready(options: StageOptions = {}): Promise<Talk> {
  const talk = await stage(options);
  await prepareBackground(talk.database, talk.log);
  return talk;
}

/** Problems of the sample's units, by code, in a stage and due on a day. */
async function problems(
  { query }: Talk,
  given: { unit: string; due?: string; status?: string; category?: string; seenBy?: string; task?: number }[],
): Promise<void> {
  for (const { unit, due = null, status = 'open', category = null, seenBy = 'unit', task = null } of given)
    await query(
      `INSERT INTO finding (campaign_id, unit_id, problem, status, stage, due_on, opened_at, category, seen_by, assignment_id)
       SELECT u.campaign_id, u.id, '"窗口无人值守"', $2, CASE WHEN $3::text IS NOT NULL THEN 'working' END, $3,
         '2026-06-23T02:00:00Z', $4, $5, (SELECT id FROM assignment WHERE number = $6) FROM unit u WHERE u.code = $1`,
      [unit, status, due, category, seenBy, task],
    );
}

/** What the command left to be drawn, drawn at once. */
async function draws(talk: Talk, who: string, words: string, how = {}): Promise<Heard[]> {
  const before = await talk.says(who, words, how);
  const jobs = await talk.query<{ payload: unknown }>('SELECT payload FROM graphile_worker._private_jobs');
  await talk.query('DELETE FROM graphile_worker._private_jobs');
  const after = await talk.during(async () => {
    for (const { payload } of jobs) await sendPicture(talk, PictureJob.parse(payload));
  });
  return [...before, ...after];
}

const words = async (talk: Talk, who: string, said: string) =>
  (await draws(talk, who, said)).map(({ text }) => text).join('\n');

test('图 进度: one picture to the coordinator alone, with the same in words', async () => {
  const talk = await ready();
  await talk.query(`UPDATE assignment SET reported_at = now() WHERE number <= 3`);
  talk.clock.set('2026-07-16T10:00:00+08:00');
  expect(await talk.says(coordinator, '图 进度')).toEqual([]);
  const [one, another] = await drawn(talk);
  expect(another).toBeUndefined();
  expect(one?.heard).toMatchObject({ to: coordinator, only: null });
  expect(one?.heard.text.split('\n')).toEqual([
    '任务进度',
    '窗口“办事难”集中整治交叉式抽查',
    '截至2026年7月16日（周四）10:00，共8项任务',
    '共8项任务，已上报3项，逾期未报5项。',
  ]);
  expect(one?.file).toMatchObject({ name: '任务进度.png', mime: 'image/png' });
  expect(pixelsOf(one?.file.bytes ?? new Uint8Array()).width).toBe(750);
});

test('each kind reads what the chat reads', async () => {
  const talk = await ready();
  await problems(talk, [
    { unit: 'haiyan', due: '2026-06-19' },
    { unit: 'haiyan', due: '2026-07-30', category: '事难办' },
    { unit: 'nanhu', category: '事难办' },
    { unit: 'nanhu', status: 'closed', category: '门难进' },
    { unit: 'nanhu', status: 'withdrawn' },
  ]);
  await rated(talk, [5, 0, 5, 10, 80], { unit: 'nanhu' });
  const lamps = await words(talk, coordinator, '图 灯');
  expect(lamps).toContain('待整改问题3个：逾期1个、按期推进1个、待交办或待核实1个。');
  const ledger = await words(talk, coordinator, '台账');
  expect(ledger).toContain('3');
  expect(await words(talk, coordinator, '图 问题')).toContain('共发现问题4个，已销号1个，未销号3个。');
  expect(await words(talk, coordinator, '图表 趋势')).toContain('共发现问题4个，已销号1个，目前未销号3个。');
  expect(await words(talk, coordinator, '图 满意度')).toContain(
    '群众自主评价100份，满意率90%（82.6—94.5），计入基本满意95%（88.8—97.8）。',
  );
  expect(await words(talk, coordinator, 'picture lamps 海盐县')).toContain('待整改问题2个：逾期1个');
});

test('of a unit a picture tells no more than 结果 does: all of them minus it would be one', async () => {
  const talk = await ready();
  await rated(talk, [0, 0, 0, 0, 5], { unit: 'haiyan' });
  await rated(talk, [1, 0, 0, 0, 0]);
  for (const kind of ['满意度', '趋势'])
    expect(await words(talk, coordinator, `图 ${kind} 海盐县`)).not.toMatch(/[56]份/);
  expect(await words(talk, coordinator, '图 满意度 海盐县')).toContain('不单独显示');
  expect(await words(talk, liaison, '图 满意度')).toContain('群众自主评价5份');
});

test('without a kind it asks which, and a tap draws it', async () => {
  const talk = await ready();
  const [asked] = await talk.says(coordinator, '图');
  expect(asked?.options).toEqual(['任务进度', '整改亮灯', '群众满意度', '问题分类', '问题趋势']);
  await talk.taps(coordinator, asked, '整改亮灯');
  const [one] = await drawn(talk);
  expect(one?.heard.text).toContain('目前没有待整改问题。');
});

test('nothing hidden is ever drawn, not even for those who know it', async () => {
  const talk = await ready();
  await problems(talk, [
    { unit: 'haiyan', due: '2026-06-19', task: 1 },
    { unit: 'nanhu', due: '2026-07-30' },
  ]);
  await talk.query('UPDATE activity SET secret = true');
  expect(await words(talk, coordinator, '图 进度')).toContain('共0项任务');
  expect(await words(talk, coordinator, '图 灯')).toContain('待整改问题1个：按期推进1个。');
  expect(await words(talk, coordinator, '图 问题')).toContain('共发现问题1个');
  expect(await words(talk, coordinator, '图 趋势')).toContain('共发现问题1个');
});

test('a liaison sees the own unit and nothing that is for coordinators; others are refused', async () => {
  const talk = await ready();
  await windows(talk, 'haiyan', { w1: '1号窗口' });
  await problems(talk, [
    { unit: 'w1', due: '2026-06-19' },
    { unit: 'haiyan', due: '2026-06-19', seenBy: 'coordinators' },
    { unit: 'nanhu', due: '2026-06-19' },
  ]);
  const own = await words(talk, liaison, '图 灯');
  expect(own).toContain('窗口“办事难”集中整治交叉式抽查：海盐县政府');
  expect(own).toContain('待整改问题1个：逾期1个。');
  expect(await words(talk, liaison, '图 灯 南湖区')).toBe('您可以查看的是：海盐县政府。');
  expect(await words(talk, coordinator, '图 灯 海盐县')).toContain('待整改问题2个');
  for (const who of [inspector, citizen]) {
    await talk.says(who, '图 进度');
    expect(await talk.query('SELECT 1 FROM graphile_worker._private_jobs')).toEqual([]);
  }
});

test('in a room it comes in private; of a slash command it is for whoever gave it', async () => {
  const talk = await ready();
  const heard = await draws(talk, coordinator, '图 进度', { room, addressed: true });
  const pictured = heard.filter(({ say }) => say.attachments !== undefined);
  expect(pictured.map(({ to }) => to)).toEqual([coordinator]);
  expect(heard.filter(({ to }) => to === room).map(({ text }) => text)).toEqual(['已私信回复。']);
  const slash = await draws(talk, coordinator, 'picture 进度', { room, slash: true });
  expect(slash).toMatchObject([{ to: room, only: coordinator }]);
  expect(await talk.says(coordinator, '图 放在桌上了', { room })).toEqual([]);
});

test('a draft has none; an empty campaign says so instead of an empty plot; English reads alike', async () => {
  const draft = await ready({ campaign: { published: false } });
  expect(await words(draft, coordinator, '图 进度')).toContain('目前没有');
  const talk = await ready({ language: 'en' });
  await talk.says(coordinator, '/duban language en');
  await talk.query(`UPDATE contact SET language = 'en'`);
  for (const kind of ['satisfaction', 'findings', 'trend', 'lamps']) {
    const [one] = await draws(talk, coordinator, `picture ${kind}`);
    expect(one?.text).toMatch(/none yet\.$|Problems found: 0|There are no open problems/);
    const [file] = await loadFiles(talk.database, one?.say.attachments ?? []);
    expect(pixelsOf(file?.bytes ?? new Uint8Array()).height).toBeGreaterThan(200);
  }
});
