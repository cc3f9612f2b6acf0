import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { modes } from '../../src/campaign/activities/activity.ts';
import { languages } from '../../src/flow/text.ts';
import { play } from './play.ts';

// What is drawn is told: the same in every run.
vi.mock('node:crypto', async (original) => {
  const { chance } = await import('./chance.ts');
  const real = await original<typeof import('node:crypto')>();
  return {
    ...real,
    randomInt: chance.int,
    randomBytes: (size: number) =>
      size === 32 ? Buffer.from(chance.hex(size), 'hex') : real.randomBytes(size),
  };
});

const folder = join(import.meta.dirname, 'golden');
const scripts = readdirSync(folder).filter((file) => file.endsWith('.txt'));

for (const language of languages)
  it.each(scripts.filter((file) => file.endsWith(`.${language}.txt`)))('%s', async (file) => {
    const path = join(folder, file);
    await expect(await play(readFileSync(path, 'utf8'), language)).toMatchFileSnapshot(path);
  });

it('every mode is played through in both languages', () => {
  for (const language of languages)
    expect(
      scripts
        .filter((file) => file.endsWith(`.${language}.txt`))
        .map((file) => basename(file, `.${language}.txt`)),
    ).toEqual(expect.arrayContaining([...modes]));
});
