import { describe, expect, test } from 'vitest';
import { Campaign } from '../../src/campaign/definition.ts';
import { type Fault, readCampaignFile } from '../../src/campaign/load.ts';
import { Flow } from '../../src/flow/definition.ts';
import { tell } from './telling.ts';

const good = `duban: 1
id: trial
title: Trial
notice: { issuer: City, title: Notice, date: 2026-06-01 }
units:
  - { id: centre, name: Centre, kind: organisation }
  - { id: east, name: { zh-CN: 城东, en: East }, kind: area, parent: centre, aliases: [East End] }
  - { id: west, name: { zh-CN: 城西, en: West }, kind: area, parent: Centre }
  - { id: south, name: South, kind: area }
people:
  - { role: inspector, unit: East End, title: Inspector, console: inspector-1 }
rooms:
  - { id: main, title: Main, purpose: inspection }
activities:
  - id: cross
    mode: cross
    title: Cross
    coordinator: centre
    deadline: 2026-07-15
    pairs:
      - { inspector: east, inspected: 城西 }
      - { inspector: west, inspected: south }
      - { inspector: south, inspected: ＥＡＳＴ end }
    visits: { min: 1, max: 3 }
    checklist: list
survey: rate
flows:
  - id: list
    title: List
    questions:
      - { id: tidy, type: choice, label: Tidy?, options: yes-no, expect: { is: 'yes' } }
      - { id: share, type: number, label: Share?, unit: percent, expect: { atLeast: 90 } }
      - { id: which, type: choices, label: Which?, options: [{ id: a, label: A }, { id: b, label: B }] }
      - { id: why, type: text, label: Why?, relevant: { question: tidy, is: 'no' } }
      - { id: photo, type: photo, label: Photo?, evidenceOf: [tidy] }
  - id: rate
    title: Rate
    intro: Who asks and why.
    anonymous: true
    questions:
      - { id: level, type: level, label: Satisfied? }
`;

/** A fault as `line path «the word it points at» sentence`; the sentence must have all its values in both languages. */
function told(text: string, { path, line, column, sentence }: Fault): string {
  expect(tell(sentence, 'zh-CN')).toMatch(/\p{Script=Han}/u);
  const word = /^[^\s,}\]:]*/.exec((text.split('\n')[line - 1] ?? '').slice(column - 1))?.[0];
  return `${line} ${path} «${word}» ${tell(sentence)}`;
}

function faultsOf(text: string, start: string | undefined = '2026-06-22'): string[] {
  return (readCampaignFile(text, { start }).faults ?? []).map((fault) => told(text, fault));
}

function changed(from: string, to: string): string {
  expect(good.split(from).length, `"${from}" stands once in the good file`).toBe(2);
  return good.replace(from, to);
}

describe('a good file', () => {
  const { campaign, warnings } = readCampaignFile(good, { start: '2026-06-22' });
  if (!campaign) throw new Error('the good file has faults');

  test('has no warnings', () => expect(warnings).toEqual([]));

  test('is resolved: units by id, flows by full id, the deadline a day, defaults filled in', () => {
    expect(campaign).toMatchObject({
      id: 'trial',
      start: '2026-06-22',
      zone: 'Asia/Shanghai',
      prc: true,
      quiet: { from: '21:00', to: '08:00' },
      reminders: { at: '09:00', before: [3, 1, 0], overdue: 'workdays' },
      people: [{ role: 'inspector', unit: 'east', console: 'inspector-1' }],
      survey: 'trial/rate',
      activities: [
        {
          dueOn: '2026-07-15',
          checklist: 'trial/list',
          secret: false,
          pairs: [
            { inspector: 'east', inspected: 'west' },
            { inspector: 'west', inspected: 'south' },
            { inspector: 'south', inspected: 'east' },
          ],
        },
      ],
      flows: [{ id: 'trial/list' }, { id: 'trial/rate' }],
    });
    expect(campaign.units.map(({ parent }) => parent)).toEqual([undefined, 'centre', 'centre', undefined]);
  });

  test('is plain JSON that reads back the same, its flows included', () => {
    expect(Campaign.parse(JSON.parse(JSON.stringify(campaign)))).toEqual(campaign);
    for (const flow of campaign.flows) expect(Flow.parse(flow)).toEqual(flow);
  });
});

