import { expect, test } from 'vitest';
import { runOn } from '../../src/store/database.ts';
import { codesAt } from '../../src/store/desk/units.ts';
import { stage } from '../conversation/stage.ts';

test('a unit’s codes are open or closed, and of single cases it is not told which were used', async () => {
  const talk = await stage();
  const [unit] = await talk.query<{ id: string }>(`SELECT id::text FROM unit WHERE code = 'haiyan'`);
  const id = unit?.id ?? '';
  await talk.query(
    `INSERT INTO survey_code (code, campaign_id, kind, unit_id, created_at, closed_at, expires_on, used)
     SELECT 'CODE' || n, $1::uuid, kind, $2::uuid, now(), closed, expires, used
     FROM (VALUES (1, 'unit', null::timestamptz, null, false), (2, 'unit', now(), null, false), (3, 'unit', null, '2026-06-21', false),
       (4, 'case', null, null, true), (5, 'case', null, null, false)) AS g(n, kind, closed, expires, used)`,
    [talk.campaignId, id],
  );
  expect(await codesAt(runOn(talk.database.pool), id, '2026-06-22')).toEqual([
    { kind: 'case', open: 2, closed: 0 },
    { kind: 'unit', open: 1, closed: 2 },
  ]);
});
