import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assetsFolder } from '../../../src/web/console/assets-folder.ts';
import { words } from '../../../src/web/console/words.ts';

const params = (sentence: string) => [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

it('has the same sentences with the same blanks in both languages', () => {
  expect(Object.keys(words.en)).toEqual(Object.keys(words['zh-CN']));
  for (const [key, sentence] of Object.entries(words['zh-CN'])) {
    const other = Object.entries(words.en).find(([name]) => name === key)?.[1] ?? '';
    expect([key, [...new Set(params(other))]]).toEqual([key, [...new Set(params(sentence))]]);
  }
});

it('has a sentence for every place that wants one, and a place for every sentence', async () => {
  const names = (await readdir(assetsFolder())).filter((name) => /\.(html|js)$/.test(name));
  const files = await Promise.all(names.map((name) => readFile(join(assetsFolder(), name), 'utf8')));
  const all = files.join('\n');
  const wanted = [...all.matchAll(/data-(?:word|label|hint)="([^"]+)"|\bword\('([^']+)'/g)].map(
    ([, a, b]) => a ?? b,
  );
  for (const key of wanted) expect(Object.keys(words.en)).toContain(key);
  const composed = /^(state-|fault-|sending$|waiting$|failed$|options|loopback-only$)/;
  expect(Object.keys(words.en).filter((key) => !wanted.includes(key) && !composed.test(key))).toEqual([]);
});
