import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Fault, readCampaignFile } from '../../src/campaign/load.ts';
import { overlapsOf } from '../../src/campaign/overlap.ts';
import { fileset } from './beside.ts';
import { tell } from './telling.ts';

const halls = readFileSync(new URL('three-halls.yaml', import.meta.url), 'utf8');

function told(faults: Fault[] = []): string[] {
  return faults.map(({ file = '', line, path, sentence }) => {
    expect(tell(sentence, 'zh-CN')).toMatch(/\p{Script=Han}/u);
    return `${file}${line} ${path}: ${tell(sentence)}`;
  });
}

describe('days that are over are told, with what to do', () => {
  test.each<[string, string, string[]]>([
    ['the first day itself', '2026-06-22T00:00:00+08:00', []],
    [
      'the day after',
      '2026-06-23T00:00:00+08:00',
      ['1 : The start 2026-06-22 is in the past (today is 2026-06-23); please check.'],
    ],
    [
      'after the deadline',
      '2026-06-30T00:00:00+08:00',
      [
        '1 : The start 2026-06-22 is in the past (today is 2026-06-30); please check.',
        '24 activities[0].deadline: The deadline 2026-06-29 is in the past (today is 2026-06-30): every task would be overdue once published. Change the deadline, or give a later start.',
      ],
    ],
    [
      'the last minute there, though it is another day in UTC',
      '2026-06-29T23:59:00+08:00',
      ['1 : The start 2026-06-22 is in the past (today is 2026-06-29); please check.'],
    ],
  ])('%s', (_, now, expected) => {
    const { warnings } = readCampaignFile(halls, { start: '2026-06-22', now: new Date(now).toISOString() });
    expect(told(warnings)).toEqual(expected);
  });
});

describe('inspections of one unit from several sides at once', () => {
  const second = (deadline: string, pairs: string, secret = '') =>
    halls.replace(
      'flows:',
      `  - id: again
    mode: cross
    title: 再查
    coordinator: centre
    deadline: ${deadline}
    pairs: ${pairs}${secret}
    checklist: tidy
flows:`,
    );
  const pairs = '[{ inspector: 城东, inspected: 城西 }, { inspector: 城西, inspected: 城东 }]';

  test('are warned about at the later activity, with the days (art. 15)', () => {
    const { warnings } = readCampaignFile(second('{ workdays: 3 }', pairs), { start: '2026-06-22' });
    expect(told(warnings).filter((one) => one.includes('art. 15'))).toEqual([
      '30 activities[1]: 窗口互查, 再查 inspect 城西便民服务中心, 城东便民服务中心 at the same time (2026-06-22 to 2026-06-25). Join them, or move one (Regulation on Government Supervision, art. 15).',
    ]);
  });

  test('what a unit does at its own windows does not count', () => {
    const own = halls.replace(
      'flows:',
      `  - { id: own, mode: selfcheck, title: 自查, coordinator: centre, deadline: { workdays: 5 }, participants: [城东, 城西], checklist: tidy }
flows:`,
    );
    expect(told(readCampaignFile(own, { start: '2026-06-22' }).warnings)).toEqual([]);
  });

  test.each([
    ['the same days', '2026-06-22', '2026-06-29', '2026-06-22', '2026-06-29', true],
    ['one day in common', '2026-06-22', '2026-06-29', '2026-06-29', '2026-07-03', true],
    ['one after the other', '2026-06-22', '2026-06-29', '2026-06-30', '2026-07-03', false],
    ['one within the other', '2026-06-22', '2026-06-29', '2026-06-24', '2026-06-25', true],
  ])('%s', (_, from, to, otherFrom, otherTo, overlaps) => {
    const one = { activity: 'a', from, to, targets: new Set(['x', 'y']) };
    const other = { activity: 'b', from: otherFrom, to: otherTo, targets: new Set(['y', 'z']) };
    expect(overlapsOf([one, other]).map(({ units }) => units)).toEqual(overlaps ? [['y']] : []);
  });
});

test('three thousand slips in a register are told in seconds, the first two hundred of them', () => {
  const rows = Array.from({ length: 3000 }, (_, n) => `w${n},Window ${n},window,nowhere ${n},`);
  const text = halls.replace('units:', 'registers: { units: units.csv }\nunits:');
  const files = { 'units.csv': `id,name,kind,parent,aliases\n${rows.join('\n')}\n` };
  const { faults = [] } = readCampaignFile(text, { start: '2026-06-22', open: fileset(files) });
  expect(faults).toHaveLength(201);
  expect(told(faults.slice(0, 1))).toEqual(['units.csv2 parent: No unit goes by "nowhere 0".']);
  expect(told(faults.slice(-1))[0]).toContain('Faults not listed: 2800');
}, 20_000);
