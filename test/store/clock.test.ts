import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { clockOf, presentClock } from '../../src/store/clock.ts';
import { openDatabase } from '../../src/store/database.ts';
import { campaignText, load, openStage, publish } from '../conversation/campaign-stage.ts';
import { freshDatabase } from '../database.ts';

const now = '2026-06-22T08:00:00+08:00';

function rehearsalOf(written: string) {
  const read = readConfig({ DUBAN_CLOCK: written });
  if ('faults' in read) expect.fail(JSON.stringify(read.faults));
  return read.config.rehearsal;
}

test('a rehearsal goes on with its own clock and with no other', async () => {
  const { database } = await openStage(now);
  const began = await clockOf(database, rehearsalOf('2026-06-22T08:00+08:00 x1440'));
  expect(began.rehearsal).toBe(true);
  expect((await clockOf(database, rehearsalOf('2026-06-22T08:00+08:00 x1440'))).rehearsal).toBe(true);
  expect((await presentClock(database)).rehearsal).toBe(true);
  const clock = '2026-06-22T08:00+08:00 x1440';
  for (const other of [
    null,
    rehearsalOf('2026-06-22T08:00+08:00 x60'),
    rehearsalOf('2026-05-01T08:00+08:00 x1440'),
  ])
    await expect(clockOf(database, other)).rejects.toMatchObject({
      code: 'holds-rehearsal',
      params: { clock },
    });
});

test('live data takes no rehearsal, also when only the command line has published there yet', async () => {
  const stage = await openStage(now);
  const id = await load(stage, await campaignText('../test/campaign/three-halls'));
  const rehearsal = rehearsalOf('2026-06-22T08:00+08:00 x1440');
  await publish(stage, id);
  await expect(clockOf(stage.database, rehearsal)).rejects.toMatchObject({ code: 'holds-live' });
  expect((await clockOf(stage.database, null)).rehearsal).toBe(false);
  await expect(clockOf(stage.database, rehearsal)).rejects.toMatchObject({ code: 'holds-live' });
});

test('a draft alone may still be rehearsed', async () => {
  const stage = await openStage(now);
  await load(stage, await campaignText('../test/campaign/three-halls'));
  expect((await clockOf(stage.database, rehearsalOf('2026-06-22T08:00+08:00 x1440'))).rehearsal).toBe(true);
});

test('services that start in the same moment keep one clock, whoever writes it first', async () => {
  const fresh = await freshDatabase();
  const databases = Array.from({ length: 8 }, () => openDatabase(fresh.config, () => undefined));
  try {
    const clocks = await Promise.all(databases.map((database) => clockOf(database, null)));
    expect(clocks.every(({ rehearsal }) => !rehearsal)).toBe(true);
    const { rows } = await fresh.pool.query('SELECT value FROM setting');
    expect(rows).toEqual([{ value: { mode: 'live' } }]);
  } finally {
    await Promise.all(databases.map((database) => database.close()));
    await fresh.drop();
  }
});
