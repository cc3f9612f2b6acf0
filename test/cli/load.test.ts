import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { load } from '../../src/cli/load.ts';
import { publish } from '../../src/cli/publish.ts';
import { queue } from '../../src/cli/queue.ts';
import type { Options, Terminal } from '../../src/cli/terminal.ts';
import { handClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { campaignText, openStage } from '../conversation/campaign-stage.ts';
import { heard } from './heard.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'duban-load-'));
afterAll(() => rm(folder, { recursive: true }));

test('what a load takes away is told by name, in both languages', async () => {
  const { database } = await openStage('2026-06-22T08:00:00+08:00');
  const read = readConfig({});
  if ('faults' in read) throw new Error('the environment has faults');
  const clock = handClock('2026-06-22T10:00:00+08:00');
  const file = path.join(folder, 'a.yaml');
  const run = async (text: string) => {
    await writeFile(file, text);
    const options = { start: '2026-06-22', console: true };
    return heard(() => load({ args: [file], options, database, config: read.config, clock }));
  };
  const text = await campaignText('../test/campaign/three-halls');
  expect((await run(text)).out).not.toContain('与载入前相比');
  const { code, out } = await run(
    text
      .replace(
        '- { id: west, name: 城西便民服务中心, kind: hall, aliases: [城西] }',
        '- { id: north, name: 城北, kind: hall }',
      )
      .replaceAll('城西 }', '城北 }')
      .replace('inspector: 城西', 'inspector: 城北')
      .replace('unit: west', 'unit: south'),
  );
  expect(code).toBe(0);
  expect(out).toContain('减少单位1个：城西便民服务中心');
  expect(out).toMatch(/失去身份的1项：.*城西便民服务中心检查员/u);
  expect(out).toMatch(/Parts lost .*城西便民服务中心/u);
});

test('what is published is published once; a version changes its days with a reason only, and what is the same changes nothing', async () => {
  const { database } = await openStage('2026-06-22T08:00:00+08:00');
  const read = readConfig({});
  if ('faults' in read) throw new Error('the environment has faults');
  const { config } = read;
  const clock = handClock('2026-06-22T10:00:00+08:00');
  const run = (work: (terminal: Terminal) => Promise<number>, args: string[], options: Options = {}) =>
    heard(() => work({ args, options, database, config, clock }));
  const file = fileURLToPath(new URL('../campaign/three-halls.yaml', import.meta.url));
  expect(await run(load, [file])).toMatchObject({ code: 1, out: '' });
  expect(await run(load, [file], { start: '2026-06-22' })).toMatchObject({
    code: 0,
    out: expect.stringContaining('Campaign minimal is loaded as a draft, starting 2026-06-22.'),
  });
  expect(await run(publish, [])).toMatchObject({
    code: 0,
    out: expect.stringContaining('minimal is published'),
  });
  expect(await run(publish, ['minimal'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('published before'),
  });
  expect(await run(load, [file], { start: '2026-06-19' })).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('--reason'),
  });
  expect(await run(load, [file], { start: '2026-06-22', reason: '试用' })).toMatchObject({
    code: 0,
    out: expect.stringContaining('nothing was changed'),
  });
  for (const args of [[], ['retry', 'all']])
    expect(await run(queue, args)).toMatchObject({
      code: 0,
      out: expect.stringContaining('No message is set aside'),
    });
});
