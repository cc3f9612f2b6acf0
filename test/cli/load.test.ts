import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { load } from '../../src/cli/load.ts';
import { handClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { campaignText, openStage } from '../conversation/campaign-stage.ts';

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
    const written: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((words) => written.push(String(words)) > 0);
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const options = { start: '2026-06-22', console: true };
    const code = await load({ args: [file], options, database, config: read.config, clock });
    vi.restoreAllMocks();
    return { code, out: written.join('') };
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
