import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Flow } from '../../src/flow/definition.ts';
import { optionsOf } from '../../src/flow/describe.ts';
import { type Fields, type Filled, fill, isOnForms } from '../../src/flow/fill.ts';
import { step } from '../../src/flow/step.ts';
import { packageRoot } from '../../src/package-root.ts';
import { flows } from './arbitrary.ts';

const turn = { at: '2026-06-22T02:00:00.000Z', zone: 'Asia/Shanghai' };
const file = parse(readFileSync(path.join(packageRoot(), 'campaigns/jiaxing-2014.yaml'), 'utf8'));
const citizen = Flow.parse(file.flows.find(({ id }: { id: string }) => id === 'citizen'));

const flow = Flow.parse({
  id: 'service',
  title: '评价',
  questions: [
    { id: 'level', type: 'level', label: '满意吗' },
    {
      id: 'reasons',
      type: 'choices',
      label: '哪里不满意',
      max: 2,
      relevant: { question: 'level', atMost: 2 },
      options: ['a', 'b', 'c'].map((id) => ({ id, label: id })),
    },
    { id: 'thanks', type: 'note', label: '快完了' },
    { id: 'day', type: 'date', label: '哪天', required: false, latest: '2026-06-22' },
    { id: 'photo', type: 'photo', label: '照片', min: 1, max: 2 },
    { id: 'comment', type: 'text', label: '意见', required: false, max: 20 },
    {
      id: 'minutes',
      type: 'number',
      unit: 'minutes',
      label: '等了多久',
      required: false,
      max: 600,
      constraint: { atLeast: 1 },
      constraintMessage: { 'zh-CN': '至少一分钟', en: 'A minute at least' },
    },
  ],
});

describe('a form', () => {
  const table: [string, Fields, Partial<Filled>][] = [
    ['one level is enough', { level: '5' }, { values: { level: 5 }, missing: [], faults: [] }],
    ['nothing', {}, { values: {}, missing: ['level'] }],
    ['spaces are nothing', { level: '4', comment: ' \n' }, { values: { level: 4 }, faults: [] }],
    [
      'a bad level leads on',
      { level: '1' },
      { missing: ['reasons'], relevant: ['level', 'reasons', 'day', 'comment', 'minutes'] },
    ],
    ['several options', { level: '2', reasons: ['c', 'a'] }, { values: { level: 2, reasons: ['a', 'c'] } }],
    ['one option', { level: '2', reasons: 'b' }, { values: { level: 2, reasons: ['b'] }, missing: [] }],
    [
      'what is not relevant is not kept',
      { level: '5', reasons: ['a'] },
      { values: { level: 5 }, faults: [] },
    ],
    [
      'a day as browsers write it',
      { level: '5', day: '2026-06-20' },
      { values: { level: 5, day: '2026-06-20' } },
    ],
    ['a day in words', { level: '5', day: '昨天' }, { values: { level: 5, day: '2026-06-21' } }],
    [
      'what was inferred is taken, also as the last answer',
      { level: '5', minutes: '半小时' },
      { values: { level: 5, minutes: 30 }, faults: [] },
    ],
    ['没有 is no comment', { level: '5', comment: '没有' }, { values: { level: 5 }, faults: [] }],
    [
      'questions of no kind',
      { level: '5', constructor: undefined, __proto__x: 'a' },
      { values: { level: 5 } },
    ],
  ];
  for (const [name, fields, expected] of table)
    it(name, () =>
      expect(fill(flow, fields, turn)).toMatchObject({ ...expected, values: expected.values ?? {} }),
    );

  const faults: [string, Fields, string, object][] = [
    ['a level that is none', { level: '6' }, 'level', { key: 'flow:hint.press' }],
    ['two levels', { level: ['5', '1'] }, 'level', { key: 'flow:hint.press' }],
    ['an option that is none', { level: '1', reasons: ['a', 'z'] }, 'reasons', { key: 'flow:hint.press' }],
    [
      'too many',
      { level: '1', reasons: ['a', 'b', 'c'] },
      'reasons',
      { key: 'flow:hint.choices.max', params: { max: 2 } },
    ],
    [
      'too long',
      { level: '5', comment: '好'.repeat(21) },
      'comment',
      { key: 'flow:hint.text.max', params: { max: 20 } },
    ],
    ['tomorrow', { level: '5', day: '明天' }, 'day', { key: 'flow:hint.date.latest' }],
    [
      'a constraint',
      { level: '5', minutes: '0' },
      'minutes',
      { text: { 'zh-CN': '至少一分钟', en: 'A minute at least' } },
    ],
    ['several meanings', { level: '5', minutes: '10到20' }, 'minutes', { key: 'flow:clarify' }],
  ];
  for (const [name, fields, question, line] of faults)
    it(`says what the chat would say: ${name}`, () => {
      const filled = fill(flow, fields, turn);
      expect(filled.faults).toEqual([{ question, line: expect.objectContaining(line) }]);
      expect(filled.values).not.toHaveProperty(question);
      // A fault is no gap, and what follows is looked at all the same.
      expect(filled.missing).not.toContain(question);
      expect(filled.relevant).toContain('minutes');
    });

  it('tells every fault and gap at once', () => {
    const filled = fill(flow, { level: '1', comment: 'x'.repeat(99), minutes: 'soon' }, turn);
    expect(filled.missing).toEqual(['reasons']);
    expect(filled.faults.map(({ question }) => question)).toEqual(['comment', 'minutes']);
  });

  it.each(['退出', '跳过', '暂停', '改 1', '改', 'stop', '上一题', '继续'])(
    'takes a comment of %s for what it is',
    (comment) => expect(fill(flow, { level: '5', comment }, turn).values).toEqual({ level: 5, comment }),
  );

  it('keeps markup and formulas as they are', () => {
    const comment = '=1+1<script>"&\'';
    expect(fill(flow, { level: '5', comment }, turn).values.comment).toBe(comment);
  });
});

