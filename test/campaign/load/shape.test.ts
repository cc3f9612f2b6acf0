import { expect, test } from 'vitest';
import { changed, faultsOf } from './trial.ts';

test.each<[string, string, string[]]>([
  ['title: Trial\n', '', ['1 title «duban» "title" is missing.']],
  ['title: Trial\n', 'title:\n', ['3 title «title» "title" is empty.']],
  ['title: Trial\n', 'title: { zh-CN: 试 }\n', ['3 title.en «title» "en" is missing.']],
  [
    'title: Trial\n',
    'title: 5\n',
    ['3 title «5» "5" does not fit; it should be one of: text, entries like "name: content".'],
  ],
  [
    'title: Trial\n',
    'titel: Trial\n',
    ['1 title «duban» "title" is missing.', '3 titel «titel» There is no "titel" here. Did you mean: title?'],
  ],
  [
    'name: Centre,',
    'name: { zh-CN: 中, en: Big, Old },',
    ['6 units[0].name.Old «Old» There is no "Old" here.'],
  ],
  [
    'name: Centre,',
    'name: { zh-CN: 中, en: Big, Old Place },',
    [
      '6 units[0].name.Old Place «Old» "Old Place" is read as an entry of its own; put words with a comma in quotes.',
    ],
  ],
  ['duban: 1', 'duban: 2', ['1 duban «2» "2" does not fit; it should be one of: 1.']],
  [
    'id: trial',
    'id: My Trial',
    ['2 id «My» "My Trial" can\'t be an id: use small letters, digits and hyphens, like haiyan-xian.'],
  ],
  [
    'date: 2026-06-01',
    'date: 2026-02-29',
    ['4 notice.date «2026-02-29» "2026-02-29" is not a day of the calendar.'],
  ],
  [
    'name: South, kind: area',
    'name: South, kind: county',
    [
      '9 units[3].kind «county» "county" does not fit; it should be one of: organisation, area, hall, window.',
    ],
  ],
  [
    'mode: cross',
    'mode: crosss',
    [
      '16 activities[0].mode «crosss» "crosss" does not fit; it should be one of: accompany, experience, cross, covert, walkthrough, selfcheck.',
    ],
  ],
  [
    'visits: { min: 1, max: 3 }',
    'visits: { min: 0, max: 3 }',
    ['24 activities[0].visits.min «0» Must be 1 or more.'],
  ],
  [
    'visits: { min: 1, max: 3 }',
    'visits: { min: 1.5, max: 3 }',
    ['24 activities[0].visits.min «1.5» "1.5" does not fit; it should be one of: a whole number.'],
  ],
  [
    'visits: { min: 1, max: 3 }',
    'secret: true',
    [
      "24 activities[0].secret «true» The matrix of a cross inspection is published; it can't be kept secret (secret: true).",
    ],
  ],
  [
    'deadline: 2026-07-15',
    'deadline: 2026-06-31',
    ['19 activities[0].deadline «2026-06-31» "2026-06-31" is not a day of the calendar.'],
  ],
  [
    'deadline: 2026-07-15',
    'deadline: { workdays: 0 }',
    ['19 activities[0].deadline.workdays «0» Must be 1 or more.'],
  ],
  [
    'deadline: 2026-07-15',
    'deadline: { weeks: 2 }',
    [
      '19 activities[0].deadline.workdays «deadline» "workdays" is missing.',
      '19 activities[0].deadline.weeks «weeks» There is no "weeks" here.',
    ],
  ],
  [
    'unit: percent',
    'unit: percents',
    [
      '32 flows[0].questions[1].unit «percents» "percents" does not fit; it should be one of: count, percent, minutes, hours, days, yuan.',
    ],
  ],
  [
    'options: yes-no',
    'options: yesno',
    [
      '31 flows[0].questions[0].options «yesno» "yesno" does not fit; it should be one of: yes-no, a list with "-" before each entry.',
    ],
  ],
  [
    'atLeast: 90',
    'atleast: 90',
    ['32 flows[0].questions[1].expect.atleast «atleast» There is no "atleast" here. Did you mean: atLeast?'],
  ],
  [
    'unit: percent, expect',
    'unit: percent, counts: { of: matters, donne: decided }, expect',
    [
      '32 flows[0].questions[1].counts.done «counts» "done" is missing.',
      '32 flows[0].questions[1].counts.donne «donne» There is no "donne" here. Did you mean: done?',
    ],
  ],
  ['{ atLeast: 90 }', '{}', ['32 flows[0].questions[1].expect «expect» The condition tests nothing.']],
  [
    'options: [{ id: a, label: A }, { id: b, label: B }]',
    'options: [{ id: a, label: A }]',
    ['33 flows[0].questions[2].options «options» Too few entries: the least is 2.'],
  ],
  [
    'type: level',
    'type: lvl',
    [
      '41 flows[1].questions[0].type «lvl» "lvl" does not fit; it should be one of: note, choice, choices, level, number, text, date, photo, place.',
    ],
  ],
  [
    'survey: rate',
    'zone: Asia/Jiaxing\nsurvey: rate',
    ['26 zone «Asia/Jiaxing» There is no time zone "Asia/Jiaxing"; one is Asia/Shanghai.'],
  ],
  [
    'survey: rate',
    "quiet: { from: '25:00' }\nsurvey: rate",
    ["26 quiet.from «'25» \"25:00\" is not a time of day; write it like '09:00'."],
  ],
  [
    'survey: rate',
    'calendar: { next: { off: [] } }\nsurvey: rate',
    ['26 calendar.next «next» "next" is not a year; write four digits, like 2027.'],
  ],
])('a fault of the shape has its path and line: %j → %j', (from, to, expected) => {
  expect(faultsOf(changed(from, to))).toEqual(expected);
});
