import { describe, expect, test } from 'vitest';
import flowWords from '../../../locales/zh-CN/flow.json';
import { sentence } from '../../../src/conversation/wording.ts';
import { Flow } from '../../../src/flow/definition.ts';
import type { Fields } from '../../../src/flow/fill.ts';
import { languages } from '../../../src/flow/text.ts';
import { onForms } from '../../../src/web/survey/fault-words.ts';
import { judge } from '../../../src/web/survey/judge.ts';
import { viewIn } from '../../../src/web/view.ts';

/** What can only be done in a chat: to reply, to send again, to say a word or the number of an option. */
const onlyInChats =
  /回复|退出|跳过|暂停|继续|再发|重新回答|“[改是否]”|选项前|\b(?:repl(?:y|ies)|answer again|send|skip|quit|pause|resume|change")\b|"(?:yes|no)"|numbered/iu;
const now = { at: '2026-06-22T02:00:00.000Z', zone: 'Asia/Shanghai' };

const units = ['count', 'percent', 'minutes', 'hours', 'days', 'yuan'] as const;
const options = ['a', 'b', 'c'].map((id) => ({ id, label: id }));
const asked = [
  { id: 'level', type: 'level' },
  { id: 'yes', type: 'choice', options: 'yes-no' },
  { id: 'choice', type: 'choice', options },
  { id: 'choices', type: 'choices', options, min: 2, max: 2 },
  ...units.map((unit) => ({ id: unit, type: 'number', unit })),
  { id: 'bounded', type: 'number', min: 1, max: 9, integer: true },
  { id: 'low', type: 'number', min: 1, integer: true },
  { id: 'high', type: 'number', max: 9 },
  { id: 'held', type: 'number', constraint: { atLeast: 5 } },
  { id: 'share', type: 'number', unit: 'percent', counts: { of: '办件', done: '按时办结' } },
  {
    id: 'share-optional',
    type: 'number',
    unit: 'percent',
    required: false,
    counts: { of: '办件', done: '按时办结' },
  },
  { id: 'text', type: 'text', min: 3, max: 30 },
  { id: 'text-optional', type: 'text', required: false },
  { id: 'date', type: 'date' },
  { id: 'between', type: 'date', earliest: '2026-06-20', latest: '2026-06-22' },
  { id: 'earliest', type: 'date', earliest: '2026-06-20' },
  { id: 'latest', type: 'date', latest: '2026-06-22' },
];
const flow = Flow.parse({
  id: 'all',
  title: '全部',
  questions: asked.map((question) => ({ ...question, label: '请问' })),
});

const odd = [
  ...[
    'x',
    '退出',
    '跳过',
    '改 3',
    '什么意思？',
    '？？？',
    '没有',
    '是',
    '1、3',
    '一个多小时吧',
    '5-10',
    '不到半小时',
  ],
  ...[
    '-1',
    '0',
    '0.5',
    '1.5',
    '4',
    '10',
    '99999',
    '18/20',
    '20/18',
    '0/0',
    '20件里0件',
    '\u200b',
    '长'.repeat(40),
  ],
  ...[
    '2026-02-30',
    '2026-13-01',
    '2030-01-01',
    '1999-01-01',
    '7月',
    '下周',
    '6月20日或21日',
    '05/06/2026',
    'tomorrow',
  ],
];

/** What a form says at a question, for one answer to it. */
function said(
  language: (typeof languages)[number],
  id: string,
  given: string | string[],
): string | undefined {
  const fields: Fields = { [id]: given };
  const verdict = judge(viewIn('survey', language, true), flow, { fields, chunk: null, shown: null }, now);
  return verdict.kind === 'submit' ? undefined : verdict.notes.get(id)?.words;
}

describe.each(languages)('what is wrong with an answer, on a form (%s)', (language) => {
  test('is never said in words of a chat, whatever was written', () => {
    const all = asked.flatMap(({ id }) =>
      [...odd, ...odd.map((one) => [one, 'a'])].flatMap((given) => said(language, id, given) ?? []),
    );
    expect(new Set(all).size).toBeGreaterThan(20);
    expect([...new Set(all)].filter((words) => onlyInChats.test(words) || words.includes('{{'))).toEqual([]);
  });

  test.each<[string, string | string[], keyof typeof onForms]>([
    ['level', '9', 'flow:hint.press'],
    ['choice', ['a', 'b'], 'flow:hint.press'],
    ['choices', ['a'], 'flow:hint.choices.min'],
    ['choices', ['a', 'b', 'c'], 'flow:hint.choices.max'],
    ...units.map((unit): [string, string, keyof typeof onForms] => [unit, 'x', `flow:hint.number.${unit}`]),
    ['bounded', '10', 'flow:hint.number.between'],
    ['bounded', '1.5', 'flow:hint.number.integer'],
    ['low', '0', 'flow:hint.number.min'],
    ['high', '10', 'flow:hint.number.max'],
    ['minutes', '不到半小时', 'flow:hint.number.one'],
    ['held', '4', 'flow:constraint'],
    ['minutes', '5-10', 'flow:clarify'],
    ['share', 'x', 'flow:hint.number.counts'],
    ['share', '20件里25件', 'flow:hint.counts.over'],
    ['share', '0件里0件', 'flow:hint.counts.zero'],
    ['share-optional', '0件里0件', 'flow:hint.counts.zero.skip'],
    ['text', '\u200b', 'flow:hint.text'],
    ['text', '什么意思？', 'flow:hint.free'],
    ['text', '好', 'flow:hint.text.min'],
    ['text', '长'.repeat(31), 'flow:hint.text.max'],
    ['date', 'x', 'flow:hint.date'],
    ['date', '2026-02-30', 'flow:hint.date.impossible'],
    ['between', '2030-01-01', 'flow:hint.date.between'],
    ['earliest', '1999-01-01', 'flow:hint.date.earliest'],
    ['latest', '2030-01-01', 'flow:hint.date.latest'],
  ])('%s, %j: the form’s words for %s', (id, given, key) => {
    const words = said(language, id, given) ?? '';
    const [beginning = ''] = sentence(language, `survey:${onForms[key]}`).split('{{');
    expect(beginning).not.toBe('');
    expect(words.slice(0, beginning.length)).toBe(beginning);
  });

  test('each sentence that a form may have to say is a form’s', () => {
    const words = Object.values(onForms).map((key) => sentence(language, `survey:${key}`));
    expect(words.filter((one) => onlyInChats.test(one))).toEqual([]);
  });
});

test('no hint of the chat about what a form can ask is without a form’s words', () => {
  const hints = Object.keys(flowWords).filter((key) => /^hint\.(?!kind\.|photo|place|note)/.test(key));
  expect(hints.length).toBeGreaterThan(30);
  expect(hints.filter((key) => !Object.hasOwn(onForms, `flow:${key}`))).toEqual([]);
});
