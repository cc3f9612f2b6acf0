import type { Text } from '../flow/text.ts';
import type { Library } from '../store/library.ts';
import { coordinatorsOfHidden, inspectorsOf } from '../store/reach.ts';
import type { Run, Writes } from '../store/writes.ts';
import { awakeRow } from './awake-row.ts';

interface SpotCheck {
  number: number;
  day: string;
  secret: string;
  assigneeId: string;
}

/**
 * A unit takes back days on which its head was to be at the window, and somebody was sent there on one of them: whoever goes
 * and who sent them hear of it, in private, and nobody else does (JX-2.4, JX-4.4).
 * @param dropped days (YYYY-MM-DD) that stood in the schedule and no longer do
 */
export async function tellDroppedDays(
  { run, library, at, writes }: { run: Run; library: Library; at: string; writes: Pick<Writes, 'outbox'> },
  { campaignId, unitId, unit }: { campaignId: string; unitId: string; unit: Text },
  dropped: readonly string[],
): Promise<void> {
  // Asked whatever was dropped, so that no answer takes longer for there being somebody to tell.
  const checks = await run<SpotCheck>(
    `SELECT a.number, d.day, v.id::text AS secret, a.assignee_unit_id::text AS "assigneeId"
     FROM assignment a JOIN activity v ON v.id = a.activity_id AND v.hidden, unnest(a.days) AS d(day)
     WHERE a.target_unit_id = $1::uuid AND a.reported_at IS NULL AND d.day = ANY ($2::text[])
       AND NOT EXISTS (SELECT FROM session s WHERE s.assignment_id = a.id AND s.status = 'completed')
     ORDER BY a.number`,
    [unitId, dropped],
  );
  const facts = await library.campaign(campaignId);
  for (const { number, day, secret, assigneeId } of checks) {
    const params = { number, unit, day: { date: day } };
    const inspectors = (await inspectorsOf(run, [assigneeId])).get(assigneeId) ?? [];
    const told = [
      ...inspectors.map((person) => ({ person, key: 'modes:spot.dropped.inspector' as const })),
      ...(await coordinatorsOfHidden(run, campaignId, secret)).map((person) => ({
        person,
        key: 'modes:spot.dropped.coordinator' as const,
      })),
    ];
    for (const { person, key } of told)
      writes.outbox.push({ ...awakeRow(person, { lines: [{ key, params }] }, facts, at), secret });
  }
}
