import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { campaignSchema } from '../../src/campaign/schema.ts';

const folder = new URL('../../campaigns/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.yaml'),
);
const text = (name: string) => readFileSync(new URL(name, folder), 'utf8');

test('the published schema is up to date; else: npm run -s duban -- schema > campaigns/campaign.schema.json', () =>
  expect(JSON.parse(text('campaign.schema.json'))).toEqual(campaignSchema()));

describe('the published schema', () => {
  const validate = new Ajv({ strict: false, formats: { date: true } }).compile(
    JSON.parse(text('campaign.schema.json')),
  );
  const minimal = parse(text('minimal.yaml'));

  test.each(files)('takes %s, which names it for editors', (name) => {
    validate(parse(text(name)));
    expect(validate.errors).toBeNull();
    const up = '../'.repeat(name.split('/').length - 1) || './';
    expect(text(name).split('\n')[0]).toBe(`# yaml-language-server: $schema=${up}campaign.schema.json`);
  });

  test.each<[string, (file: Record<string, unknown>) => unknown]>([
    ['an unknown key', (file) => ({ ...file, deadlines: [] })],
    ['no version', ({ duban: _, ...file }) => file],
    ['no flows', ({ flows: _, ...file }) => file],
    ['no id, though it extends', ({ id: _, ...file }) => ({ ...file, extends: 'hangzhou-2007' })],
    ['a unit of no kind', (file) => ({ ...file, units: [{ id: 'a', name: 'A' }] })],
    ['an unknown mode', (file) => ({ ...file, activities: [{ mode: 'stroll' }] })],
    [
      'an unknown type of question',
      (file) => ({
        ...file,
        flows: [{ id: 'a', title: 'A', questions: [{ id: 'b', type: 'guess', label: 'B?' }] }],
      }),
    ],
  ])('refuses %s', (_, change) => expect(validate(change(minimal))).toBe(false));

  test('takes a campaign that has the rest from what it extends', () =>
    expect(validate({ duban: 1, id: 'next-year', extends: ['minimal.yaml'] })).toBe(true));
});
