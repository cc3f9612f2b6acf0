import { describe, expect, test } from 'vitest';
import { Campaign } from '../../../src/campaign/definition.ts';
import { readCampaignFile } from '../../../src/campaign/load.ts';
import { Flow } from '../../../src/flow/definition.ts';
import { changed, faultsOf, good, told } from './trial.ts';

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
