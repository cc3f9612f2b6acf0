import { expect, test } from 'vitest';
import { lintMeasure, orphansOf, vagueIn } from '../../../src/campaign/rectification/lint.ts';
import { isUnitsTurn } from '../../../src/campaign/rectification/record.ts';

const task = { kind: 'dated', dueOn: '2018-06-30' } as const;

/** Measures as they are written; those of DA-2 among them. */
test.each([
  ['进一步加大对窗口工作人员的管理力度', ['进一步', '加大']],
  ['近期将加强督查', ['加强', '近期']],
  ['切实强化服务意识，不断提升水平', ['强化', '切实', '不断']],
  [
    'We will further strengthen supervision as soon as possible',
    ['further', 'strengthen', 'as soon as possible'],
  ],
  // Something to count, to see or to read makes an earnest of it.
  ['进一步压缩时限至47个工作日', []],
  ['加强值守，增派两名工作人员', []],
  ['进一步修订《窗口服务规范》', []],
  ['更换全部座椅', []],
  ['增设叫号器', []],
  ['原则上当场办结，有效提升效率', ['原则上', '有效']],
  // Of a thing, not of an effort.
  ['更换过了有效期的灭火器，核对有效证件', []],
])('%s', (measure, words) => {
  expect(vagueIn(measure)).toEqual(words);
});

test('everything that is missing is told at once', () => {
  expect(lintMeasure({ owner: ' ', measure: '', task: null })).toEqual([
    { kind: 'no-owner' },
    { kind: 'no-date' },
    { kind: 'no-measure' },
  ]);
  expect(lintMeasure({ owner: '审批局', measure: '更换座椅', task })).toEqual([]);
});

test('orphans both ways, as in the report of DA-3: queues without a measure, a general measure without a problem', () => {
  const problems = [{ id: '办事指南' }, { id: '排队' }];
  const measures = [
    { name: '更新指南', problems: ['办事指南'] },
    { name: '量化考核', problems: [] },
    { name: '整改已撤回的问题', problems: ['撤回的'] },
  ];
  expect(orphansOf(problems, measures)).toEqual({
    problems: [{ id: '排队' }],
    measures: [measures[1], measures[2]],
  });
});

test('a wish for more time is the coordinators’ turn', () => {
  const extension = { until: '2026-07-20', reason: '设备未到货', askedAt: '2026-07-01T00:00:00.000Z' };
  expect(isUnitsTurn({ state: 'accepted', extension: null })).toBe(true);
  expect(isUnitsTurn({ state: 'accepted', extension })).toBe(false);
});
