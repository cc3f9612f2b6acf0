import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase, runOn } from '../../src/store/database.ts';
import { countedSlots, type DeviceNote, noteDevices } from '../../src/store/devices.ts';
import { keepRatings } from '../../src/store/ratings.ts';
import type { Run } from '../../src/store/writes.ts';
import { type FreshDatabase, freshDatabase } from '../database.ts';

let fresh: FreshDatabase;
let database: Database;
let run: Run;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.config, () => undefined);
  run = runOn(database.pool);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const day = '2026-06-22';
const [hall, window] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const [phone, tablet] = ['aa'.repeat(16), 'bb'.repeat(16)];
const at = (token: string, unitId: string | null = hall): DeviceNote => ({ token, unitId });

/** Notes as a batch of ratings does it: the devices first, their units at the end. */
async function noted(slot: number, ...notes: DeviceNote[]) {
  const facts = await noteDevices(run, day, slot, notes);
  await keepRatings(run, [], countedSlots(day, slot, notes));
  return facts.map(({ here, units, slotCount, usualSlot }) => [here, units, slotCount, usualSlot]);
}

test('how often a device rated a unit, how many units, and what the unit’s parts of the day come to', async () => {
  // here, units, this part of the day, the others on average
  expect(await noted(36, at(phone))).toEqual([[1, 1, 1, null]]);
  // In one batch: of the unit each is told all of it, of its own device what came before.
  expect(await noted(36, at(phone), at(tablet), at(phone, window))).toEqual([
    [2, 2, 3, null],
    [1, 1, 3, null],
    [1, 2, 1, null],
  ]);
  expect(await noted(37, at(tablet), at(tablet))).toEqual([
    [2, 1, 2, 3],
    [3, 1, 2, 3],
  ]);
  expect(await noted(40, at(phone))).toEqual([[3, 2, 1, 2.5]]);
  // A code of no unit has no usual part of the day; another day is another matter.
  expect(await noted(40, at(tablet, null))).toEqual([[1, 1, 0, null]]);
  expect(await noteDevices(run, '2026-06-23', 40, [at(phone)])).toEqual([
    { here: 1, units: 1, slotCount: 1, usualSlot: null },
  ]);
});
