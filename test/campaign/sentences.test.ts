import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import en from '../../locales/en/campaign.json' with { type: 'json' };
import zh from '../../locales/zh-CN/campaign.json' with { type: 'json' };

const chinese: Record<string, string> = zh;

test('both languages have the same sentences with the same values', () => {
  const shape = (file: Record<string, string>) =>
    Object.entries(file)
      .map(
        ([key, sentence]) =>
          `${key} ${[...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()}`,
      )
      .sort();
  expect(shape(en)).toEqual(shape(chinese));
});

test('every sentence is used, by its key', () => {
  const folder = new URL('../../src/campaign/', import.meta.url);
  const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  // The `-near` sentences are made from the others (loading/problem.ts).
  const keys = Object.keys(chinese).filter((key) => !key.endsWith('-near'));
  // Some end in a word that comes from the data.
  const isUsed = (key: string) =>
    [`'${key}'`, `:${key}'`, `${key.slice(0, key.lastIndexOf('.') + 1)}\${`].some((use) =>
      source.includes(use),
    );
  expect(keys.filter((key) => !isUsed(key))).toEqual([]);
  expect(keys).toEqual(
    expect.arrayContaining(
      Object.keys(chinese).flatMap((key) => (key.endsWith('-near') ? [key.slice(0, -5)] : [])),
    ),
  );
});
