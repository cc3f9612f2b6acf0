import { describe, expect, test } from 'vitest';
import { readCampaignFile } from '../../../src/campaign/load.ts';
import { changed, good, told } from './trial.ts';

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
