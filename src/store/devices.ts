import { randomBytes } from 'node:crypto';
import noteDevicesSql from './sql/note-devices.sql';
import type { Run } from './writes.ts';

/**
 * What limits and signs of tampering are reckoned from. A device is known by a hash keyed with a salt of the day; salt and rows
 * are deleted when the day is over (jobs/forgetting.ts), and no rating carries either (docs/privacy.md).
 */
export interface DeviceNote {
  /** Hex, of the day's salt. */
  token: string;
  unitId: string | null;
}

export interface DeviceFacts {
  /** Ratings of this device for this unit today, this one included; of several at once the first come first. */
  here: number;
  /** Units that it rated today. */
  units: number;
  /** Ratings of the unit in this part of the day, and in its others today on average; null without any. */
  slotCount: number;
  usualSlot: number | null;
}

/** Minutes of one part of the day. */
export const slotMinutes = 15;

const saltName = (day: string) => `device-salt:${day}`;

/** The day's salt, made by whoever needs it first. */
export async function saltOf(run: Run, day: string): Promise<string> {
  const find = async () => {
    const [row] = await run<{ salt: string }>(`SELECT value #>> '{}' AS salt FROM setting WHERE key = $1`, [
      saltName(day),
    ]);
    return row?.salt;
  };
  const known = await find();
  if (known !== undefined) return known;
  await run('INSERT INTO setting (key, value) VALUES ($1, to_jsonb($2::text)) ON CONFLICT DO NOTHING', [
    saltName(day),
    randomBytes(16).toString('hex'),
  ]);
  return (await find()) ?? '';
}

/** Ratings of a unit in a part of a day, whoever gave them: rows under the empty token. */
export interface CountedSlot {
  day: string;
  unitId: string | null;
  slot: number;
  n: number;
}

/** What `insertRatings` counts of these notes. */
export function countedSlots(
  day: string,
  slot: number,
  notes: readonly Pick<DeviceNote, 'unitId'>[],
): CountedSlot[] {
  const counts = new Map<string | null, number>();
  for (const { unitId } of notes) counts.set(unitId, (counts.get(unitId) ?? 0) + 1);
  return [...counts].map(([unitId, n]) => ({ day, unitId, slot, n }));
}

/**
 * Counts these devices' ratings and tells how it stands with each, in the order given. What a unit's parts of the day come to
 * stands under the empty token: to add it up from the devices' for every rating took longer with every rating of the day.
 */
export function noteDevices(
  run: Run,
  day: string,
  slot: number,
  notes: readonly DeviceNote[],
): Promise<DeviceFacts[]> {
  return run<DeviceFacts>(noteDevicesSql, [day, slot, JSON.stringify(notes)]);
}

/** How often a device has rated a unit on a day so far. `token`: hex, of the day's salt. */
export async function ratedBy(run: Run, day: string, { token, unitId }: DeviceNote): Promise<number> {
  const [row] = await run<{ n: number }>(
    `SELECT coalesce(sum(n), 0)::int AS n FROM rating_trace
     WHERE day = $1::date AND token = decode($2, 'hex') AND unit_id IS NOT DISTINCT FROM $3::uuid`,
    [day, token, unitId],
  );
  return row?.n ?? 0;
}

/** Removes what was noted on days that are over in the zone of every campaign, with the salts. `now`: ISO instant. @returns how many devices */
export async function forgetDevices(run: Run, now: string): Promise<number> {
  const [today] = await run<{ day: string }>(
    `SELECT coalesce(min(($1::timestamptz AT TIME ZONE zone)::date), ($1::timestamptz AT TIME ZONE 'UTC')::date)::text AS day
     FROM campaign`,
    [now],
  );
  if (today === undefined) throw new Error('an aggregate without a row');
  const { day } = today;
  const gone = await run<{ device: boolean }>(
    `DELETE FROM rating_trace WHERE day < $1::date RETURNING token <> '' AS device`,
    [day],
  );
  await run(`DELETE FROM setting WHERE key LIKE 'device-salt:%' AND key < $1`, [saltName(day)]);
  return gone.filter(({ device }) => device).length;
}
