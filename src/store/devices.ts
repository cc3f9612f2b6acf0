import { randomBytes } from 'node:crypto';
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
  /** Ratings of this device for this unit today, this one included. */
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

/**
 * Counts these devices' ratings and tells how it stands with each, in the order given. The ratings of a unit in a part of the
 * day, whoever gave them, stand under the empty token: to add them up from the devices' for every rating took longer with
 * every rating of the day.
 */
export async function noteDevices(
  run: Run,
  day: string,
  slot: number,
  notes: readonly DeviceNote[],
): Promise<DeviceFacts[]> {
  if (notes.length === 0) return [];
  await run(
    `INSERT INTO rating_trace AS t (day, token, unit_id, slot, n)
     SELECT $1::date, decode(k.token, 'hex'), g."unitId", $2, count(*)
     FROM jsonb_to_recordset($3::jsonb) AS g(token text, "unitId" uuid) CROSS JOIN LATERAL (VALUES (g.token), ('')) AS k(token)
     GROUP BY 2, 3 ORDER BY 2, 3
     ON CONFLICT (day, token, unit_id, slot) DO UPDATE SET n = t.n + excluded.n`,
    [day, slot, JSON.stringify(notes)],
  );
  return run<DeviceFacts>(
    `WITH given AS MATERIALIZED (
       SELECT g.token, g."unitId" AS unit_id, g.ordinality
       FROM ROWS FROM (jsonb_to_recordset($3::jsonb) AS (token text, "unitId" uuid)) WITH ORDINALITY AS g),
     unit AS MATERIALIZED (
       SELECT g.unit_id, coalesce(sum(t.n) FILTER (WHERE t.slot = $2), 0) AS slot,
         (sum(t.n) FILTER (WHERE t.slot <> $2))::float8 / count(*) FILTER (WHERE t.slot <> $2) AS usual
       FROM (SELECT DISTINCT unit_id FROM given) g
       JOIN rating_trace t ON t.day = $1::date AND t.token = '' AND t.unit_id = g.unit_id
       GROUP BY 1)
     SELECT o.here::int, o.units::int, coalesce(u.slot, 0)::int AS "slotCount", u.usual::float8 AS "usualSlot"
     FROM given g
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(t.n) FILTER (WHERE t.unit_id IS NOT DISTINCT FROM g.unit_id), 0) AS here,
         count(DISTINCT t.unit_id) AS units
       FROM rating_trace t WHERE t.day = $1::date AND t.token = decode(g.token, 'hex')) o
     LEFT JOIN unit u ON u.unit_id = g.unit_id
     ORDER BY g.ordinality`,
    [day, slot, JSON.stringify(notes)],
  );
}

/** Removes what was noted on days before this one, with the salts. */
export async function forgetDevices(run: Run, day: string): Promise<number> {
  const gone = await run<{ device: boolean }>(
    `DELETE FROM rating_trace WHERE day < $1::date RETURNING token <> '' AS device`,
    [day],
  );
  await run(`DELETE FROM setting WHERE key LIKE 'device-salt:%' AND key < $1`, [saltName(day)]);
  return gone.filter(({ device }) => device).length;
}
