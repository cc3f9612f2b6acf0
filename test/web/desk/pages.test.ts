import { describe, expect, test } from 'vitest';
import { type PageName, type Part, pageNames, reachOn } from '../../../src/roles.ts';
import { campaignPages } from '../../../src/web/desk/routes.ts';
import { type Answer, wordsOf } from '../survey/house.ts';
import { enrol, type House, openHouse } from './house.ts';

/** One of each part, and of people with a part in a unit one of its own and one of another. */
const cast: Record<Part, string> = {
  coordinator: 'console:whole',
  activity: 'console:centre',
  inspector: 'console:inspector-west',
  liaison: 'console:liaison-west',
  leader: 'console:leader-west',
  'leading-group': 'console:group',
  auditor: 'console:auditor',
  operator: 'console:operator',
};

async function fullHouse(): Promise<House> {
  const house = await openHouse();
  await enrol(house, cast.coordinator, { role: 'coordinator' });
  await enrol(house, cast.leader, { role: 'leader', unit: 'west' });
  await enrol(house, cast['leading-group'], { role: 'leader' });
  await enrol(house, cast.auditor, { role: 'auditor' });
  await enrol(house, cast.operator, { role: 'operator' });
  // A problem at 城西, found by 城东 in the open inspection.
  await house.says('console:inspector-east', '发现问题 西厅无人值守');
  return house;
}

/** The addresses of a page: of a unit, an own one (城西) and one of others. */
const addresses: Record<PageName, { own: string; other?: string }> = {
  home: { own: '/desk' },
  mine: { own: '/mine' },
  overview: { own: '' },
  board: { own: '/units' },
  unit: { own: '/units/west', other: '/units/south' },
  activity: { own: '/activities/mutual' },
  findings: { own: '/findings' },
  finding: { own: '/findings/1' },
  satisfaction: { own: '/satisfaction', other: '/satisfaction?unit=south' },
  people: { own: '/people' },
  queue: { own: '/queue' },
  audit: { own: '/audit' },
  settings: { own: '/settings' },
};

test('every page has an address here, and every address a page', () => {
  expect(new Set(campaignPages.map(({ name }) => name))).toEqual(
    new Set(pageNames.filter((name) => name !== 'home')),
  );
});

test('every part on every page: it opens, or is refused with a sentence and kept in the log', {
  timeout: 120_000,
}, async () => {
  const house = await fullHouse();
  const seen: Record<string, string> = {};
  const expected: Record<string, string> = {};
  for (const [part, urn] of Object.entries(cast) as [Part, string][]) {
    const browser = await house.as(urn);
    for (const name of pageNames.filter((one) => one !== 'home')) {
      const { own, other } = addresses[name];
      const reach = reachOn(name, part);
      seen[`${name}, ${part}`] = said(await browser.get(`/desk/c/mixed${own}`));
      expected[`${name}, ${part}`] = reach === null ? 'refused' : 'opens';
      if (reach === null) await expectNoted(house, urn, name);
      if (other === undefined) continue;
      seen[`${name} of others, ${part}`] = said(await browser.get(`/desk/c/mixed${other}`));
      expected[`${name} of others, ${part}`] = reach === 'campaign' ? 'opens' : 'refused';
    }
  }
  // Whoever inspects elsewhere knows nothing of a problem that others found; 城西 answers for it.
  expected['finding, inspector'] = 'not found';
  expect(seen).toEqual(expected);
  expect(JSON.stringify(house.logged)).toBe('[]');
});

function said(page: Answer): string {
  if (page.status === 200) return 'opens';
  if (page.status === 403 && wordsOf(page).includes('不在您的职责范围内')) return 'refused';
  if (page.status === 404 && wordsOf(page).includes('没有这个页面')) return 'not found';
  return `${page.status} ${wordsOf(page)}`;
}

