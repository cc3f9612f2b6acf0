import path from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { packageRoot } from '../../src/package-root.ts';
import { heard } from './heard.ts';

const duban = (...words: string[]) => heard(() => run(words));
const file = path.join(packageRoot(), 'test/campaign/three-halls.yaml');

test.each([['--help'], ['help'], ['load', '-h']])(
  'the help comes in both languages: %s %s',
  async (...words) => {
    const { code, out, err } = await duban(...words);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('用法：');
    expect(out).toContain('Usage: ');
  },
);

test('an unknown word and an unknown option are answered with the usage', async () => {
  const unknown = await duban('pubish');
  expect(unknown).toMatchObject({ code: 2, out: '' });
  expect(unknown.err).toContain('“pubish”');
  expect(unknown.err).toContain('用法：');
  expect(await duban('load', '--strat', 'x')).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('用法：'),
  });
});

test('a dry run says what would be given out and when people would hear of it', async () => {
  const page = ['plan', file, '--start', '2099-06-22', '--language', 'en'];
  expect((await duban(...page, '--at', '2099-06-21T23:00')).out).toContain('People are told: 22 June 08:00');
  expect(await duban('plan', file)).toMatchObject({ code: 1, out: '' });
  expect(await duban('plan', `${file}x`, '--start', '2099-06-22')).toMatchObject({ code: 1 });
  expect(await duban(...page, '--at', 'noon')).toMatchObject({ code: 2, out: '' });
  expect(await duban('plan')).toMatchObject({ code: 2, out: '' });
});

test('the schema of campaign files is printed', async () => {
  const { out } = await duban('schema');
  expect(JSON.parse(out)).toMatchObject({ title: 'Duban campaign file' });
});
