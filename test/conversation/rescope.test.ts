import { describe, expect, test } from 'vitest';
import { type Loaded, loadCampaign } from '../../src/conversation/load.ts';
import { sendDueReminders } from '../../src/conversation/remind.ts';
import { post } from '../../src/conversation/wording.ts';
import { campaignText, load, openStage, outbox, publish, type Stage, start } from './campaign-stage.ts';
import { stage as talkingStage } from './stage.ts';

const now = '2026-06-22T10:00:00+08:00';
const text = await campaignText('../test/campaign/three-halls');
const later = text.replace('workdays: 5', 'workdays: 7');
const earlier = text.replace('workdays: 5', 'workdays: 3');

function again({ database, clock }: Stage, changed: string, reason?: string): Promise<Loaded> {
  return loadCampaign(database, changed, { start, reason, path: 'campaigns/a.yaml', clock, console: true });
}

function said(loaded: Loaded): string[] {
  const told = loaded.faults ?? loaded.warnings;
  return told.map(({ line, sentence }) => `${line} ${post({ lines: [sentence] }, 'zh-CN').text}`);
}

async function published(): Promise<Stage> {
  const stage = await openStage(now);
  expect((await publish(stage, await load(stage, text))).kind).toBe('published');
  return stage;
}

const versions = (stage: Stage) =>
  stage.query<{ version: number; reason: string | null }>(
    'SELECT version, reason FROM campaign_version ORDER BY version',
  );