const noLevel =
  '40 flows[1].questions «questions» The citizens\' survey must ask everybody for one of the five levels: add a question of type "level" that is not optional and has no "relevant".';

describe('each fault has its path and line', () => {
  test.each<[string, string, string[]]>([
    // what zod finds
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
      [
        '1 title «duban» "title" is missing.',
        '3 titel «titel» There is no "titel" here. Did you mean: title?',
      ],
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
      [
        '32 flows[0].questions[1].expect.atleast «atleast» There is no "atleast" here. Did you mean: atLeast?',
      ],
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
    // between the parts
    [
      'parent: Centre',
      'parent: Central',
      ['8 units[2].parent «Central» No unit goes by "Central". Did you mean: Centre?'],
    ],
    [
      'parent: Centre',
      'parent: west',
      ['8 units[2].parent «west» Going up from "West" leads back to itself.'],
    ],
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
    // the writing
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
    [
      'title: Trial\n',
      'title: *Trial\n',
      ['3 title «*Trial» What "*" refers to is nowhere defined with "&".'],
    ],
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
  ])('%j → %j', (from, to, expected) => {
    expect(faultsOf(changed(from, to))).toEqual(expected);
  });
});

test('all faults are told at once, of the writing, the shape and between the parts, in the order of lines', () => {
  const text = good
    .replace('title: Trial\n', 'titel: Trial\nid: two\n')
    .replace('kind: organisation', 'kind: office')
    .replace('inspected: 城西', 'inspected: 城东')
    .replace('deadline: 2026-07-15', 'deadline: 2025-07-15')
    .replace('question: tidy', 'question: tidi')
    .replace('type: level', 'type: stars');
  expect(faultsOf(text, '2026-06-22').map((one) => one.replace(/ «.*/, ''))).toEqual([
    '1 title',
    '3 titel',
    '4 id',
    '7 units[0].kind',
    '20 activities[0].deadline',
    '21 activities[0].pairs',
    '22 activities[0].pairs[0].inspected',
    '24 activities[0].pairs[2].inspected',
    '35 flows[0].questions[3].relevant.question',
    '42 flows[1].questions[0].type',
  ]);
});

describe('the start', () => {
  test.each([
    [
      undefined,
      '1  «duban» Give the start day, for example --start 2026-06-22; it is taken neither from the file nor from today.',
    ],
    ['22.6.2026', '1  «duban» The start day "22.6.2026" is not a day; write it like 2026-06-22.'],
    ['2026-02-29', '1  «duban» The start day "2026-02-29" is not a day; write it like 2026-06-22.'],
  ])('%s', (start, fault) => {
    const { faults = [] } = readCampaignFile(good, { start });
    expect(faults.map((fault) => told(good, fault))).toEqual([fault]);
  });

  test('is no reason to keep quiet about the file', () => {
    const { faults = [] } = readCampaignFile(changed('survey: rate', 'survey: xyz'), {});
    expect(faults.map(({ path }) => path)).toEqual(['', 'survey']);
  });

  test('a month and day is the first on or after it', () => {
    const { campaign } = readCampaignFile(changed('2026-07-15', '07-15'), { start: '2026-08-01' });
    expect(campaign?.activities[0]?.dueOn).toBe('2027-07-15');
  });
});