async function expectNoted(house: House, urn: string, name: PageName): Promise<void> {
  const [row] = await house.query<{ about: string; by: string; refused: boolean }>(
    `SELECT about, body ->> 'by' AS by, (body -> 'data' ->> 'refused')::boolean AS refused
     FROM audit WHERE kind = 'desk.page' ORDER BY seq DESC LIMIT 1`,
  );
  expect(row).toEqual({ about: `page:${name}`, by: await house.contactOf(urn), refused: true });
}

test('the campaigns of others are as none', async () => {
  const house = await fullHouse();
  await house.query(
    `INSERT INTO campaign (code, title, zone, definition, start_on, status)
     SELECT 'elsewhere', '"别处"', zone, definition, start_on, 'published' FROM campaign`,
  );
  const browser = await house.as(cast.coordinator);
  const [theirs, none] = [await browser.get('/desk/c/elsewhere'), await browser.get('/desk/c/nowhere')];
  expect([theirs.status, none.status]).toEqual([404, 404]);
  expect(theirs.text.replaceAll('elsewhere', 'nowhere')).toBe(none.text);
  const everybody = 'console:everywhere';
  await enrol(house, everybody, { role: 'coordinator', everywhere: true });
  expect(wordsOf(await (await house.as(everybody)).get('/desk'))).toContain('别处');
});

