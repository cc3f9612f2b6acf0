import { expect, test } from 'vitest';
import { loadCampaign } from '../../../src/conversation/load.ts';
import { runOn } from '../../../src/store/database.ts';
import { auditPage } from '../../../src/store/desk/audit.ts';
import { campaignWith } from '../../secrecy/campaign.ts';
import { photo } from '../../story/photo.ts';
import { wordsOf } from '../survey/house.ts';
import { enrol, type House, openHouse, visits } from './house.ts';

const [team, office, centre, auditor] = [
  'console:team-a',
  'console:office',
  'console:centre',
  'console:auditor',
];

/** Rows of the log as its page in the campaign gives them to a reader, kept apart from those before. */
async function readBy(house: House, urn: string, from: number): Promise<{ about: string; who: string }[]> {
  const page = await (await house.as(urn)).get('/desk/c/mixed/audit');
  expect(page.status).toBe(200);
  const [campaign] = await house.query<{ id: string; hidden: string }>(
    `SELECT c.id::text, v.id::text AS hidden FROM campaign c JOIN activity v ON v.campaign_id = c.id WHERE v.secret`,
  );
  const own = urn === office || urn === auditor;
  const { entries } = await auditPage(
    runOn(house.database.pool),
    {
      campaignId: campaign?.id ?? '',
      secrets: own ? [campaign?.hidden ?? ''] : [],
      looks: urn === auditor,
      by: await house.contactOf(urn),
    },
    { kind: '', about: '', before: null },
    1000,
  );
  return entries.flatMap(({ seq, about, title }) =>
    seq > from && title !== null ? [{ about, who: String(title) }] : [],
  );
}

async function lastSeq(house: House): Promise<number> {
  const [row] = await house.query<{ seq: number }>('SELECT max(seq)::int AS seq FROM audit');
  return row?.seq ?? 0;
}

async function numberOf(house: House, sql: string): Promise<number> {
  const [row] = await house.query<{ number: number }>(sql);
  if (row === undefined) throw new Error(`nothing is there: ${sql}`);
  return row.number;
}

/** Everything that can be done in a hidden activity, by those who carry it out and by its coordinator. */
async function doAll(house: House): Promise<void> {
  const files = [{ name: 'a.png', mime: 'image/png', bytes: photo(100) }];
  const task = await numberOf(
    house,
    `SELECT a.number FROM assignment a JOIN activity v ON v.id = a.activity_id JOIN unit u ON u.id = a.assignee_unit_id
     WHERE v.hidden AND u.code = 'team-a' ORDER BY a.number LIMIT 1`,
  );
  await house.says(team, `收到 ${task}`);
  await house.says(team, '任务');
  await house.says(team, '状态');
  await house.says(team, `为什么 ${task}`);
  await house.says(team, `签到 ${task}`);
  await house.says(team, '否');
  await house.says(team, '80');
  await house.says(team, '发现问题 柜台无人', { files });
  const finding = await numberOf(house, `SELECT number FROM finding WHERE problem::text LIKE '%柜台无人%'`);
  await house.says(team, `问题 ${finding}`);
  await house.says(team, '问题清单');
  await house.says(team, '签到 12345');
  await house.says(team, '签到');
  await house.says(team, '退出');
  const browser = await house.as(team);
  for (const path of ['', '/mine', '/findings', `/findings/${finding}`])
    await browser.get(`/desk/c/mixed${path}`);
  await house.says(office, '派暗访');
  await house.says(office, '派暗访 暗访二组 到 城北');
  await house.says(office, '派暗访 抽取 1 由 暗访一组、暗访二组');
  await house.says(office, '撤回暗访');
  for (const words of ['状态', '任务', '逾期', '谁还没报', '问题清单', '台账', '日报'])
    await house.says(office, words);
  await house.says(office, `问题 ${finding}`);
  await house.says(office, `整改 ${finding} 7月20日`);
  await house.says(office, `延期 ${task} 6月26日`);
  const desk = await house.as(office);
  for (const path of ['', '/findings', `/findings/${finding}`, '/activities/covert', '/board'])
    await desk.get(`/desk/c/mixed${path}`);
  await house.says(team, '确认上报');
  await house.says(office, `退回 ${task} 请补充`);
  await house.says(office, `退回上报 ${task} 请补充`);
  await house.says(office, '公布');
}

