import { describe, expect, test } from 'vitest';
import { type Fault, readCampaignFile } from '../../src/campaign/load.ts';
import { fileset } from './beside.ts';
import { tell } from './telling.ts';

const own = `duban: 1
extends: base
id: trial
title: Trial
notice: { issuer: City, title: Notice, date: 2026-06-01 }
reminders: { before: [5] }
units:
  - { id: east, name: East End, kind: hall }
activities:
  - id: cross
    mode: cross
    title: Cross
    coordinator: centre
    deadline: { workdays: 5 }
    pairs: [{ inspector: east, inspected: west }, { inspector: west, inspected: east }]
    checklist: tidy
`;
const base = `duban: 1
library: Base
reminders: { at: '10:00', before: [3, 0] }
units:
  - { id: centre, name: Centre, kind: organisation }
  - { id: east, name: East, kind: area, aliases: [Sunrise] }
  - { id: west, name: West, kind: hall }
flows:
  - id: tidy
    title: Tidy
    questions: [{ id: tidy, type: choice, label: Tidy?, options: yes-no }]
  - id: spare
    title: Spare
    anonymous: true
    questions: [{ id: spare, type: level, label: Spare? }]
`;

function read(text: string, files: Record<string, string>) {
  return readCampaignFile(text, { start: '2026-06-22', open: fileset(files) });
}

function told(faults: Fault[] = []): string[] {
  return faults.map(({ file = 'own', line, path, sentence }) => {
    expect(tell(sentence, 'zh-CN')).toMatch(/\p{Script=Han}/u);
    return `${file} ${line} ${path}: ${tell(sentence)}`;
  });
}

describe('extends', () => {
  const { campaign, warnings } = read(own, { 'library/base.yaml': base });

  test('takes over flows, units and rules; what comes later wins by id, in its place', () => {
    expect(campaign?.units.map(({ id, name, kind }) => [id, name, kind])).toEqual([
      ['centre', 'Centre', 'organisation'],
      ['east', 'East End', 'hall'],
      ['west', 'West', 'hall'],
    ]);
    expect(campaign?.reminders).toMatchObject({ at: '10:00', before: [5] });
    expect(campaign?.activities[0]?.checklist).toBe('trial/tidy');
  });

  test('a unit is replaced whole: nothing of the earlier one is left', () =>
    expect(campaign?.units[1]?.aliases).toEqual([]));

  test('what a library offers and nobody uses is left out, without a warning', () => {
    expect(campaign?.flows.map(({ id }) => id)).toEqual(['trial/tidy']);
    expect(told(warnings).filter((one) => !one.includes('inspect one another'))).toEqual([]);
  });

  test('of a list the last wins, the file itself over all; a library may extend another', () => {
    const files = {
      'a.yaml': 'duban: 1\nextends: sub/b.yaml\nsurvey: one\nreminders: { at: "08:00", overdue: days }\n',
      'sub/b.yaml': 'duban: 1\nextends: c.yaml\nreminders: { at: "07:00", overdue: workdays }\n',
      'sub/c.yaml': base,
      'd.yaml': 'duban: 1\nreminders: { at: "11:00" }\nunits: [{ id: west, name: Far West, kind: area }]\n',
    };
    const { campaign: made, faults } = read(
      own.replace('extends: base', 'extends: [a.yaml, d.yaml]\nsurvey: spare'),
      files,
    );
    expect(told(faults)).toEqual([]);
    expect(made?.reminders).toEqual({ at: '11:00', before: [5], overdue: 'days' });
    expect(made?.units.map(({ name }) => name)).toEqual(['Centre', 'East End', 'Far West']);
    expect(made?.survey).toBe('trial/spare');
  });

  test.each<[string, string, Record<string, string>, string[]]>([
    [
      'a file that is not there',
      own.replace('extends: base', 'extends: [base, bass.yaml]'),
      { 'library/base.yaml': base },
      [
        'own 2 extends[1]: "bass.yaml" is not there. Check the name; a path counts from the folder of this file.',
      ],
    ],
    [
      'a path out of the folder',
      own.replace('extends: base', 'extends: [base, ../secret.yaml]'),
      { 'library/base.yaml': base },
      [
        'own 2 extends[1]: "../secret.yaml" lies outside the campaign\'s folder and is not read. Move it into that folder.',
      ],
    ],
    [
      'a circle',
      own,
      {
        'library/base.yaml': `extends: more.yaml\n${base}`,
        'library/more.yaml': 'duban: 1\nextends: base.yaml\n',
      },
      [
        'library/more.yaml 2 extends: These files extend one another in a circle: library/base.yaml, library/more.yaml, library/base.yaml. Take one "extends" out.',
      ],
    ],
    [
      'a fault inside, by its own path and line',
      own,
      {
        'library/base.yaml': base
          .replace("at: '10:00'", "at: '25:00'")
          .replace('label: Spare?', 'lable: Spare?'),
      },
      [
        'library/base.yaml 3 reminders.at: "25:00" is not a time of day; write it like \'09:00\'.',
        'library/base.yaml 15 flows[1].questions[0].label: "label" is missing.',
        'library/base.yaml 15 flows[1].questions[0].lable: There is no "lable" here. Did you mean: label?',
      ],
    ],
    [
      'a slip in its writing',
      own,
      { 'library/base.yaml': `${base}title: "x\n` },
      ['library/base.yaml 17 : The other half of a sign is missing here, such as a quote or a bracket.'],
    ],
    [
      'no library',
      own,
      { 'library/base.yaml': '- a\n' },
      ['library/base.yaml 1 : An extended file should begin with "duban: 1" and list its parts.'],
    ],
    [
      'one id twice in one file',
      own,
      { 'library/base.yaml': base.replace('id: west', 'id: centre') },
      ['library/base.yaml 7 units[2].id: "centre" is used above already; choose another.'],
    ],
  ])('%s', (_, text, files, expected) => {
    const faults = told(read(text, files).faults);
    // What a missing library would have given is missing too; only the cause is of interest here.
    const causes = faults.filter((one) => !/No (unit|flow)|flows: "flows"|inspect/.test(one));
    expect(causes).toEqual(expected);
  });

  test('a library by itself is no campaign, and says what to do', () =>
    expect(told(read(base, {}).faults)).toEqual([
      'own 2 library: This is a library to be extended, not a campaign, and can\'t be loaded by itself. Write "extends: Base" in a campaign.',
    ]));
});

