import { describe, expect, test } from 'vitest';
import { findingOf, findingsIn } from '../../src/campaign/finding.ts';
import { Flow } from '../../src/flow/definition.ts';
import type { Value } from '../../src/flow/value.ts';

const flow = Flow.parse({
  id: 'list',
  title: 'List',
  questions: [
    { id: 'intro', type: 'note', label: 'Seven items' },
    {
      id: 'tidy',
      type: 'choice',
      label: 'Tidy?',
      options: 'yes-no',
      expect: { is: 'yes' },
      problem: 'Untidy',
    },
    { id: 'share', type: 'number', unit: 'percent', label: 'Share?', expect: { atLeast: 90 } },
    {
      id: 'systems',
      type: 'choices',
      label: 'Which are not kept?',
      options: [
        { id: 'a', label: 'A' },
        { id: 'none', label: 'None' },
      ],
      expect: { includes: 'none' },
      problem: { 'zh-CN': '制度', en: 'Systems' },
    },
    {
      id: 'several',
      type: 'choices',
      label: 'Which are not kept?',
      options: [
        { id: 'a', label: { 'zh-CN': '甲', en: 'A' } },
        { id: 'b', label: '$&' },
        { id: 'c', label: 'C' },
        { id: 'none', label: 'None' },
      ],
      expect: { includes: 'none' },
      problem: { 'zh-CN': '{{chosen}}落实不好', en: 'Not kept: {{chosen}}' },
    },
    { id: 'level', type: 'level', label: 'Level?', expect: { atLeast: 3 } },
    {
      id: 'staff',
      type: 'number',
      label: 'Staff?',
      expect: { any: [{ question: 'tidy', is: 'no' }, { atLeast: 2 }] },
    },
    { id: 'photo', type: 'photo', label: 'Photo?', evidenceOf: ['tidy', 'share'] },
    { id: 'more', type: 'photo', label: 'More?', evidenceOf: ['share'] },
    { id: 'remark', type: 'text', label: 'Remark?' },
  ],
});

function problemOf(id: string, value: Value) {
  const question = flow.questions.find((one) => one.id === id);
  if (!question) throw new Error(`no question ${id}`);
  return findingOf(flow, question, value)?.problem ?? null;
}

describe('an answer that fails what is expected is a finding', () => {
  test.each<[string, Value, unknown]>([
    ['tidy', 'yes', null],
    ['tidy', 'no', 'Untidy'],
    ['share', 90, null], // 以上 includes the number (民法典 art. 1259)
    ['share', 89.9, 'Share?'],
    ['share', 100, null],
    ['systems', ['none'], null],
    ['systems', ['a'], { 'zh-CN': '制度', en: 'Systems' }],
    ['several', ['a'], { 'zh-CN': '甲落实不好', en: 'Not kept: A' }],
    ['several', ['a', 'b'], { 'zh-CN': '甲、$&落实不好', en: 'Not kept: A, $&' }],
    ['several', ['none'], null],
    ['level', 3, null],
    ['level', 2, 'Level?'],
    ['remark', 'anything', null],
    ['photo', [], null],
  ])('%s = %j', (id, value, problem) => expect(problemOf(id, value)).toEqual(problem));

  test('it says what was expected and which photos are evidence', () => {
    const share = flow.questions[2];
    expect(share && findingOf(flow, share, 82)).toEqual({
      question: 'share',
      problem: 'Share?',
      value: 82,
      expected: { atLeast: 90 },
      evidence: ['photo', 'more'],
    });
  });
});

test('photos of one problem are no evidence of another', () => {
  expect(findingsIn(flow, { tidy: 'no', level: 1 }).map(({ evidence }) => evidence)).toEqual([['photo'], []]);
});

test('the findings of a session stand in the order of the questions; what was not answered is none', () => {
  const found = findingsIn(flow, { level: 1, share: 12, tidy: 'no', systems: ['none'] });
  expect(found.map(({ question }) => question)).toEqual(['tidy', 'share', 'level']);
  expect(findingsIn(flow, {})).toEqual([]);
});

test('an expectation may look at other answers', () => {
  expect(findingsIn(flow, { tidy: 'no', staff: 1 }).map(({ question }) => question)).toEqual(['tidy']);
  expect(findingsIn(flow, { tidy: 'yes', staff: 1 }).map(({ question }) => question)).toEqual(['staff']);
});
