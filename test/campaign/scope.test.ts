import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/definition.ts';
import { readCampaignFile } from '../../src/campaign/load.ts';
import { scopeChanges } from '../../src/campaign/scope.ts';
import { tell } from './telling.ts';

const halls = readFileSync(new URL('three-halls.yaml', import.meta.url), 'utf8');

function load(text: string, start = '2026-06-22'): Campaign {
  const { campaign, faults } = readCampaignFile(text, { start });
  return campaign ?? expect.fail(JSON.stringify(faults));
}

const before = load(halls);
const question = (id: string) => `      - { id: ${id}, type: choice, label: ${id}？, options: yes-no }\n`;
const north = '  - { id: north, name: 城北便民服务中心, kind: hall }\npeople:';

/** [what, from, to, the changes as `kind: sentence`] */
const cases: [string, string, string, string[]][] = [
  ['nothing', '', '', []],
  [
    'an earlier deadline',
    'workdays: 5',
    'workdays: 4',
    ['widened: 窗口互查: the deadline moves from 2026-06-29 up to 2026-06-26'],
  ],
  [
    'a later deadline',
    'workdays: 5',
    'workdays: 7',
    ['narrowed: 窗口互查: the deadline moves from 2026-06-29 back to 2026-07-01'],
  ],
  ['a new unit', 'people:', north, ['widened: New units (1): 城北便民服务中心']],
  [
    'another name',
    'name: 城南便民服务中心',
    'name: 城南大厅',
    ['neutral: Units with another name, alias or place in the tree (1): 城南大厅'],
  ],
  [
    'a target left out',
    '      - { inspector: 城西, inspected: 城南 }\n      - { inspector: 城南, inspected: 城东 }',
    '      - { inspector: 城西, inspected: 城东 }',
    [
      'narrowed: 窗口互查: targets left out (1): 城南便民服务中心',
      'neutral: 窗口互查: targets inspected by another unit (1): 城东便民服务中心',
    ],
  ],
  [
    'more visits',
    'checklist: tidy',
    'checklist: tidy\n    visits: { min: 2, max: 50 }',
    ['widened: 窗口互查: visits for each task change from 1–50 to 2–50'],
  ],
  [
    'fewer visits',
    'checklist: tidy',
    'checklist: tidy\n    visits: { min: 1, max: 3 }',
    ['narrowed: 窗口互查: visits for each task change from 1–50 to 1–3'],
  ],
  [
    'a new question',
    'problem: 窗口不整洁 }',
    `problem: 窗口不整洁 }\n${question('more').trimEnd()}`,
    ['widened: 窗口互查: new questions (1): more？'],
  ],
  [
    'another wording',
    'label: 窗口是否整洁？',
    'label: 窗口整洁吗？',
    ['neutral: 窗口互查: questions in other words (1): 窗口整洁吗？'],
  ],
  [
    'another expectation',
    "expect: { is: 'yes' }",
    "expect: { is: 'no' }",
    ['widened: 窗口互查: questions that want something else (1): 窗口是否整洁？'],
  ],
  [
    'an answer that may be left out',
    'type: choice,',
    'type: choice, required: false,',
    ['narrowed: 窗口互查: questions that need no answer any more (1): 窗口是否整洁？'],
  ],
  [
    'other reminders',
    'units:',
    'reminders: { before: [2] }\nunits:',
    ['neutral: Names, times of reminding, quiet hours, holidays or the like change'],
  ],
  [
    'another contact',
    'coordinator: centre',
    'coordinator: centre\n    contact: 综合科',
    ['neutral: 窗口互查: another title, contact or receiver of reports'],
  ],
];

describe('the scope of a published campaign', () => {
  test.each(cases)('%s', (_, from, to, expected) => {
    const after = load(halls.replace(from, to));
    expect(scopeChanges(before, after).map(({ kind, sentence }) => `${kind}: ${tell(sentence)}`)).toEqual(
      expected,
    );
    for (const { sentence } of scopeChanges(before, after))
      expect(tell(sentence, 'zh-CN')).toMatch(/\p{Script=Han}/u);
  });

  test('what was stored comes back in another order, and is the same', () => {
    const stored = JSON.parse(
      JSON.stringify(before, (_, value) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      ),
    );
    expect(scopeChanges(stored, before)).toEqual([]);
  });

  test('taking something back is the opposite of giving it', () => {
    const opposite = { widened: 'narrowed', narrowed: 'widened', neutral: 'neutral' } as const;
    const reversible = cases.filter(([what]) => !['another expectation'].includes(what));
    for (const [, from, to] of reversible) {
      const after = load(halls.replace(from, to));
      const kinds = (changes: ReturnType<typeof scopeChanges>) => changes.map(({ kind }) => kind).sort();
      expect(kinds(scopeChanges(after, before)), `${from} → ${to}`).toEqual(
        scopeChanges(before, after)
          .map(({ kind }) => opposite[kind])
          .sort(),
      );
    }
  });

  test('another activity, mode or secrecy is more; without it less', () => {
    const second = halls.replace(
      'flows:',
      `  - id: own
    mode: selfcheck
    title: 自查
    coordinator: centre
    deadline: { workdays: 5 }
    participants: [城东]
    checklist: tidy
flows:`,
    );
    expect(scopeChanges(before, load(second)).map(({ kind, activity }) => [kind, activity])).toEqual([
      ['widened', 'own'],
    ]);
    expect(scopeChanges(load(second), before).map(({ kind, activity }) => [kind, activity])).toEqual([
      ['narrowed', 'own'],
    ]);
    const fewer = load(second.replace('participants: [城东]', 'participants: [城东, 城西]'));
    expect(
      scopeChanges(fewer, load(second)).map(({ kind, sentence }) => `${kind}: ${tell(sentence)}`),
    ).toEqual(['narrowed: 自查: targets left out (1): 城西便民服务中心']);
  });

  test('the start', () => {
    expect(scopeChanges(before, load(halls, '2026-06-23')).map(({ kind }) => kind)).toEqual([
      'narrowed',
      'narrowed',
    ]);
    expect(scopeChanges(before, load(halls, '2026-06-19')).map(({ kind }) => kind)).toEqual([
      'widened',
      'widened',
    ]);
  });

  test('a campaign changed in several ways at once is told of each', () => {
    fc.assert(
      fc.property(
        fc.subarray(
          cases.filter(([, from]) =>
            ['workdays: 5', 'name: 城南便民服务中心', 'type: choice,', 'coordinator: centre'].includes(from),
          ),
          { minLength: 1 },
        ),
        (chosen) => {
          const single = new Map(chosen.map((one) => [one[1], one]));
          const text = [...single.values()].reduce((so, [, from, to]) => so.replace(from, to), halls);
          const expected = [...single.values()].flatMap(([, , , changes]) => changes).sort();
          expect(
            scopeChanges(before, load(text))
              .map(({ kind, sentence }) => `${kind}: ${tell(sentence)}`)
              .sort(),
          ).toEqual(expected);
        },
      ),
      { numRuns: 30 },
    );
  });
});
