import { writeFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { prepareBackground } from '../../src/jobs/background.ts';
import { cast, type StageOptions, stage, type Talk } from '../conversation/stage.ts';
import { drawn } from './drawn.ts';

const { coordinator, inspector, liaison, citizen, room } = cast;

async function ready(options: StageOptions = {}): Promise<Talk> {
  const talk = await stage(options);
  await prepareBackground(talk.database, talk.log);
  return talk;
}

test('图 进度: one picture to the coordinator alone, with the same in words', async () => {
  const talk = await ready();
  await talk.query(`UPDATE assignment SET reported_at = now() WHERE number <= 3`);
  talk.clock.set('2026-07-16T10:00:00+08:00');
  expect(await talk.says(coordinator, '图 进度')).toEqual([]);
  const [one] = await drawn(talk);
  if (process.env.SHOW) writeFileSync('/tmp/p/progress.png', one?.file.bytes ?? '');
  expect(one?.heard).toMatchObject({ to: coordinator, only: null });
  expect(one?.heard.text).toBe('任务进度\n共8项任务，已上报3项，逾期未报5项。');
  expect(one?.file).toMatchObject({ name: '任务进度.png', mime: 'image/png' });
  const { width, height } = pixelsOf(one?.file.bytes);
  expect([width, height > 700]).toEqual([750, true]);
});

/** Decodes a PNG by drawing it. */
function pixelsOf(bytes: Uint8Array | undefined): { width: number; height: number } {
  const buffer = Buffer.from(bytes ?? []);
  const [width, height] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20)];
  const href = `data:image/png;base64,${buffer.toString('base64')}`;
  const picture = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image href="${href}" width="${width}" height="${height}"/></svg>`,
  ).render();
  const dark = picture.pixels.reduce(
    (sum, value, index) => sum + (index % 4 === 0 && value < 128 ? 1 : 0),
    0,
  );
  expect(dark).toBeGreaterThan(500);
  return { width: picture.width, height: picture.height };
}
