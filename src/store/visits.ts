import type { Member } from '../campaign/draw/frame.ts';
import type { Run } from './writes.ts';

/**
 * The units that may be visited: those named and everything beneath them, all units when none is named. An area that has
 * units beneath it is left to these. In no order; `within` holds the codes of the unit itself and of all above it.
 */
export function objectsUnder(run: Run, campaignId: string, objects: readonly string[]): Promise<Member[]> {
  return run<Member>(
    `WITH RECURSIVE below AS (
       SELECT id, code, name, kind, ARRAY[code] AS within FROM unit
       WHERE campaign_id = $1::uuid AND parent_id IS NULL
       UNION ALL
       SELECT u.id, u.code, u.name, u.kind, u.code || b.within FROM unit u JOIN below b ON u.parent_id = b.id
     )
     SELECT code AS id, name, within FROM below b
     WHERE (cardinality($2::text[]) = 0 OR within && $2::text[])
       AND NOT (kind = 'area' AND EXISTS (SELECT FROM unit c WHERE c.parent_id = b.id))`,
    [campaignId, objects],
  );
}

/** The days (YYYY-MM-DD) from `from` on that units have handed in for a self-check by experience, by unit code (JX-2.4). */
export async function daysHandedIn(
  run: Run,
  campaignId: string,
  from: string,
): Promise<Map<string, string[]>> {
  const rows = await run<{ code: string; day: string }>(
    `SELECT DISTINCT u.code, day FROM assignment a
     JOIN activity v ON v.id = a.activity_id AND v.mode = 'experience'
     JOIN unit u ON u.id = a.target_unit_id
     CROSS JOIN LATERAL unnest(a.days) AS day
     WHERE v.campaign_id = $1::uuid AND a.reported_at IS NULL AND day >= $2 ORDER BY u.code, day`,
    [campaignId, from],
  );
  const days = new Map<string, string[]>();
  for (const { code, day } of rows) days.set(code, [...(days.get(code) ?? []), day]);
  return days;
}

/** A visit to be given out after the publication; activity and units by their ids, days YYYY-MM-DD, instants ISO. */
export interface NewVisit {
  activityId: string;
  assigneeId: string;
  targetId: string;
  dueOn: string;
  reportOn: string | null;
  /** The day on which it is to be made, where that was drawn or settled. */
  days: string[];
  /** One id for all who go there together; null for whoever goes alone. */
  team: string | null;
  remindAt: string;
}

/** @throws Error when this unit has been sent there before */
export async function giveOutVisit(run: Run, visit: NewVisit): Promise<{ id: string; number: number }> {
  const { activityId, assigneeId, targetId, dueOn, reportOn, days, remindAt, team } = visit;
  const [row] = await run<{ id: string; number: number }>(
    `INSERT INTO assignment (activity_id, assignee_unit_id, target_unit_id, due_on, report_on, days, remind_at, team)
     VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::text[], $7::timestamptz, $8::uuid)
     RETURNING id::text, number`,
    [activityId, assigneeId, targetId, dueOn, reportOn, days, remindAt, team],
  );
  if (row === undefined) throw new Error(`no visit of ${assigneeId} to ${targetId}`);
  return row;
}

/** The other tasks of those who go there together with this one (by id). */
export function companionsOf(run: Run, id: string): Promise<{ number: number; assigneeId: string }[]> {
  return run(
    `SELECT o.number, o.assignee_unit_id::text AS "assigneeId" FROM assignment a
     JOIN assignment o ON o.target_unit_id = a.target_unit_id AND o.team = a.team AND o.id <> a.id
     WHERE a.id = $1::uuid ORDER BY o.number`,
    [id],
  );
}

/** Which of these units (by id) have a task of this activity at this target. */
export async function sentBefore(
  run: Run,
  { activityId, assigneeIds, targetId }: { activityId: string; assigneeIds: string[]; targetId: string },
): Promise<Set<string>> {
  const rows = await run<{ id: string }>(
    `SELECT assignee_unit_id::text AS id FROM assignment
     WHERE activity_id = $1::uuid AND target_unit_id = $3::uuid AND assignee_unit_id = ANY ($2::text[]::uuid[])`,
    [activityId, assigneeIds, targetId],
  );
  return new Set(rows.map(({ id }) => id));
}
