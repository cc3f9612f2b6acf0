import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { languages } from '../../../src/flow/text.ts';
import { packageRoot } from '../../../src/package-root.ts';
import { appendAudit } from '../../../src/store/audit.ts';
import { auditKinds } from '../../../src/store/audit-kinds.ts';
import { runOn } from '../../../src/store/database.ts';
import { wordsOf } from '../survey/house.ts';
import { enrol, type House, openHouse } from './house.ts';

const at = '2026-06-22T02:00:00.000Z';

async function logged(): Promise<House> {
  const house = await openHouse();
  await enrol(house, 'console:auditor', { role: 'auditor' });
  await enrol(house, 'console:whole', { role: 'coordinator' });
  await house.says('console:inspector-east', '发现问题 西厅无人值守');
  await house.says('console:whole', '整改 1 7月20日');
  await house.says('console:whole', '逾期');
  await house.says('console:inspector-west', '逾期');
  return house;
}

test('every kind of event has a name of its own in both languages, and no name is left over', () => {
  for (const language of languages) {
    const words: Record<string, string> = JSON.parse(
      readFileSync(path.join(packageRoot(), 'locales', language, 'web.json'), 'utf8'),
    );
    const named = Object.keys(words).filter((key) => key.startsWith('audit.kind.'));
    expect(named.map((key) => key.slice('audit.kind.'.length)).sort()).toEqual([...auditKinds].sort());
    expect(new Set(named.map((key) => words[key])).size).toBe(auditKinds.length);
  }
});

test('the log in words: who, what, which problem, which stage; and the word of the log beside', async () => {
  const house = await logged();
  const browser = await house.as('console:auditor');
  await browser.get('/desk/c/mixed/units/west');
  const page = await browser.get('/desk/c/mixed/audit');
  const words = wordsOf(page);
  expect(words).toMatch(/whole 下达整改 finding\.ordered 问题1 只看此项 \(问题1\) 状态：待接受/);
  expect(words).toContain('查看看板页面 desk.page 单位：城西');
  expect(words).toMatch(/whole 下达指令 command 指令：逾期 只看此项 \(指令：逾期\) 场合：单独聊天/);
  expect(words).toMatch(/现场发现问题 assignment\.finding-opened .*任务\d+（城东.*）/);
  expect(words).not.toMatch(/[{}"]|\[object|undefined|[0-9a-f]{8}-[0-9a-f]{4}-/);
  const english = wordsOf(await browser.get('/desk/c/mixed/audit?lang=en'));
  expect(english).toMatch(
    /ordered a problem to be put right finding\.ordered problem 1 only this \(problem 1\) State: /i,
  );
  expect(english).not.toMatch(/[{}"]|\[object|undefined|[0-9a-f]{8}-[0-9a-f]{4}-/);
});

test('what is chosen by name narrows the log, and one thing can be followed by itself', async () => {
  const house = await logged();
  const browser = await house.as('console:auditor');
  const ordered = await browser.get('/desk/c/mixed/audit?kind=finding.ordered');
  expect(ordered.text).toContain('<option value="finding.ordered" selected>下达整改</option>');
  const rows = (text: string) => text.match(/<tbody[ >].*<\/tbody>/s)?.[0].match(/<tr[ >]/g)?.length ?? 0;
  expect(rows(ordered.text)).toBe(1);
  // "command" is that alone, and not what begins so.
  await house.says('console:whole', '撤销');
  const one = await browser.get('/desk/c/mixed/audit?about=finding:1');
  expect(wordsOf(one)).toContain('只看问题1的记录 查看全部');
  const kinds = new Set(
    [...one.text.matchAll(/<code class="soft">([^<]+)<\/code>/g)].map((match) => match[1]),
  );
  expect(kinds).toEqual(new Set(['finding.ordered']));
});

test('every kind is shown with whatever it keeps, also ids of what is gone', async () => {
  const house = await logged();
  const [campaign] = await house.query<{ id: string }>('SELECT id::text FROM campaign');
  const by = await house.contactOf('console:whole');
  const gone = '00000000-0000-4000-8000-000000000000';
  const data = {
    from: gone,
    to: by,
    unit: gone,
    days: ['2026-07-01', '2026-07-02'],
    flags: ['core'],
    odd: '{"a":1}',
  };
  const about = `assignment:${gone}`;
  const events = auditKinds.map((kind) => ({ at, by, kind, campaignId: campaign?.id ?? '', about, data }));
  await appendAudit(runOn(house.database.pool), events);
  const browser = await house.as('console:auditor');
  let [href, seen] = ['/desk/c/mixed/audit', ''];
  for (let turn = 0; href !== '' && turn < 10; turn += 1) {
    const page = await browser.get(href);
    expect(page.status).toBe(200);
    seen += page.text;
    href = /<p class="pages"><a href="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  }
  for (const kind of auditKinds) expect(seen).toContain(`<code class="soft">${kind}</code>`);
  expect(seen).toContain('改为：whole');
  expect(seen).toContain('原为：已不存在');
  expect(seen).not.toContain('{&quot;');
});

test('what tells of a hidden visit is there for its own coordinators, and for all who may see the log once it is released', async () => {
  const house = await logged();
  const [activity] = await house.query<{ id: string; campaign: string }>(
    'SELECT id::text, campaign_id::text AS campaign FROM activity WHERE hidden',
  );
  const { id = '', campaign = '' } = activity ?? {};
  const by = await house.contactOf('console:whole');
  const about = `activity:${id}`;
  await appendAudit(runOn(house.database.pool), [
    { at, by, kind: 'secret.seen', campaignId: campaign, about, data: {}, secret: id },
  ]);
  const seen = async (urn: string) =>
    (await (await house.as(urn)).get('/desk/c/mixed/audit?kind=secret.seen')).text.includes(
      '>secret.seen</code>',
    );
  expect([await seen('console:whole'), await seen('console:auditor')]).toEqual([false, true]);
  await house.query('UPDATE activity SET released_at = $2::timestamptz WHERE id = $1::uuid', [id, at]);
  expect([await seen('console:whole'), await seen('console:auditor')]).toEqual([true, true]);
});

test('a command of somebody without a part is nobody’s, not the service’s; a question is named, a time zone too', async () => {
  const house = await logged();
  const [campaign] = await house.query<{ id: string }>('SELECT id::text FROM campaign');
  const [asked] = await house.query<{ id: string; name: string }>(
    `SELECT q ->> 'id' AS id, coalesce(q -> 'title', q -> 'label') #>> '{}' AS name
     FROM flow f, jsonb_array_elements(f.definition -> 'questions') q WHERE f.id LIKE 'mixed/%' AND jsonb_typeof(q -> 'label') = 'string' LIMIT 1`,
  );
  const event = { at, by: null, campaignId: campaign?.id ?? '', data: { question: asked?.id ?? '' } };
  await appendAudit(runOn(house.database.pool), [
    { ...event, kind: 'command', about: 'command:rectify', data: { refused: true } },
    { ...event, kind: 'finding.withdrawn', about: 'finding:1' },
  ]);
  const browser = await house.as('console:auditor');
  const words = wordsOf(await browser.get('/desk/c/mixed/audit'));
  expect(words).toMatch(/无身份人员 下达指令/);
  expect(words).not.toMatch(/系统 下达指令/);
  expect(words).toContain(`检查项：${asked?.name}`);
  const settings = wordsOf(await browser.get('/desk/c/mixed/settings'));
  expect(settings).toContain('时区 中国标准时间');
  expect(settings).not.toContain('Asia/');
});
