import { expect, test } from 'vitest';
import { changed, faultsOf } from './trial.ts';

const noLevel =
  '40 flows[1].questions «questions» The citizens\' survey must ask everybody for one of the five levels: add a question of type "level" that is not optional and has no "relevant".';

test.each<[string, string, string[]]>([
  [
    'parent: Centre',
    'parent: Central',
    ['8 units[2].parent «Central» No unit goes by "Central". Did you mean: Centre?'],
  ],
  ['parent: Centre', 'parent: west', ['8 units[2].parent «west» Going up from "West" leads back to itself.']],
  ['unit: East End', 'unit: Nowhere', ['11 people[0].unit «Nowhere» No unit goes by "Nowhere".']],
  [', unit: East End', '', ['11 people[0].unit «{» A person with the role "inspector" needs a unit.']],
  [
    'name: South,',
    'name: East,',
    ['9 units[3] «{» Another unit goes by "East" too; they can\'t be told apart.'],
  ],
  [
    'id: south, name',
    'id: east, name',
    ['9 units[3].id «east» "east" is used above already; choose another.'],
  ],
  [
    'coordinator: centre',
    'coordinator: center',
    ['18 activities[0].coordinator «center» No unit goes by "center". Did you mean: Centre?'],
  ],
  [
    'inspected: 城西',
    'inspected: 城北',
    ['21 activities[0].pairs[0].inspected «城北» No unit goes by "城北". Did you mean: 城东, 城西?'],
  ],
  [
    'inspected: 城西',
    'inspected: East',
    [
      '20 activities[0].pairs «pairs» West is inspected by nobody.',
      "21 activities[0].pairs[0].inspected «East» East can't inspect itself.",
      '23 activities[0].pairs[2].inspected «ＥＡＳＴ» East is inspected by another unit already.',
    ],
  ],
  [
    'inspector: south',
    'inspector: east',
    [
      '20 activities[0].pairs «pairs» South has no unit to inspect.',
      '23 activities[0].pairs[2].inspector «east» East has a unit to inspect already.',
      "23 activities[0].pairs[2].inspected «ＥＡＳＴ» East can't inspect itself.",
    ],
  ],
  [
    '      - { inspector: south, inspected: ＥＡＳＴ end }\n',
    '',
    [
      '20 activities[0].pairs «pairs» South has no unit to inspect.',
      '20 activities[0].pairs «pairs» East is inspected by nobody.',
    ],
  ],
  [
    '    pairs:\n',
    '    participants: [east, west]\n    pairs:\n',
    [
      '23 activities[0].pairs[1].inspected «south» South is not one of the participants.',
      '24 activities[0].pairs[2].inspector «south» South is not one of the participants.',
    ],
  ],
  [
    '    pairs:\n',
    '    participants: [east, west, south, centre]\n    pairs:\n',
    [
      '21 activities[0].pairs «pairs» Centre has no unit to inspect.',
      '21 activities[0].pairs «pairs» Centre is inspected by nobody.',
    ],
  ],
  [
    'unit: percent, expect: { atLeast: 90 }',
    "unit: percent, expect: { atLeast: 90 }, problem: 'Below: {{chosen}}'",
    [
      '32 flows[0].questions[1].problem «\'Below» Nothing can be written for "{{chosen}}" in "problem". Where options are asked for, "{{chosen}}" stands for those chosen.',
    ],
  ],
  [
    "options: yes-no, expect: { is: 'yes' }",
    "options: yes-no, expect: { is: 'yes' }, problem: { zh-CN: '{{chosen}}', en: '{{choosen}}' }",
    [
      '31 flows[0].questions[0].problem «problem» Nothing can be written for "{{choosen}}" in "problem". Where options are asked for, "{{chosen}}" stands for those chosen.',
    ],
  ],
  [
    'unit: percent, expect: { atLeast: 90 }',
    'unit: minutes, counts: { of: matters, done: decided }',
    [
      '32 flows[0].questions[1].counts «counts» "counts" goes with a percentage only: "unit: percent", without "integer".',
    ],
  ],
  [
    'unit: percent',
    'unit: percent, integer: true, counts: { of: matters, done: decided }',
    [
      '32 flows[0].questions[1].counts «counts» "counts" goes with a percentage only: "unit: percent", without "integer".',
    ],
  ],
  [
    'visits: { min: 1, max: 3 }',
    'visits: { min: 5, max: 3 }',
    ['24 activities[0].visits.min «5» The least, 5, is over the most, 3.'],
  ],
  [
    'deadline: 2026-07-15',
    'deadline: 2026-06-21',
    ['19 activities[0].deadline «2026-06-21» The deadline 2026-06-21 is before the start 2026-06-22.'],
  ],
  [
    'checklist: list',
    'checklist: lists',
    ['25 activities[0].checklist «lists» No flow has the id "lists". Did you mean: list?'],
  ],
  [
    'checklist: list',
    'checklist: rate',
    [
      '25 activities[0].checklist «rate» "rate" is a checklist, whose visits count for a unit: it can\'t be anonymous (anonymous: true).',
    ],
  ],
  ['survey: rate', 'survey: xyz', ['26 survey «xyz» No flow has the id "xyz".']],
  [
    '    anonymous: true\n',
    '',
    ['36 flows[1] «id» The citizens\' survey must be anonymous: write "anonymous: true" in this flow.'],
  ],
  ['type: level', 'type: text', [noLevel]],
  ['type: level, label: Satisfied?', 'type: level, required: false, label: Satisfied?', [noLevel]],
  [
    '{ id: level, type: level, label: Satisfied? }',
    `{ id: here, type: choice, options: yes-no, label: Been there? }
      - { id: level, type: level, relevant: { question: here, is: 'yes' }, label: Satisfied? }`,
    [noLevel],
  ],
  [
    '{ id: level, type: level, label: Satisfied? }',
    `{ id: level, type: level, label: Satisfied? }
      - { id: picture, type: photo, required: false, label: A photo? }
      - { id: where, type: place, required: false, label: Where? }`,
    ['42', '43'].map(
      (line, index) =>
        `${line} flows[1].questions[${index + 1}].type «${['photo', 'place'][index]}» A citizens' survey asks for no photo and no place: either can show who answered.`,
    ),
  ],
  [
    'question: tidy',
    'question: tidyy',
    [
      '34 flows[0].questions[3].relevant.question «tidyy» No earlier question has the id "tidyy". Did you mean: tidy?',
    ],
  ],
  [
    'question: tidy',
    'question: photo',
    [
      '34 flows[0].questions[3].relevant.question «photo» "photo" has not been asked by then; only earlier questions can be looked at.',
    ],
  ],
  [
    'question: tidy',
    'question: why',
    [
      '34 flows[0].questions[3].relevant.question «why» "why" has not been asked by then; only earlier questions can be looked at.',
    ],
  ],
  [
    "question: tidy, is: 'no'",
    "is: 'no'",
    [
      '34 flows[0].questions[3].relevant «relevant» "relevant" must say which earlier question it looks at (question).',
    ],
  ],
  [
    "question: tidy, is: 'no'",
    'question: tidy, is: nope',
    ['34 flows[0].questions[3].relevant.is «nope» "tidy" has no option "nope"; it has: yes, no.'],
  ],
  [
    "question: tidy, is: 'no'",
    'question: which, includes: c',
    ['34 flows[0].questions[3].relevant.includes «c» "which" has no option "c"; it has: a, b.'],
  ],
  [
    "question: tidy, is: 'no'",
    'question: tidy, atMost: 2',
    [
      '34 flows[0].questions[3].relevant.atMost «2» "tidy" is a choice question and can\'t be tested with "atMost".',
    ],
  ],
  [
    "relevant: { question: tidy, is: 'no' }",
    "relevant: { any: [{ not: { question: tidi, is: 'no' } }] }",
    [
      '34 flows[0].questions[3].relevant.any[0].not.question «tidi» No earlier question has the id "tidi". Did you mean: tidy?',
    ],
  ],
  [
    '{ atLeast: 90 }',
    '{ question: shar, atLeast: 90 }',
    ['32 flows[0].questions[1].expect.question «shar» No question has the id "shar".'],
  ],
  [
    'evidenceOf: [tidy]',
    'evidenceOf: [tidy, which, photo, smell]',
    [
      '35 flows[0].questions[4].evidenceOf[1] «which» "which" has no "expect", so it shows no problem and needs no evidence.',
      '35 flows[0].questions[4].evidenceOf[2] «photo» "photo" has not been asked by then; only earlier questions can be looked at.',
      '35 flows[0].questions[4].evidenceOf[3] «smell» No question has the id "smell".',
    ],
  ],
  [
    'id: why',
    'id: tidy',
    ['34 flows[0].questions[3].id «tidy» "tidy" is used above already; choose another.'],
  ],
  [
    '{ id: b, label: B }',
    '{ id: a, label: B }',
    ['33 flows[0].questions[2].options[1].id «a» "a" is used above already; choose another.'],
  ],
  [
    'label: Which?',
    'label: Which?, max: 3',
    ['33 flows[0].questions[2].max «3» The most, 3, is over the number of options, 2.'],
  ],
  [
    'label: Photo?',
    'label: Photo?, min: 4, max: 3',
    ['35 flows[0].questions[4].min «4» The least, 4, is over the most, 3.'],
  ],
  [
    'survey: rate',
    "reminders: { at: '22:00' }\nsurvey: rate",
    [
      "26 reminders.at «'22» Reminders at 22:00 fall into the quiet hours (21:00 to 08:00) and would come a day late; choose another time.",
    ],
  ],
  [
    'survey: rate',
    'calendar:\n  2027:\n    off: [2027-10-07..2027-10-01, 2026-10-01]\n    work: [2027-02-30]\nsurvey: rate',
    ['29 calendar.2027.work[0] «2027-02-30» "2027-02-30" is not a day of the calendar.'],
  ],
  [
    'survey: rate',
    'calendar:\n  2027:\n    off: [2027-10-07..2027-10-01, 2026-10-01, 2027-10-01..2027-10-07]\n    work: [2027-10-05]\nsurvey: rate',
    [
      '28 calendar.2027.off[0] «2027-10-07..2027-10-01» "2027-10-07..2027-10-01" ends before it begins.',
      '28 calendar.2027.off[1] «2026-10-01» "2026-10-01" is not in 2027.',
      '29 calendar.2027.work[0] «2027-10-05» 2027-10-05 stands both under off and under work.',
    ],
  ],
])('a fault between the parts has its path and line: %j → %j', (from, to, expected) => {
  expect(faultsOf(changed(from, to))).toEqual(expected);
});
