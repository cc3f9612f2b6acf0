import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import { readCampaignFile } from '../../src/campaign/load.ts';
import { planOf, sizeOf, usualPublication } from '../../src/campaign/plan.ts';
import { filesIn } from '../../src/campaign-files.ts';
import { planDocument, planLines } from '../../src/report/plan.ts';

const folder = new URL('../../campaigns/', import.meta.url);

function load(text: string, start = '2026-06-22'): Campaign {
  const { campaign, faults } = readCampaignFile(text, { start, open: filesIn(folder.pathname) });
  return campaign ?? expect.fail(JSON.stringify(faults));
}

const halls = readFileSync(new URL('three-halls.yaml', import.meta.url), 'utf8');

describe('a dry run', () => {
  const campaign = load(halls);
  const plan = planOf(campaign, usualPublication(campaign));

  test('says who gets what when: tasks, workdays, each reminder with its instant, where the report goes', () => {
    expect(plan).toMatchObject({
      publishedAt: '2026-06-22T01:00:00.000Z',
      toldAt: '2026-06-22T01:00:00.000Z',
      digestAt: '2026-06-30T01:00:00.000Z',
      activities: [
        {
          id: 'mutual',
          batches: [
            {
              dueOn: '2026-06-29',
              workdays: 5,
              reminders: [
                { step: 'before-3', at: '2026-06-24T01:00:00.000Z' },
                { step: 'before-1', at: '2026-06-26T01:00:00.000Z' },
                { step: 'before-0', at: '2026-06-29T01:00:00.000Z' },
                { step: 'overdue-2026-06-30', at: '2026-06-30T01:00:00.000Z' },
              ],
              assignments: [
                { assignee: 'east', target: 'west', receivers: [{ unit: 'centre', contact: null }] },
                { assignee: 'west', target: 'south', receivers: [{ unit: 'centre', contact: null }] },
                { assignee: 'south', target: 'east', receivers: [{ unit: 'centre', contact: null }] },
              ],
            },
          ],
        },
      ],
    });
    expect(sizeOf(plan)).toEqual({ assignments: 3, reminders: 12 });
  });

  test('published at night, people are told in the morning, and what is over by then is not reminded of', () => {
    const late = planOf(campaign, '2026-06-24T14:00:00.000Z'); // 22:00 there
    expect(late.toldAt).toBe('2026-06-25T00:00:00.000Z');
    expect(late.activities[0]?.batches[0]?.reminders[0]?.step).toBe('before-1');
  });

  test('reads as a page in each language', () => {
    expect(
      [...planLines(campaign, plan, 'zh-CN')].join(''),
    ).toBe(`【试排】窗口互查（minimal）：自2026年6月22日（周一）起，按6月22日09:00发布计算。没有存入数据，没有发送消息。
通知时间：6月22日09:00

窗口互查（交叉式抽查）：任务3项，须于2026年6月29日（周一）前完成（含当日），其间5个工作日。
清单：互查清单，每项任务填写1—50份。
提醒：6月24日09:00、6月26日09:00、6月29日09:00；逾期后自6月30日09:00起，每个工作日一次，直到上报。
报送：县政务服务中心（3项）
  城东便民服务中心 → 城西便民服务中心
  城西便民服务中心 → 城南便民服务中心
  城南便民服务中心 → 城东便民服务中心
逾期情况自6月30日09:00起汇总给协调员。
共1项督查活动，任务3项，单位4个；提醒时刻12个。
`);
    expect([...planLines(campaign, plan, 'en')].join('')).toContain(
      'Reminders: 24 June 09:00, 26 June 09:00, 29 June 09:00; overdue ones from 30 June 09:00, each workday',
    );
  });

  test('reads as a document: local times beside the instants, units by id with their names', () => {
    const document = planDocument(campaign, plan, []);
    expect(document.activities[0]?.batches[0]?.reminders[0]).toEqual({
      step: 'before-3',
      kind: 'before',
      at: '2026-06-24T01:00:00.000Z',
      local: '2026-06-24T09:00',
    });
    expect(Object.keys(document.units)).toEqual(['centre', 'east', 'west', 'south']);
  });

  test('reports go where the routes of the file send them (MDJ-3.6)', () => {
    const routed = load(
      halls
        .replace(
          'coordinator: centre\n',
          'coordinator: centre\n    routes: [{ units: [城西], to: [城南], contact: 综合组 }, { kinds: [hall], under: centre, to: [城东] }]\n',
        )
        .replace('name: 城南便民服务中心, kind: hall', 'name: 城南便民服务中心, kind: hall, parent: centre'),
    );
    const batch = planOf(routed, usualPublication(routed)).activities[0]?.batches[0];
    expect(batch?.assignments.map(({ assignee, receivers }) => [assignee, receivers])).toEqual([
      ['east', [{ unit: 'centre', contact: null }]],
      ['west', [{ unit: 'south', contact: '综合组' }]],
      ['south', [{ unit: 'east', contact: null }]],
    ]);
  });
});
