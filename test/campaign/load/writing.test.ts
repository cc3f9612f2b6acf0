import { describe, expect, test } from 'vitest';
import { changed, faultsOf, good } from './trial.ts';

test.each<[string, string, string[]]>([
  ['title: Trial\n', 'title: Trial\nid: again\n', ['4 id «id» "id" is written twice in the same place.']],
  [
    'title: Trial\n',
    'title: "Trial\n',
    ['42  «» The other half of a sign is missing here, such as a quote or a bracket.'],
  ],
  ['    title: Cross\n', '\ttitle: Cross\n', ['17  «» Indent with spaces, not with tabs.']],
  [
    '    title: Cross\n',
    '   title: Cross\n',
    [
      '17  «» The indentation does not fit the lines around it, or the line has two ": " (put words with a colon in quotes).',
    ],
  ],
  ['title: Trial\n', 'title: *Trial\n', ['3 title «*Trial» What "*" refers to is nowhere defined with "&".']],
  [
    'coordinator: centre',
    'coordinator：centre',
    ['18  «coordinator：centre» A colon and a space (": ") are missing here.'],
  ],
  [
    'title: Cross',
    'title: Cross: east',
    [
      '17  «Cross» The indentation does not fit the lines around it, or the line has two ": " (put words with a colon in quotes).',
    ],
  ],
  [
    'title: Trial',
    '? [title]\n: Trial',
    ['1  «duban» What stands before the colon must be one word, not a list or a reference.'],
  ],
  [
    'title: Trial\n',
    'title: !!js/function Trial\n',
    ['3  «!!js/function» Take out the type mark that begins with "!".'],
  ],
  [
    'survey: rate',
    '---\nsurvey: rate',
    ['26  «---» One file holds one campaign; take out what follows "---".'],
  ],
])('a fault of the writing has its path and line: %j → %j', (from, to, expected) => {
  expect(faultsOf(changed(from, to))).toEqual(expected);
});

describe('what is no campaign file, or meant to do harm', () => {
  test.each<[string, string, string]>([
    ['nothing', '', '1  «» This is no campaign file: it should begin with "duban: 1" and list its parts.'],
    [
      'a list',
      '- a\n- b\n',
      '1  «-» This is no campaign file: it should begin with "duban: 1" and list its parts.',
    ],
    [
      'control characters',
      '\u0000\u0001\u0002',
      '1  «\u0000\u0001\u0002» This is no campaign file: it should begin with "duban: 1" and list its parts.',
    ],
    [
      'aliases within aliases',
      'a: &a [x, x]\nb: &b [*a, *a]\n',
      '2 b[0] «*a» What "&" defines can\'t itself hold a "*".',
    ],
    ['an alias of itself', 'a: &a [*a]\n', '1 a[0] «*a» What "&" defines can\'t itself hold a "*".'],
    [
      'too many aliases',
      `a: &a x\nb: [${'*a, '.repeat(30)}]\n`,
      '2 b[20] «*a» More than 20 references with "*"; write the content out.',
    ],
    [
      'deep nesting',
      `${'a: {'.repeat(60)}${'}'.repeat(60)}`,
      '1 a.a.a.a.a.a.a.a «a» Nested too deeply to be read.',
    ],
    ['very deep nesting', '['.repeat(20_000), ''],
    ['over a megabyte', `a: ${'x'.repeat(1_000_000)}`, '1  «a» The file is over 1000 KB and was not read.'],
    [
      'over a megabyte in Chinese',
      `a: ${'督'.repeat(340_000)}`,
      '1  «a» The file is over 1000 KB and was not read.',
    ],
  ])('%s', (_, text, fault) => {
    const faults = faultsOf(text);
    if (fault === '') expect(faults.join()).toContain('Nested too deeply to be read.');
    else expect(faults[0]).toBe(fault);
    expect(faults.length).toBeLessThanOrEqual(3);
  });

  test('of a list that is too long only that is told, and its entries are not looked up', () => {
    const pairs = '      - { inspector: nobody, inspected: nowhere }\n'.repeat(600);
    expect(faultsOf(changed('    visits:', `${pairs}    visits:`))).toEqual([
      '20 activities[0].pairs «pairs» Too many entries: the most is 500.',
    ]);
  });

  test('thousands of faults are told as the first two hundred and a number', () => {
    const keys = Array.from({ length: 5000 }, (_, index) => `k${index}: x`).join('\n');
    const faults = faultsOf(`${good}${keys}\n`);
    expect(faults).toHaveLength(201);
    expect(faults.at(-1)).toBe('242  «k200» Faults not listed: 4800. Put the ones above right first.');
  });

  test('a key called __proto__ is an unknown key and nothing else', () => {
    expect(faultsOf(`${good}__proto__: { polluted: true }\n`)).toEqual([
      '42 __proto__ «__proto__» There is no "__proto__" here.',
    ]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