describe('a published campaign, loaded again', () => {
  test('as it was: nothing changes, no version is made', async () => {
    const stage = await published();
    expect(await again(stage, text)).toMatchObject({ version: { kind: 'unchanged' } });
    expect(await versions(stage)).toEqual([{ version: 1, reason: null }]);
    expect(await outbox(stage, 'scope:')).toEqual([]);
  });

  test('wider, without a reason: refused, with each place and what to do, and nothing of it stays', async () => {
    const stage = await published();
    const before = await stage.query('SELECT definition, loaded_at FROM campaign');
    const loaded = await again(
      stage,
      earlier.replace(
        'problem: 窗口不整洁 }',
        'problem: 窗口不整洁 }\n      - { id: more, type: text, label: 还有什么？ }',
      ),
    );
    expect(said(loaded)).toEqual([
      '5 “minimal”已经发布，范围已锁定，不得扩大（政府督查工作条例第十五条）。以下各处属于扩大：请改回；确需扩大的，请写明理由：--reason "理由"。',
      '5 窗口互查：截止日期由2026年6月29日（周一）提前到2026年6月25日（周四）',
      '5 窗口互查：新增题目1道：还有什么？',
    ]);
    expect(await stage.query('SELECT definition, loaded_at FROM campaign')).toEqual(before);
    expect(await versions(stage)).toHaveLength(1);
    expect(await stage.query('SELECT DISTINCT due_on FROM assignment')).toEqual([{ due_on: '2026-06-29' }]);
  });

  test('narrower: taken without a reason; days, reminders and the people follow', async () => {
    const stage = await published();
    expect(await again(stage, later)).toMatchObject({
      version: { kind: 'applied', version: 2, moved: 3, added: 0, withdrawn: 0 },
    });
    expect(await versions(stage)).toEqual([
      { version: 1, reason: null },
      { version: 2, reason: null },
    ]);
    expect(
      await stage.query(
        `SELECT DISTINCT a.due_on, a.remind_at, v.due_on AS activity FROM assignment a JOIN activity v ON v.id = a.activity_id`,
      ),
    ).toEqual([
      { due_on: '2026-07-01', remind_at: new Date('2026-06-26T01:00:00Z'), activity: '2026-07-01' },
    ]);
    const told = await outbox(stage, 'scope:');
    expect(told.map(({ address, text: words }) => [address, words])).toEqual([
      [
        'console:room/inspection',
        '【窗口互查】方案已更新（第2版）。\n窗口互查：截止日期由2026年6月29日（周一）推迟到2026年7月1日（周三）。\n各自的任务另发私信，未提到的任务不变。',
      ],
      [
        'console:coordinator',
        '【窗口互查】方案已更新（第2版）。\n窗口互查：截止日期由2026年6月29日（周一）推迟到2026年7月1日（周三）。',
      ],
      [
        'console:inspector-1',
        '【窗口互查】方案已更新（第2版）。\n日期有变：城东便民服务中心检查城西便民服务中心（窗口互查），请于2026年7月1日（周三）前完成并上报（含当日）。',
      ],
      [
        'console:inspector-2',
        '【窗口互查】方案已更新（第2版）。\n日期有变：城西便民服务中心检查城南便民服务中心（窗口互查），请于2026年7月1日（周三）前完成并上报（含当日）。',
      ],
    ]);
  });

  test('wider with a reason: a new version, the reason told to all; new tasks come as they did at first', async () => {
    const stage = await published();
    const more = text
      .replace('people:', '  - { id: north, name: 城北便民服务中心, kind: hall }\npeople:')
      .replace(
        '{ inspector: 城南, inspected: 城东 }',
        '{ inspector: 城南, inspected: north }\n      - { inspector: north, inspected: 城东 }',
      );
    const loaded = await again(stage, more, '群众反映集中');
    expect(loaded).toMatchObject({
      version: { kind: 'applied', version: 2, added: 2, withdrawn: 1, moved: 0, kept: 0 },
    });
    expect(await versions(stage)).toMatchObject([{ version: 1 }, { version: 2, reason: '群众反映集中' }]);
    const [row] = await stage.query<{ withdrawn: unknown[] }>(
      'SELECT withdrawn FROM campaign_version WHERE version = 2',
    );
    expect(row?.withdrawn).toMatchObject([
      { assigneeUnit: 'south', targetUnit: 'east', dueOn: '2026-06-29' },
    ]);
    expect((await outbox(stage, 'scope:'))[0]?.text).toBe(
      '【窗口互查】方案已更新（第2版）。\n更新理由：群众反映集中\n新增单位1个：城北便民服务中心。\n窗口互查：新增检查对象1个：城北便民服务中心。\n各自的任务另发私信，未提到的任务不变。',
    );
    expect(await again(stage, more)).toMatchObject({ version: { kind: 'unchanged' } });
  });

  test('at night it is told in the morning', async () => {
    const stage = await published();
    stage.clock.set('2026-06-22T23:00:00+08:00');
    await again(stage, later);
    expect(new Set((await outbox(stage, 'scope:')).map(({ dueAt }) => dueAt))).toEqual(
      new Set(['2026-06-23T00:00:00.000Z']),
    );
  });

  test('a reminder already sent comes again before the later day, to the same people', async () => {
    const stage = await published();
    const tick = () => sendDueReminders(stage, 100);
    stage.clock.set('2026-06-24T09:30:00+08:00');
    await tick();
    expect(await outbox(stage, 'remind:')).toHaveLength(2);
    await again(stage, later);
    stage.clock.set('2026-06-26T09:30:00+08:00');
    await tick();
    expect(
      (await outbox(stage, 'remind:'))
        .map(({ key }) => key?.replace(/^remind:[^:]+:([^:]+):[^@]+/, '$1'))
        .sort(),
    ).toEqual(['before-3', 'before-3', 'before-3@1', 'before-3@1']);
  });

  test('what has been begun is not taken back', async () => {
    const talk = await talkingStage({ now, campaign: { text } });
    await talk.says('console:inspector-1', '签到');
    const fewer = text
      .replace('      - { inspector: 城东, inspected: 城西 }\n', '')
      .replace('{ inspector: 城西, inspected: 城南 }', '{ inspector: 城南, inspected: 城西 }')
      .replace('{ inspector: 城南, inspected: 城东 }', '{ inspector: 城西, inspected: 城南 }');
    expect(await again(talk, fewer)).toMatchObject({
      version: { kind: 'applied', kept: 1, withdrawn: 1, added: 1 },
    });
    expect(await talk.query(`SELECT count(*)::int AS n FROM assignment`)).toEqual([{ n: 3 }]);
  });

  test('of two at once each makes its own version', async () => {
    const stage = await published();
    const [one, other] = await Promise.all([
      again(stage, later),
      again(stage, text.replace('workdays: 5', 'workdays: 9')),
    ]);
    expect([one.faults ?? other.faults ?? []].flat().map(({ sentence }) => sentence.key)).toEqual(
      // The one that came second may find itself widening what the first had narrowed.
      one.faults === undefined && other.faults === undefined
        ? []
        : ['files:scope.refused', 'files:scope.deadline.earlier'],
    );
    const made = (await versions(stage)).map(({ version }) => version);
    expect(made).toEqual(made.map((_, index) => index + 1));
  });
});