describe('forms and chats', () => {
  it('read the citizens’ questionnaire of the sample alike', () => {
    const words = ['5', '3、6', '一个半小时', '没有一次说清楚', '不需要'];
    const presses: Record<string, string[]> = {
      level: ['1'],
      reasons: ['waiting', 'undone'],
      'call-back': ['no'],
    };
    let { state } = step(citizen, null, { kind: 'begin', at: turn.at }, turn);
    const fields: Fields = {};
    for (const text of words) {
      const id = state.at;
      if (id === null) break;
      const press = presses[id];
      fields[id] = press ?? text;
      const reply = { kind: 'text' as const, text, attachments: [], addressed: true };
      const pressed =
        press === undefined ? reply : { ...reply, text: '', press: { question: id, options: press } };
      state = step(citizen, state, { kind: 'reply', at: turn.at, reply: pressed }, turn).state;
    }
    expect(state.status).toBe('completed');
    expect(fill(citizen, fields, turn).values).toEqual(state.values);
  });

  it('keep only what is relevant and can be taken, whatever is sent for whatever flow', () => {
    const given = fc.oneof(
      fc.string(),
      fc.constantFrom('1', '5', 'yes', 'a', '2026-06-20', '退出', '一半'),
      fc.array(fc.constantFrom('a', 'b', 'yes', 'zz')),
    );
    fc.assert(
      fc.property(flows, fc.array(given, { maxLength: 12 }), (any, answers) => {
        const fields = Object.fromEntries(any.questions.map(({ id }, place) => [id, answers[place]]));
        const filled = fill(any, fields, turn);
        const told = [...filled.missing, ...filled.faults.map(({ question }) => question)];
        for (const { id } of any.questions.filter(isOnForms)) {
          const stands = filled.values[id] !== undefined;
          expect(stands && told.includes(id)).toBe(false);
          if (stands) expect(filled.relevant).toContain(id);
        }
        expect(new Set(told).size).toBe(told.length);
        // Filling in what was taken, once more, changes nothing.
        const taken = Object.fromEntries(
          Object.entries(filled.values).map(([id, value]) => {
            const question = any.questions.find((one) => one.id === id);
            const chosen = question !== undefined && optionsOf(question).length > 0;
            return [id, chosen ? [value].flat().map(String) : fields[id]];
          }),
        );
        expect(fill(any, { ...fields, ...taken }, turn).values).toEqual(filled.values);
      }),
    );
  });
});
