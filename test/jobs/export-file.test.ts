import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Clock, HandClock } from '../../src/clock.ts';
import { barOf, sendExport } from '../../src/jobs/export-file.ts';
import { newSnapshotId } from '../../src/short-code.ts';
import type { ExportJob } from '../../src/store/later.ts';
import { cast, stage, type Talk } from '../conversation/stage.ts';

const { coordinator } = cast;

/** A job of this talk's campaign for its coordinator. */
async function job(talk: Talk, more: Partial<ExportJob> = {}): Promise<ExportJob> {
  const [contact] = await talk.query<{ id: string }>(
    `SELECT contact_id::text AS id FROM urn WHERE urn = $1`,
    [coordinator],
  );
  return {
    key: 'export:1',
    id: newSnapshotId(),
    progressId: randomUUID(),
    kind: 'ledger',
    campaignId: talk.campaignId,
    units: null,
    all: true,
    to: { contactId: contact?.id ?? '', address: coordinator },
    ...more,
  };
}

/** A machine on which every look at the clock takes a quarter of a second. */
function ticking(clock: HandClock): Clock {
  return {
    now: () => {
      clock.advance(250);
      return clock.now();
    },
  };
}

const fill = (talk: Talk, problems: number) =>
  talk.query(
    `INSERT INTO finding (campaign_id, unit_id, problem, opened_at)
     SELECT $1::uuid, (SELECT id FROM unit WHERE code = 'haiyan'), to_jsonb('问题' || n), now() FROM generate_series(1, $2::int) n`,
    [talk.campaignId, problems],
  );

test('a long export tells how far it is in one message that is redrawn, with what is left, and ends full', async () => {
  const talk = await stage();
  const { database, clock } = talk;
  await talk.says(coordinator, '状态');
  await fill(talk, 25_000);
  const machine = ticking(clock);
  const given = await job(talk);
  const heard = await talk.during(() => sendExport({ database, clock, machine }, given));
  const [bar, ...others] = heard;
  expect(bar?.text).toMatch(/^正在生成文件 [▓░]{10} \d+%，预计还需\d+秒。$/);
  const redrawn = others.flatMap((one) => one.redrawn);
  expect(redrawn.length).toBeGreaterThan(1);
  const shares = [bar?.text ?? '', ...redrawn].map((text) => Number(/(\d+)%/.exec(text)?.[1]));
  expect(shares).toEqual([...shares].sort((one, other) => one - other));
  expect(redrawn.at(-1)).toBe('文件已生成 ▓▓▓▓▓▓▓▓▓▓ 100%。');
  expect(others.filter(({ text }) => text !== '').map(({ text }) => text)).toEqual([
    expect.stringContaining('共25000个问题'),
  ]);
});

test('a job that is done again, as after a crash, makes no second file and says nothing twice', async () => {
  const talk = await stage();
  const { database, clock } = talk;
  await talk.says(coordinator, '状态');
  await fill(talk, 3);
  const given = await job(talk);
  await sendExport({ database, clock, machine: clock }, given);
  await fill(talk, 3);
  const again = await talk.during(() => sendExport({ database, clock, machine: clock }, given));
  expect(again).toEqual([]);
  expect(await talk.query('SELECT rows FROM snapshot')).toEqual([{ rows: 3 }]);
});

test('where nothing can be redrawn the bar is told once', async () => {
  const talk = await stage();
  const { database, clock } = talk;
  await talk.says(coordinator, '状态');
  await fill(talk, 25_000);
  const machine = ticking(clock);
  const given = await job(talk);
  const wechat: ExportJob = { ...given, to: { ...given.to, address: 'wechat:wxid_1' } };
  const heard = await talk.during(() => sendExport({ database, clock, machine }, wechat));
  expect(heard).toHaveLength(2);
});

test('a bar is as long as its share', () => {
  expect(barOf(0)).toEqual({ bar: '░░░░░░░░░░', percent: 0 });
  expect(barOf(0.37)).toEqual({ bar: '▓▓▓░░░░░░░', percent: 37 });
  expect(barOf(1)).toEqual({ bar: '▓▓▓▓▓▓▓▓▓▓', percent: 100 });
});