describe('warnings leave the campaign loaded', () => {
  test.each<[string, string, string, string[]]>([
    [
      'deadline: 2026-07-15',
      'deadline: 2026-07-19',
      '2026-06-22',
      [
        '19 activities[0].deadline «2026-07-15» The deadline 2026-07-19 is a rest day and was not moved; change the file if it should be.',
      ],
    ],
    [
      'deadline: 2026-07-15',
      'deadline: { workdays: 20 }',
      '2026-12-20',
      [
        '19 activities[0].deadline «deadline» The holidays of 2027 are not published yet; 2027-01-15 is counted with plain Monday to Friday. Add them under "calendar" when they are.',
      ],
    ],
    [
      'deadline: 2026-07-15',
      'deadline: 2029-07-13',
      '2026-06-22',
      [
        '19 activities[0].deadline «2026-07-15» The holidays of 2029 are not published yet; 2029-07-13 is counted with plain Monday to Friday. Add them under "calendar" when they are.',
        '19 activities[0].deadline «2026-07-15» The deadline 2029-07-13 is more than eight months after the start 2026-06-22; check the year.',
      ],
    ],
    [
      'title: Cross',
      'title: Cross',
      '2026-05-29',
      ['4 notice.date «2026-06-01» The start 2026-05-29 is before the date of the notice; please check.'],
    ],
    [
      'label: Tidy?',
      'label: 是否切实加强管理？',
      '2026-06-22',
      [
        '31 flows[0].questions[0].label «Tidy?» Words that are hard to judge: 加强, 切实. Better say what counts as good enough.',
      ],
    ],
    ['survey: rate', 'rooms: []', '2026-06-22', []],
    ['survey: rate\n', '', '2026-06-22', ['35 flows[1].id «{» This flow is not used.']],
    [
      '    intro: Who asks and why.\n',
      '',
      '2026-06-22',
      [
        "36 flows[1].intro «id» The citizens' survey has no notice before it (intro): who asks, why, what, kept how long, whom to turn to.",
      ],
    ],
    ['inspected: 城西', 'inspected: south', '2026-06-22', []],
  ])('%j → %j from %s', (from, to, start, expected) => {
    const { campaign, warnings } = readCampaignFile(changed(from, to), { start });
    if (expected.length > 0) expect(campaign).toBeDefined();
    expect((warnings ?? []).map((fault) => told(good, fault))).toEqual(expected);
  });

  test('a matrix that is to be drawn needs those who take part, and is pointed out', () => {
    const pairs = / {4}pairs:\n(?: {6}- .*\n)+/;
    const drawn = good.replace(pairs, '    participants: [east, 城西, south]\n');
    const { campaign, warnings = [] } = readCampaignFile(drawn, { start: '2026-06-22' });
    expect(campaign?.activities[0]).toMatchObject({ participants: ['east', 'west', 'south'], pairs: [] });
    expect(warnings.map((fault) => told(drawn, fault))).toEqual([
      '20 activities[0].participants «participants» Who inspects whom is not settled: before publication a coordinator draws it with "draw cross".',
    ]);
    const { faults = [] } = readCampaignFile(good.replace(pairs, ''), { start: '2026-06-22' });
    expect(faults.map(({ path, sentence }) => [path, sentence.key])).toEqual([
      ['activities[0]', 'campaign:fault.no-matrix'],
    ]);
  });

  test('a matter of a unit that takes no part is pointed out, since nobody would ever hear of it (MDJ-1.1)', () => {
    const walked = good.replace('mode: cross', 'mode: walkthrough').replace(
      / {4}pairs:\n(?: {6}- .*\n)+/,
      `    participants: [east]
    matters:
      - { unit: East, name: Permit }
      - { unit: South, name: Licence }
`,
    );
    const { campaign, warnings = [] } = readCampaignFile(walked, { start: '2026-06-22' });
    expect(campaign?.activities[0]).toMatchObject({ matters: [{ unit: 'east' }, { unit: 'south' }] });
    expect(warnings.map((fault) => told(walked, fault))).toEqual([
      '23 activities[0].matters[1].unit «South» South takes no part in this activity, so its matter "Licence" is not put on any list. Add the unit to `participants`, or take the matter out.',
    ]);
  });

  test('a matrix with a mutual pair is taken as published (JX-3.5)', () => {
    const mutual = good
      .replace('inspected: 城西', 'inspected: south')
      .replace('      - { inspector: west, inspected: south }\n', '');
    const { campaign, warnings = [] } = readCampaignFile(mutual, { start: '2026-06-22' });
    const [activity] = campaign?.activities ?? [];
    expect(activity?.mode === 'cross' && activity.pairs).toHaveLength(2);
    expect(warnings.map((fault) => told(good, fault))).toEqual([
      '20 activities[0].pairs «pairs» Units that inspect one another: East and South (cycles 2). Kept as published; mind that they may spare each other.',
    ]);
  });
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