describe('what stands on the pages', () => {
  test('overview: tasks, problems by lamp, and the day', async () => {
    const house = await fullHouse();
    const words = wordsOf(await (await house.as(cast.coordinator)).get('/desk/c/mixed'));
    expect(words).toContain('数据截至6月22日10:00');
    expect(words).toContain('已上报任务 0/3 任务共3项');
    expect(words).toMatch(/未销号问题 1 /);
    expect(words).toContain('待协调单位处理 1');
    expect(words).not.toMatch(/covert|保密/);
  });

  test('filters stand in the address, hold over pages of the other language, and narrow', async () => {
    const house = await fullHouse();
    const browser = await house.as(cast.coordinator);
    const all = wordsOf(await browser.get('/desk/c/mixed/findings'));
    expect(all).toContain('西厅无人值守');
    const page = await browser.get('/desk/c/mixed/findings?q=西厅&lamp=waiting&severity=minor');
    expect(wordsOf(page)).toContain('西厅无人值守');
    expect(page.text).toMatch(/name="q" type="search" value="西厅"/);
    expect(page.text).toContain('<option value="waiting" selected>');
    expect(page.text).toMatch(
      /href="[^"]*q=%E8%A5%BF%E5%8E%85&amp;lamp=waiting&amp;severity=minor&amp;lang=en"/,
    );
    for (const query of ['q=东厅', 'lamp=0', 'lamp=2', 'severity=grave', 'status=closed', 'stage=ordered'])
      expect([query, wordsOf(await browser.get(`/desk/c/mixed/findings?${query}`))]).toEqual([
        query,
        expect.stringContaining('没有符合条件的问题。'),
      ]);
    const units = wordsOf(await browser.get('/desk/c/mixed/units?q=城西'));
    expect(units).toContain('城西便民服务中心 待协调单位处理 未销号1个 任务0/1');
    expect(units).toContain('共1项');
    expect(wordsOf(await browser.get('/desk/c/mixed/units?kind=window'))).toContain('没有符合条件的单位。');
    const tasks = wordsOf(await browser.get('/desk/c/mixed/activities/mutual?q=城南'));
    expect(tasks).toContain('共2项');
  });

  test('an order lights a lamp on the board, and its history stands on the page of the problem', async () => {
    const house = await fullHouse();
    await house.says('console:centre', '整改 1 6月24日 安排AB岗');
    const browser = await house.as(cast.coordinator);
    expect(wordsOf(await browser.get('/desk/c/mixed/units?lamp=1'))).toContain('城西便民服务中心 ▲ 临近期限');
    expect(wordsOf(await browser.get('/desk/c/mixed/units?lamp=2'))).toContain('没有符合条件的单位。');
    const words = wordsOf(await browser.get('/desk/c/mixed/findings/1'));
    expect(words).toMatch(/进展 待接受/);
    expect(words).toContain('整改要求 安排AB岗');
    expect(words).toMatch(/办理过程 6月22日10:00 centre/);
  });

  test('in English, as the person is spoken to or as the address says', async () => {
    const house = await fullHouse();
    const browser = await house.as(cast.coordinator);
    const page = await browser.get('/desk/c/mixed?lang=en');
    expect(wordsOf(page)).toContain('Figures as of 22 June 10:00');
    expect(page.text).toContain('href="/desk/c/mixed/findings?lang=en"');
    await house.query(`UPDATE contact SET language = 'en' WHERE title = '"whole"'`);
    expect((await browser.get('/desk/c/mixed')).text).toContain('<html lang="en">');
    for (const { own } of Object.values(addresses).slice(1)) {
      const words = wordsOf(await browser.get(`/desk/c/mixed${own}`));
      expect([own, /web:|ledger:|commands:|results:|undefined|\{\{/.exec(words)?.[0]]).toEqual([
        own,
        undefined,
      ]);
    }
  });

  test('nothing that the address says is taken for markup or SQL', async () => {
    const house = await fullHouse();
    const browser = await house.as(cast.coordinator);
    const odd = `"><img src=x>' OR 1=1 --\u0000%`;
    for (const [path, names] of [
      ['/findings', ['q', 'status', 'lamp', 'stage', 'severity', 'unit', 'page']],
      ['/units', ['q', 'kind', 'lamp', 'under', 'page']],
      ['/people', ['q', 'role', 'page']],
      ['/audit', ['kind', 'about', 'before']],
      ['/activities/mutual', ['q', 'state', 'page']],
    ] as const)
      for (const name of names) {
        const page = await browser.get(
          `/desk/c/mixed${path}?${new URLSearchParams({ [name]: odd })}&${name}=b`,
        );
        const one = await browser.get(`/desk/c/mixed${path}?${new URLSearchParams({ [name]: odd })}`);
        expect([path, name, page.status, one.status]).toEqual([path, name, 200, 200]);
        expect(one.text).not.toContain('<img src=x>');
      }
    for (const path of [
      '/findings/0',
      '/findings/99999999999',
      '/findings/1x',
      '/units/..%2f',
      '/activities/%00',
    ])
      expect([path, (await browser.get(`/desk/c/mixed${path}`)).status]).toEqual([path, 404]);
    expect((await browser.get('/desk/c/mixed/units/%ff')).status).toBe(400);
    expect(wordsOf(await browser.get('/desk/c/mixed/nothing'))).toContain('没有这个页面');
    expect(JSON.stringify(house.logged)).toBe('[]');
  });

  test('a page that a list has not, and a choice that a filter has not: said, and what there is is shown', async () => {
    const house = await fullHouse();
    const browser = await house.as(cast.coordinator);
    for (const [path, count] of [
      ['/findings', '共1项，第1/1页'],
      ['/units', '共3项，第1/1页'],
      ['/activities/mutual', '共3项，第1/1页'],
      ['/people', '第1/1页'],
    ] as const) {
      const words = wordsOf(await browser.get(`/desk/c/mixed${path}?page=999999`));
      expect([path, words]).toEqual([path, expect.stringContaining('没有第999999页，这里是最后一页。')]);
      expect([path, words]).toEqual([path, expect.stringContaining(count)]);
    }
    const odd = wordsOf(await browser.get('/desk/c/mixed/findings?status=zzz'));
    expect(odd).toContain('“范围”没有“zzz”这一选项，未按它筛选。');
    expect(odd).toContain('西厅无人值守');
    expect(wordsOf(await browser.get('/desk/c/mixed/findings?status=open'))).not.toContain('未按它筛选');
  });

  test('of more problems than a page lists all are counted, and a link leads to them', async () => {
    const house = await fullHouse();
    await house.query(
      `INSERT INTO finding SELECT (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(), 'number', n))).*
       FROM finding f, generate_series(2, 60) n`,
    );
    const browser = await house.as(cast.leader);
    const unit = await browser.get('/desk/c/mixed/units/west');
    expect(wordsOf(unit)).toContain('未销号问题（60个）');
    expect(wordsOf(unit)).toContain('共60项，以上为前50项。');
    expect(wordsOf(await browser.get('/desk/c/mixed/mine'))).toContain('共60项，以上为前50项。');
    const [, all = ''] = /href="([^"]+)">查看全部</.exec(unit.text) ?? [];
    const list = await browser.get(all.replaceAll('&amp;', '&'));
    expect(wordsOf(list)).toContain('城西');
    expect(wordsOf(list)).toContain('共60项，第1/2页');
    expect(wordsOf(await browser.get('/desk/c/mixed/findings?unit=nowhere'))).toContain(
      '“单位”没有“nowhere”这一选项，未按它筛选。',
    );
  });

  test('tasks that are due on one day stand by their numbers', async () => {
    const house = await fullHouse();
    await house.query(
      `UPDATE assignment a SET number = 100 - a.number FROM activity v WHERE v.id = a.activity_id AND v.code = 'mutual'`,
    );
    const { text } = await (await house.as(cast.coordinator)).get('/desk/c/mixed/activities/mutual');
    const numbers = [...text.matchAll(/<th role="rowheader"[^>]*>(\d+)</g)].map(([, number]) =>
      Number(number),
    );
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
    expect(numbers).toHaveLength(3);
  });

  test('no link leads to a refusal: every page that somebody can open, and every address on it', {
    timeout: 120_000,
  }, async () => {
    const house = await fullHouse();
    // A window under 城西, which its liaison and inspector have no part in.
    await house.query(
      `INSERT INTO unit (campaign_id, code, name, kind, aliases, parent_id)
       SELECT campaign_id, 'west-window', '"城西一号窗口"', 'window', '{}', id FROM unit WHERE code = 'west'`,
    );
    const refused: string[] = [];
    for (const [part, urn] of Object.entries(cast)) {
      const browser = await house.as(urn);
      for (const { own } of Object.values(addresses).slice(1)) {
        const page = await browser.get(`/desk/c/mixed${own}`);
        if (page.status !== 200) continue;
        for (const [, href = ''] of page.text.matchAll(/href="(\/desk\/c\/[^"#]*)"/g)) {
          const { status } = await browser.get(href.replaceAll('&amp;', '&'));
          if (status !== 200) refused.push(`${part} on ${own}: ${href} ${status}`);
        }
      }
    }
    expect([...new Set(refused)]).toEqual([]);
    const leader = wordsOf(await (await house.as(cast.leader)).get('/desk/c/mixed/units/west'));
    expect(leader).toContain('城西一号窗口');
    expect((await (await house.as(cast.leader)).get('/desk/c/mixed/units/west')).text).toContain(
      '/windows/west-window',
    );
  });

  test('who reads as the leading group is called so, and can be looked for', async () => {
    const house = await fullHouse();
    const mine = wordsOf(await (await house.as(cast['leading-group'])).get('/desk/c/mixed/mine'));
    expect(mine).toContain('您的职责：领导小组');
    const browser = await house.as(cast.coordinator);
    const found = wordsOf(await browser.get('/desk/c/mixed/people?role=leading-group'));
    expect(found).toMatch(/group 领导小组 —/);
    expect(found).not.toContain('leader-west');
    const heads = wordsOf(await browser.get('/desk/c/mixed/people?role=leader'));
    expect(heads).toMatch(/leader-west 单位负责人/);
    expect(heads).not.toMatch(/group 领导小组 —/);
  });

  test('pages are small: at most 100 kB with style and script', async () => {
    const house = await fullHouse();
    await house.query(
      `INSERT INTO finding (campaign_id, unit_id, problem, opened_at, due_on, stage)
       SELECT u.campaign_id, u.id, to_jsonb(repeat('窗口无人值守，群众等候较久。', 12) || n), now(), '2026-06-24', 'ordered'
       FROM unit u, generate_series(1, 60) n WHERE u.code = 'west'`,
    );
    const browser = await house.as(cast.coordinator);
    for (const [name, { own }] of Object.entries(addresses)) {
      const page = await browser.get(name === 'home' ? own : `/desk/c/mixed${own}`);
      let bytes = Buffer.byteLength(page.text);
      for (const [, path = ''] of page.text.matchAll(/(?:href|src)="(\/desk\/[0-9a-f]{10}\/[^"]+)"/g)) {
        const asset = await browser.get(path);
        expect(asset.headers.get('cache-control')).toContain('immutable');
        bytes += Buffer.byteLength(asset.text);
      }
      expect([name, bytes <= 100_000 ? 'fits' : bytes]).toEqual([name, 'fits']);
    }
  });
});

