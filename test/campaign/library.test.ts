import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findingsIn } from '../../src/campaign/finding.ts';
import { readCampaignFile } from '../../src/campaign/load.ts';
import { filesIn } from '../../src/campaign-files.ts';
import { holds } from '../../src/flow/condition.ts';
import type { Value, Values } from '../../src/flow/value.ts';

const folder = fileURLToPath(new URL('../../campaigns/', import.meta.url));
const ids = [
  'hz-environment',
  'hz-devices',
  'hz-manners',
  'hz-systems',
  'hz-published',
  'hz-services',
  'hz-oversight',
] as const;

/** A campaign that takes its checklists from the library, one activity each. */
const text = `duban: 1
extends: hangzhou-2007
id: trial
title: Trial
notice: { issuer: City, title: Notice, date: 2026-06-01 }
units:
  - { id: east, name: East, kind: hall }
  - { id: west, name: West, kind: hall }
activities:
${ids
  .map(
    (id) => `  - id: ${id}
    mode: cross
    title: ${id}
    coordinator: east
    deadline: { workdays: 5 }
    pairs: [{ inspector: east, inspected: west }, { inspector: west, inspected: east }]
    checklist: ${id}
`,
  )
  .join('')}`;

describe('the checklists of HZ', () => {
  const { campaign } = readCampaignFile(text, { start: '2026-06-22', open: filesIn(folder) });
  if (!campaign) throw new Error('the library has faults');
  const flows = new Map(campaign.flows.map((flow) => [flow.id.replace('trial/', ''), flow]));
  const flow = (id: string) => flows.get(id) ?? expect.fail(`no flow ${id}`);

  test('are there for any campaign to name', () => expect([...flows.keys()]).toEqual([...ids]));

  test('every question but the free words stands under its clause', () => {
    const file = readFileSync(`${folder}library/hangzhou-2007.yaml`, 'utf8');
    const lines = file.split('\n').filter((line) => /^ {6}- id: /.test(line));
    expect(
      lines.filter((line) => !/# HZ-(8|9|1[0-24-9]|2[0-2])\b/.test(line)).map((line) => line.trim()),
    ).toEqual(['- id: hz-environment-why', '- id: hz-manners-why', '- id: hz-systems-why']);
  });

  test.each<[string, number]>([
    ['hz-devices', 4], // 四器
    ['hz-systems', 8], // 八项制度
  ])('%s asks about each of %i', (id, count) => {
    const asked = flow(id).questions.filter(({ type, id: own }) => type === 'choice' && own !== 'hz-seats');
    expect(asked).toHaveLength(count);
  });

  test('nine elements are published, matter by matter', () => {
    const elements = flow('hz-published').questions.find(({ id }) => id === 'hz-elements');
    if (elements?.type !== 'choices') throw new Error('no choices');
    expect(elements.options.filter(({ id }) => id !== 'none')).toHaveLength(9);
  });

  test.each<[string, string, Value, Values, number]>([
    ['hz-environment', 'hz-bright', 'yes', {}, 0],
    ['hz-environment', 'hz-clean', 'no', {}, 1],
    ['hz-environment', 'hz-guide', 'not-needed', {}, 0], // “有条件的”
    ['hz-environment', 'hz-floor-space', 3000, { 'hz-county': 'yes' }, 0], // “不小于” includes the number
    ['hz-environment', 'hz-floor-space', 2999, { 'hz-county': 'yes' }, 1],
    ['hz-devices', 'hz-water', 'no', {}, 1],
    ['hz-devices', 'hz-rating', 'not-needed', {}, 0],
    ['hz-manners', 'hz-courtesy', ['none'], {}, 0],
    ['hz-manners', 'hz-quality', ['answers-once'], {}, 1],
    ['hz-systems', 'hz-told-once', 'no', {}, 1],
    ['hz-published', 'hz-elements', ['none'], {}, 0],
    ['hz-published', 'hz-elements', ['fees', 'model'], {}, 1],
    ['hz-published', 'hz-channels', ['website', 'guide'], {}, 0],
    ['hz-published', 'hz-channels', ['none'], {}, 1],
  ])('%s: %s = %j shows %i', (id, question, value, others, count) =>
    expect(findingsIn(flow(id), { ...others, [question]: value })).toHaveLength(count),
  );

  test('the area is asked of county centres only, and the reason where something is wrong', () => {
    const asks = (question: string, values: Values) => {
      const found = flow('hz-environment').questions.find(({ id }) => id === question);
      return found?.relevant !== undefined && holds(found.relevant, values);
    };
    expect(asks('hz-floor-space', { 'hz-county': 'no' })).toBe(false);
    expect(asks('hz-floor-space', { 'hz-county': 'yes' })).toBe(true);
    expect(asks('hz-environment-why', { 'hz-bright': 'yes', 'hz-signs': 'no' })).toBe(true);
  });
});