describe('registers', () => {
  const text = own
    .replace('extends: base\n', 'extends: base\nregisters: { units: units.csv, pairs: pairs.csv }\n')
    .replace(/units:\n.*\n/, '')
    .replace('    pairs: [{ inspector: east, inspected: west }, { inspector: west, inspected: east }]\n', '');
  const units =
    'id,name,kind,parent,aliases,weight\nw1,"Window 1, left",window,east,One; First,12\nw2,Window 2,窗口,East,,\n';
  const pairs = '督查活动,检查单位,被检查单位\ncross,w1,w2\ncross,w2,First\n';
  const files = (other: Record<string, string> = {}) => ({
    'library/base.yaml': base,
    'units.csv': units,
    'pairs.csv': pairs,
    ...other,
  });

  test('rows become units and pairs, headed in either language', () => {
    const { campaign, faults } = read(text, files());
    expect(told(faults)).toEqual([]);
    expect(campaign?.units.slice(3)).toEqual([
      {
        id: 'w1',
        name: 'Window 1, left',
        kind: 'window',
        parent: 'east',
        aliases: ['One', 'First'],
        weight: 12,
      },
      { id: 'w2', name: 'Window 2', kind: 'window', parent: 'east', aliases: [] },
    ]);
    expect(campaign?.activities[0]).toMatchObject({
      pairs: [
        { inspector: 'w1', inspected: 'w2' },
        { inspector: 'w2', inspected: 'w1' },
      ],
    });
  });

  test.each<[string, Record<string, string>, string[]]>([
    [
      'no file',
      { 'units.csv': '' },
      [
        'units.csv 1 : The register is empty: its first row should name the columns, like id,name,kind,parent,aliases.',
      ],
    ],
    [
      'columns',
      { 'units.csv': 'id,name,sort,name\n' },
      [
        'units.csv 1 : The column "kind" ("类别") is missing.',
        'units.csv 1 : There is no column "sort"; there are: id, name, name-en, kind, parent, aliases, weight.',
        'units.csv 1 : The column "name" is there twice.',
      ],
    ],
    [
      'cells',
      { 'units.csv': `${units}W 3,,hall,nowhere\nw1,Window 3,door,,,,more\n` },
      [
        'units.csv 4 id: "W 3" can\'t be an id: use small letters, digits and hyphens, like haiyan-xian.',
        'units.csv 4 name: "name" is missing.',
        'units.csv 4 parent: No unit goes by "nowhere".',
        'units.csv 5 id: "w1" is used above already; choose another.',
        'units.csv 5 kind: "door" does not fit; it should be one of: organisation, area, hall, window.',
        'units.csv 5 : This row has more cells than there are columns (6). Put words with a comma in quotes.',
      ],
    ],
    [
      'a quote that is not closed',
      { 'units.csv': `${units}w3,"Window 3,hall\n` },
      ["units.csv 4 : The other half of this quote is missing; what follows can't be read."],
    ],
    [
      'pairs',
      { 'pairs.csv': 'activity,inspector,inspected\ncross,w1,w2\ncros,w1,w2\ncross,w2,w9\ncross,w1,w1\n' },
      [
        'pairs.csv 3 activity: No activity has the id "cros". Write it as under "activities".',
        'pairs.csv 4 inspected: No unit goes by "w9". Did you mean: w1, w2?',
        'pairs.csv 5 inspector: Window 1, left has a unit to inspect already.',
        "pairs.csv 5 inspected: Window 1, left can't inspect itself.",
      ],
    ],
  ])('%s at fault: file, row and column', (_, other, expected) => {
    const faults = read(text, files(other)).faults ?? [];
    const ofRegister = faults.filter(({ file }) => file?.endsWith('.csv') && other[file] !== undefined);
    expect(told(ofRegister)).toEqual(expected);
  });

  test('the column is the place in the row', () => {
    const { faults = [] } = read(text, files({ 'units.csv': `${units}w3,Window 3,hall,nowhere\n` }));
    expect(faults).toMatchObject([{ file: 'units.csv', line: 4, column: 4, path: 'parent' }]);
  });

  test('a register outside the folder or not there is told where it is named', () =>
    expect(
      told(
        read(text.replace('units.csv', '../units.csv').replace('pairs.csv', 'pears.csv'), files()).faults,
      ).slice(0, 2),
    ).toEqual([
      'own 3 registers.units: "../units.csv" lies outside the campaign\'s folder and is not read. Move it into that folder.',
      'own 3 registers.pairs: "pears.csv" is not there. Check the name; a path counts from the folder of this file.',
    ]));
});