describe('messages that were set aside', () => {
  test('are shown by number, can be tried again, and secret ones are not there', async () => {
    const house = await fullHouse();
    await house.query(
      `INSERT INTO outbox (channel, address, priority, say, created_at, due_at, status, attempts, fault, secret)
       SELECT 'slack', 'slack:T1/U' || n, 0, '{"lines":[{"text":"私房话"}]}', now(), now(), 'dead', 5, 'channel_not_found',
         CASE WHEN n = 2 THEN (SELECT id FROM activity WHERE hidden) END FROM generate_series(1, 2) n`,
    );
    const browser = await house.as(cast.operator);
    const page = await browser.get('/desk/c/mixed/queue');
    const names = [...page.text.matchAll(/name="name" value="([^"]+)"/g)].map(([, name]) => name ?? '');
    expect(names).toHaveLength(1);
    expect(wordsOf(page)).not.toMatch(/私房话|T1\/U/);
    const foreign = await browser.post(
      '/desk/c/mixed/queue',
      { name: names[0] ?? '' },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(foreign.status).toBe(403);
    const [{ name: secret } = { name: '' }] = await house.query<{ name: string }>(
      `SELECT 'out' || coalesce(trim_scale(shown), seq) AS name FROM outbox WHERE secret IS NOT NULL`,
    );
    const statuses = () => house.query(`SELECT status FROM outbox WHERE address LIKE 'slack:%' ORDER BY seq`);
    await browser.post('/desk/c/mixed/queue', { name: secret });
    expect(await statuses()).toEqual([{ status: 'dead' }, { status: 'dead' }]);
    const done = await browser.post('/desk/c/mixed/queue', { name: names[0] ?? '' });
    expect(done.status).toBe(303);
    expect(await statuses()).toEqual([{ status: 'waiting' }, { status: 'dead' }]);
    const refused = await (await house.as(cast.liaison)).post('/desk/c/mixed/queue', {
      name: names[0] ?? '',
    });
    expect(refused.status).toBe(403);
  });

  test('of more than the page lists all are counted, and the last can be tried again by name', async () => {
    const house = await fullHouse();
    await house.query(
      `INSERT INTO outbox (channel, address, priority, say, created_at, due_at, status, attempts, fault)
       SELECT 'slack', 'slack:T1/U' || n, 0, '{"lines":[]}', now(), now(), 'dead', 5, 'channel_not_found' FROM generate_series(1, 1101) n`,
    );
    const browser = await house.as(cast.operator);
    expect(wordsOf(await browser.get('/desk/c/mixed/queue'))).toContain('共1101项，以上为前100项');
    const [{ name } = { name: '' }] = await house.query<{ name: string }>(
      `SELECT 'out' || coalesce(trim_scale(shown), seq) AS name FROM outbox WHERE address = 'slack:T1/U1101'`,
    );
    await browser.post('/desk/c/mixed/queue', { name });
    expect(await house.query(`SELECT status FROM outbox WHERE address = 'slack:T1/U1101'`)).toEqual([
      { status: 'waiting' },
    ]);
  });
});