test('whatever is done in a hidden activity leaves no row that another coordinator can read (JX-4.4)', {
  timeout: 120_000,
}, async () => {
  const house = await openHouse();
  await enrol(house, auditor, { role: 'auditor' });
  const from = await lastSeq(house);
  await doAll(house);
  const others = (await readBy(house, centre, from)).filter(({ who }) => who !== 'centre');
  // That somebody logs in says nothing of it.
  expect(others.filter(({ about }) => !about.startsWith('contact:'))).toEqual([]);
  const words = wordsOf(await (await house.as(centre)).get('/desk/c/mixed/audit?about=command:checkin'));
  expect(words).not.toMatch(/team-a|office/);
  // Its own coordinator and the auditor read all of it.
  for (const urn of [office, auditor]) {
    const seen = (await readBy(house, urn, from)).map(({ about, who }) => `${who} ${about}`);
    for (const one of ['team-a command:ack', 'team-a command:checkin', 'team-a command:finding'])
      expect([urn, seen]).toEqual([urn, expect.arrayContaining([one])]);
    expect(seen).toContain('office command:send');
  }
});

test('what is done in the open stays in the log of all coordinators, and what one asked to see is the auditor’s to read', async () => {
  const house = await openHouse();
  await enrol(house, auditor, { role: 'auditor' });
  const from = await lastSeq(house);
  await house.says('console:inspector-east', '发现问题 西厅无人值守');
  await house.says('console:inspector-east', '任务');
  await house.says('console:inspector-east', '任务', { room: 'console:room/inspection' });
  await house.says(office, '状态', { room: 'console:room/inspection' });
  const rows = (seen: { about: string; who: string }[]) =>
    seen.filter(({ about }) => about.startsWith('command:')).map(({ about, who }) => `${who} ${about}`);
  const heard = ['office command:status', 'inspector-east command:tasks', 'inspector-east command:finding'];
  // What was asked for in a room its people heard, whoever asked: a row that were missing would tell.
  expect(rows(await readBy(house, centre, from))).toEqual(heard);
  expect(rows(await readBy(house, auditor, from))).toEqual([
    ...heard.slice(0, 2),
    'inspector-east command:tasks',
    ...heard.slice(2),
  ]);
  // One's own are there.
  await house.says(centre, '问题清单');
  expect(rows(await readBy(house, centre, from))[0]).toBe('centre command:findings');
});

test('a command is in the log of the campaign in which it acted', async () => {
  const house = await openHouse();
  const text = campaignWith(visits).replace('"id":"mixed"', '"id":"second"');
  const loaded = await loadCampaign(house.database, text, {
    ...{ start: '2026-06-22', path: 'second.yaml', clock: house.clock, console: false },
  });
  expect(loaded.faults).toBeUndefined();
  const number = 1_000_001;
  const inspector = 'console:inspector-east';
  // Newer, published, and this inspector's too: theirs is the campaign in question until they say otherwise.
  await house.query(`UPDATE campaign SET status = 'published', published_at = now() WHERE code = 'second'`);
  await house.query(
    `INSERT INTO membership (contact_id, campaign_id, unit_id, role)
     SELECT $1::uuid, c.id, u.id, 'inspector' FROM campaign c JOIN unit u ON u.campaign_id = c.id
     WHERE c.code = 'second' AND u.code = 'east'`,
    [await house.contactOf(inspector)],
  );
  await house.query(
    `INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, number, due_on)
     SELECT v.id, s.id, t.id, $1::int, '2026-06-30' FROM activity v
     JOIN unit s ON s.campaign_id = v.campaign_id AND s.code = 'east'
     JOIN unit t ON t.campaign_id = v.campaign_id AND t.code = 'west'
     JOIN campaign c ON c.id = v.campaign_id WHERE c.code = 'second' AND v.code = 'mutual'`,
    [number],
  );
  const tasks = await house.query<{ number: number; code: string }>(
    `SELECT a.number, c.code FROM assignment a JOIN activity v ON v.id = a.activity_id
     JOIN campaign c ON c.id = v.campaign_id JOIN unit u ON u.id = a.assignee_unit_id
     WHERE v.code = 'mutual' AND u.code = 'east' ORDER BY c.code`,
  );
  expect(tasks.map(({ code }) => code)).toEqual(['mixed', 'second']);
  for (const { number: task } of tasks) {
    await house.says(inspector, `发现问题 #${task} 窗口无人`);
    // Said again it is refused, and that is about the same task.
    await house.says(inspector, `发现问题 #${task} 窗口无人`);
  }
  const [first] = await house.query<{ number: number }>('SELECT min(number) AS number FROM finding');
  await house.says(inspector, `问题 ${first?.number}`);
  expect(
    await house.query(
      `SELECT a.about, c.code FROM audit a JOIN campaign c ON c.id = a.campaign_id WHERE a.kind = 'command' ORDER BY a.seq`,
    ),
  ).toEqual([
    ...['mixed', 'mixed', 'second', 'second'].map((code) => ({ about: 'command:finding', code })),
    { about: 'command:show', code: 'mixed' },
  ]);
});
