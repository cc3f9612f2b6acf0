import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { assignmentsOf } from '../../src/campaign/activities/activity.ts';
import type { Campaign } from '../../src/campaign/definition.ts';
import { findingsIn } from '../../src/campaign/finding.ts';
import { readCampaignFile } from '../../src/campaign/load.ts';
import { checkMatrix } from '../../src/campaign/matrix.ts';
import { unitNamed } from '../../src/campaign/unit.ts';
import { filesIn } from '../../src/campaign-files.ts';
import { holds } from '../../src/flow/condition.ts';
import type { Flow } from '../../src/flow/definition.ts';
import type { Value, Values } from '../../src/flow/value.ts';
import { tell } from './telling.ts';

const folder = new URL('../../campaigns/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const open = filesIn(fileURLToPath(folder));

function sample(name: string, start: string) {
  const read = readCampaignFile(readFileSync(new URL(name, folder), 'utf8'), { start, open });
  if (!read.campaign)
    throw new Error(
      read.faults.map(({ line, path, sentence }) => `${line} ${path} ${tell(sentence)}`).join('\n'),
    );
  return read;
}

test.each(files)('%s loads, and names nobody', (name) => {
  const { campaign } = sample(name, '2026-06-22');
  expect(campaign.activities.length).toBeGreaterThan(0);
  const text = readFileSync(new URL(name, folder), 'utf8');
  for (const person of ['司明远', '沈文涛', '孙伟', '蒋大为']) expect(text).not.toContain(person);
  expect(text).not.toMatch(/\d{7,}/); // telephone numbers
});

describe('the Jiaxing notice', () => {
  const { campaign, warnings } = sample('jiaxing-2014.yaml', '2026-06-22');
  const activity = campaign.activities[0];
  if (activity?.mode !== 'cross') throw new Error('no cross inspection');

  test('the assignments are the rows of 附件3 as published (JX-3.4)', () => {
    const name = (id: string) => {
      const unit = campaign.units.find((one) => one.id === id);
      return typeof unit?.name === 'object' ? unit.name['zh-CN'] : unit?.name;
    };
    expect(
      assignmentsOf(activity).map(({ assigneeUnit, targetUnit }) => [name(assigneeUnit), name(targetUnit)]),
    ).toEqual(rowsOfNotice());
  });

  test('due on 2026-07-15 from 2026-06-22, and on 2014-07-15 from 2014-06-20 (JX-0.2)', () => {
    expect(assignmentsOf(activity).map(({ dueOn }) => dueOn)).toEqual(Array(8).fill('2026-07-15'));
    expect(sample('jiaxing-2014.yaml', '2014-06-20').campaign.activities[0]?.dueOn).toBe('2014-07-15');
  });

  test('the one warning is of the two mutual pairs (JX-3.5)', () => {
    expect(warnings.map(({ path, sentence }) => [path, tell(sentence, 'zh-CN')])).toEqual([
      [
        'activities[0].pairs',
        '有单位互相抽查：秀洲区政府与平湖市政府, 海宁市政府与嘉兴经济技术开发区（国际商务区）（循环结构4+2+2）。按公布的安排执行，请留意互相宽松。',
      ],
    ]);
    expect(checkMatrix(activity.pairs, activity.participants).cycles).toEqual([4, 2, 2]);
  });

  test.each([
    ['嘉兴市行政审批中心', 'approval-centre'], // JX-6.2
    ['市行政服务中心', 'approval-centre'],
    ['嘉兴经济技术开发区(国际商务区)管委会', 'development-zone'],
    ['嘉兴经济技术开发区（国际商务区）', 'development-zone'],
    ['南湖区政府', 'nanhu'],
  ])('%s is %s', (words, id) => expect(unitNamed(campaign.units, words)?.id).toBe(id));

  test('three to five windows, reported to the approval centre', () => {
    expect(activity).toMatchObject({
      visits: { min: 3, max: 5 },
      coordinator: 'approval-centre',
      mode: 'cross',
    });
  });

  test('the personas and rooms of the console', () => {
    expect(campaign.people.flatMap((person) => person.console ?? [])).toEqual([
      'coordinator',
      'inspector-1',
      'inspector-2',
      'liaison',
      'citizen',
    ]);
    expect(campaign.rooms.map(({ id, purpose, console }) => [id, purpose, console])).toEqual([
      ['inspection', 'inspection', true],
      ['hall', 'hall', true],
    ]);
  });

  describe('the checklist', () => {
    const flow = flowOf(campaign, activity.checklist);
    const good: Values = {
      name: '不动产登记窗口',
      concentrated: 'yes',
      'accepted-and-handled': 90,
      'one-review': 85,
      systems: ['none'],
      'on-post': 'yes',
      appearance: 'yes',
      citizens: 3,
    };

    test('uses every type but the date and the note', () => {
      expect(new Set(flow.questions.map(({ type }) => type))).toEqual(
        new Set(['text', 'place', 'choice', 'number', 'choices', 'level', 'photo']),
      );
    });

    test('a window in order: seven items, no reason, no photo, no finding; thresholds include the number', () => {
      expect(asked(flow, good)).toEqual([
        'name',
        'where',
        'concentrated',
        'accepted-and-handled',
        'one-review',
        'systems',
        'on-post',
        'appearance',
        'citizens',
        'remark',
      ]);
      expect(findingsIn(flow, good)).toEqual([]);
    });

    // Photos are asked for only of what can be photographed (DOMAIN 2.11).
    test.each<[string, Value, string[]]>([
      ['concentrated', 'no', ['concentrated-why', 'photos']],
      ['accepted-and-handled', 89.9, []],
      ['one-review', 84, []],
      ['systems', ['told-once', 'courtesy'], []],
      ['on-post', 'no', ['on-post-why', 'photos']],
      ['appearance', 'no', ['appearance-why', 'photos']],
      ['citizens', 2, []],
    ])('%s = %j is a finding, and asks for %j', (id, value, also) => {
      const values = { ...good, [id]: value };
      expect(findingsIn(flow, values).map(({ question, evidence }) => [question, evidence])).toEqual([
        [id, also.filter((one) => one === 'photos')],
      ]);
      expect(asked(flow, values).filter((one) => !asked(flow, good).includes(one))).toEqual(also);
    });

    test('“all are kept” stands alone', () => {
      const systems = flow.questions.find(({ id }) => id === 'systems');
      if (systems?.type !== 'choices' || !systems.constraint) throw new Error('no constraint');
      expect(holds(systems.constraint, {}, ['none'])).toBe(true);
      expect(holds(systems.constraint, {}, ['attitude', 'courtesy'])).toBe(true);
      expect(holds(systems.constraint, {}, ['attitude', 'none'])).toBe(false);
    });
  });

  describe('the survey', () => {
    const flow = flowOf(campaign, campaign.survey);

    test('is anonymous, four questions, with the consent in two lines', () => {
      expect(flow.anonymous).toBe(true);
      // The way to be called back is no question: it stands apart from the answers.
      expect(flow.questions.map(({ type }) => type)).toEqual(['level', 'choices', 'number', 'text']);
      for (const language of ['zh-CN', 'en'] as const)
        expect(typeof flow.intro === 'object' && flow.intro[language].split('\n')).toHaveLength(2);
    });

    test.each([
      [5, false],
      [3, false],
      [2, true],
      [1, true],
    ])('at level %i it asks why: %s', (level, why) =>
      expect(asked(flow, { level }).includes('reasons')).toBe(why),
    );
  });

  test('every wording is there in both languages', () => {
    const oneLanguage = (value: unknown): string[] => {
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).flatMap(([name, inner]) =>
        ['title', 'label', 'help', 'problem', 'intro', 'outro', 'constraintMessage', 'contact'].includes(
          name,
        ) && typeof inner === 'string'
          ? [`${name}: ${inner}`]
          : oneLanguage(inner),
      );
    };
    expect(oneLanguage({ ...campaign, notice: {} })).toEqual([]);
  });
});

/** The rows of the notice: 南湖→海盐, 秀洲→平湖, … */
function rowsOfNotice(): string[][] {
  const zone = '嘉兴经济技术开发区（国际商务区）';
  return [
    ['南湖区政府', '海盐县政府'],
    ['秀洲区政府', '平湖市政府'],
    ['嘉善县政府', '南湖区政府'],
    ['平湖市政府', '秀洲区政府'],
    ['海盐县政府', '桐乡市政府'],
    ['海宁市政府', zone],
    ['桐乡市政府', '嘉善县政府'],
    [zone, '海宁市政府'],
  ];
}

function flowOf({ flows }: Campaign, id: string | undefined): Flow {
  const flow = flows.find((one) => one.id === id);
  if (!flow) throw new Error(`no flow ${id}`);
  return flow;
}

/** The questions that are asked, given these answers. */
function asked(flow: Flow, values: Values): string[] {
  return flow.questions.filter(({ relevant }) => !relevant || holds(relevant, values)).map(({ id }) => id);
}
