import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { languages } from '../../src/flow/text.ts';
import { play } from './golden.ts';

const folder = join(import.meta.dirname, 'golden');
const scripts = readdirSync(folder).filter((file) => file.endsWith('.txt'));

for (const language of languages)
  it.each(scripts.filter((file) => file.endsWith(`.${language}.txt`)))('%s', async (file) => {
    const path = join(folder, file);
    await expect(play(readFileSync(path, 'utf8'), folder, language)).toMatchFileSnapshot(path);
  });

it('tells every situation in both languages', () => {
  const situations = (language: string) =>
    scripts
      .filter((file) => file.endsWith(`.${language}.txt`))
      .map((file) => basename(file, `.${language}.txt`));
  expect(situations('zh-CN').length).toBeGreaterThanOrEqual(8);
  expect(situations('en')).toEqual(situations('zh-CN'));
});