describe('covert visits that were sent or drawn after the publication', async () => {
  const full = await campaignText('jiaxing-2014-full');
  const coordinator = 'console:coordinator-covert';
  const visits = (talk: Stage) =>
    talk.query<{ target: string; due: string; report: string | null; days: string[] }>(
      `SELECT t.code AS target, a.due_on AS due, a.report_on AS report, a.days FROM assignment a
       JOIN activity v ON v.id = a.activity_id AND v.code = 'covert'
       JOIN unit t ON t.id = a.target_unit_id ORDER BY t.code`,
    );
  /** The deadline of one activity, changed. */
  const moved = (id: string, workdays: number) => {
    const from = full.indexOf(`  - id: ${id}`);
    const place = full.indexOf('deadline: { workdays: 17 }', from);
    return `${full.slice(0, place)}deadline: { workdays: ${workdays} }${full.slice(place + 26)}`;
  };
  const without = (id: string) => {
    const from = full.indexOf(`  - id: ${id} #`);
    const next = full.indexOf('  # JX-2.5: 领导小组届时', from);
    return full.slice(0, from) + full.slice(next);
  };

  async function sent() {
    const talk = await talkingStage({ now: '2026-06-30T09:00:00+08:00', campaign: { text: full } });
    await talk.says(coordinator, '派暗访 市发展改革委 到 市公安局');
    await talk.says(coordinator, '派暗访 市发展改革委 到 市民政局，7月6日');
    const begun = (await talk.says(coordinator, '派暗访 抽取 2 由 市发展改革委')).map(
      ({ text: said }) => said,
    );
    const code = /抽签([0-9A-Z]{6})已登记/.exec(begun.join())?.[1] ?? expect.fail(begun.join());
    // Whoever is visited already is not to be drawn, so that all that is drawn is sent.
    for (const unit of ['市公安局', '市民政局', '市发展改革委'])
      await talk.says(coordinator, `抽签 排除 ${code} ${unit} 原因：已有安排`);
    await talk.says(coordinator, `抽签 抽取 ${code}`);
    await talk.says(coordinator, `派暗访 ${code}`);
    const before = await visits(talk);
    expect(before).toHaveLength(4);
    expect(before.every(({ due, days }) => due === (days[0] ?? '2026-07-15'))).toBe(true);
    return { talk, before };
  }

  test('stay as they are when another activity gets another day, and nobody is told otherwise', async () => {
    const { talk, before } = await sent();
    expect(await again(talk, moved('accompany', 18))).toMatchObject({
      version: { kind: 'applied', withdrawn: 0, kept: 0 },
    });
    expect(await visits(talk)).toEqual(before);
    const told = await outbox(talk, 'scope:');
    expect(told.map(({ text: said }) => said).join()).not.toMatch(/不再需要|市公安局|市民政局/);
  });

  test('follow the day of their own activity, but for the day that was settled', async () => {
    const { talk, before } = await sent();
    await again(talk, moved('covert', 18));
    expect(await visits(talk)).toEqual(
      before.map((visit) =>
        visit.days.length > 0 ? { ...visit, report: '2026-07-16' } : { ...visit, due: '2026-07-16' },
      ),
    );
  });

  test('go with their activity, which whoever makes them is told in private', async () => {
    const { talk, before } = await sent();
    expect(await again(talk, without('covert'))).toMatchObject({ version: { withdrawn: before.length } });
    expect(await visits(talk)).toEqual([]);
    const told = (await outbox(talk, 'scope:')).filter(({ text: said }) => said.includes('市公安局'));
    expect(told.map(({ address }) => address)).toEqual(['console:accompany-1']);
    expect(told[0]?.text).toContain('不再需要：市发展改革委');
  });

  test('go with their unit', async () => {
    const { talk, before } = await sent();
    const gone = before.find(({ days }) => days.length === 0)?.target ?? '';
    expect(gone).toBe('window-unit-04');
    const fewer = full.replace(/^.*id: window-unit-04,.*\n/m, '').replace('      - window-unit-04\n', '');
    const loaded = await again(talk, fewer);
    expect(loaded).toMatchObject({ version: { kind: 'applied' } });
    expect((await visits(talk)).map(({ target }) => target)).not.toContain(gone);
  });
});

