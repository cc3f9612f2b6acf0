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
  return loadCampaign(database, changed, { start, reason, path: 'a.yaml', clock, console: true });
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
