import { expect, test } from 'vitest';
import { readCampaignFile } from '../../src/campaign/load.ts';
import { tell } from './telling.ts';

const file = (rules: string) => `duban: 1
id: trial
title: Trial
notice: { issuer: City, title: Notice, date: 2026-06-01 }
units:
  - { id: centre, name: Centre, kind: organisation }
  - { id: east, name: East, kind: area }
  - { id: west, name: West, kind: area }
  - { id: south, name: South, kind: area }
activities:
  - { id: visits, mode: covert, title: Visits, coordinator: centre, deadline: 2026-07-15, checklist: list, ${rules} }
flows:
  - { id: list, title: List, questions: [{ id: tidy, type: choice, label: Tidy?, options: yes-no }] }
`;
const pair = (inspector: string) => `{ inspector: ${inspector}, inspected: West }`;

test.each<[string, string[]]>([
  ['inspectors: 2', []],
  ['inspectors: 2, participants: [east, south]', []],
  [
    'inspectors: 3, participants: [east, south]',
    ['Each object wants people of 3 units (inspectors), and only 2 take part.'],
  ],
  [`inspectors: 2, pairs: [${pair('east')}, ${pair('south')}]`, []],
  [`pairs: [${pair('east')}]`, []],
  [
    `inspectors: 2, pairs: [${pair('east')}]`,
    ['Each object wants people of 2 units (inspectors), and West has 1.'],
  ],
])('as many inspectors for an object as the activity wants (JX-4.4): %s', (rules, expected) => {
  const { faults = [] } = readCampaignFile(file(rules), { start: '2026-06-22' });
  expect(faults.map(({ sentence }) => tell(sentence))).toEqual(expected);
});