test('days at the windows that were handed in are not taken back with the task; what nobody touched is (JX-2.4)', async () => {
  const full = await campaignText('jiaxing-2014-full');
  const talk = await talkingStage({ campaign: { text: full } });
  await talk.says('console:experience-1', '安排 7月1日至7月3日');
  const fewer = full.replace('      - window-unit-02\n      - window-unit-03\n', '');
  expect(fewer).not.toBe(full);
  expect(await again(talk, fewer)).toMatchObject({
    version: { kind: 'applied', kept: 1, withdrawn: 1 },
  });
  expect(
    await talk.query(
      `SELECT t.code, a.days FROM assignment a JOIN unit t ON t.id = a.target_unit_id
       WHERE t.code IN ('window-unit-02', 'window-unit-03')`,
    ),
  ).toEqual([{ code: 'window-unit-02', days: ['2026-07-01', '2026-07-02', '2026-07-03'] }]);
});

test('a drawn matrix stays where it was when the activities are put in another order', async () => {
  const coordinator = 'console:coordinator';
  const [head = '', body = '', flows = ''] = text.split(/(?=^(?:activities|flows):$)/m);
  const given = body
    .replace('activities:\n', '')
    .replace('id: mutual', 'id: given')
    .replace('窗口互查', '走访');
  const drawn = body
    .replace('activities:\n', '')
    .replace(/ {4}pairs:\n(?: {6}- .*\n)+/, '    participants: [centre, east, west, south]\n');
  const [first, other] = [
    [given, drawn],
    [drawn, given],
  ].map((order) => `${head}activities:\n${order.join('')}${flows}`);
  const talk = await talkingStage({ now, campaign: { text: first ?? '', published: false } });
  const begun = (await talk.says(coordinator, '抽签 交叉')).map(({ text: said }) => said).join();
  await talk.says(
    coordinator,
    `抽签 抽取 ${/抽签([0-9A-Z]{6})已登记/.exec(begun)?.[1] ?? expect.fail(begun)}`,
  );
  expect(await publish(talk, talk.campaignId)).toMatchObject({ kind: 'published', assignments: 7 });
  const definition = () =>
    talk.query<{ pairs: unknown[] }>(
      `SELECT v ->> 'id' AS id, v -> 'pairs' AS pairs FROM campaign, jsonb_array_elements(definition -> 'activities') v`,
    );
  const before = await definition();
  expect(before.map(({ pairs }) => pairs.length)).toEqual([3, 4]);
  expect(await again(talk, other ?? '')).toMatchObject({ version: { kind: 'unchanged' } });
  expect(await definition()).toEqual(before);
});

describe('inspections of one unit by several campaigns in one period', () => {
  const other = text
    .replace('id: minimal', 'id: second')
    .replace('title: 窗口互查\nnotice', 'title: 环境检查\nnotice');

  test('are warned about when the second is loaded, and not when they are apart or the unit is another', async () => {
    const stage = await published();
    const loaded = await again(stage, other);
    expect(said(loaded)).toEqual([
      '1 窗口互查的窗口互查也检查城东便民服务中心、城南便民服务中心、城西便民服务中心，时间重叠（2026年6月22日（周一）至2026年6月29日（周一））。请与其协调单位商量合并或错开（政府督查工作条例第十五条）。',
    ]);
    const apart = await loadCampaign(stage.database, other, {
      start: '2026-07-06',
      path: 'a.yaml',
      clock: stage.clock,
    });
    expect(said(apart)).toEqual([]);
    const elsewhere = other.replaceAll('便民服务中心, kind: hall', '便民服务大厅, kind: hall');
    expect(said(await again(stage, elsewhere))).toEqual([]);
  });
});
