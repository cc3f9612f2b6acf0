import type { Text } from '../flow/text.ts';
import type { Run } from './writes.ts';

/** Why a task can't go to a unit; null when nothing speaks against it. */
export type Hindrance = 'own' | 'same' | 'self' | 'recused' | 'taken';

/** A task that is to go to another unit. `secret`: its activity, when that is hidden. */
export interface MovableTask {
  id: string;
  number: number;
  mode: string;
  target: Text;
  secret: string | null;
  hindrance: Hindrance | null;
  /** The inspected unit would inspect the inspecting one: allowed, and worth a word (JX-3.5). */
  mutual: boolean;
  /** It was with the unit that the file gave it to. */
  first: boolean;
}

/**
 * Unreported tasks ($1: ids), locked, as they would stand with another unit ($2): nobody inspects himself or what he stands
 * under, who is recused stays away, and a unit has a task once.
 * @param from the unit that must have them still, once they are locked; null for whichever
 */
export function movableTasks(
  run: Run,
  tasks: readonly string[],
  to: string,
  from: string | null = null,
): Promise<MovableTask[]> {
  return run<MovableTask>(
    `WITH RECURSIVE way AS (
       SELECT id, parent_id, 0 AS height FROM unit WHERE id = $2::uuid
       UNION ALL SELECT p.id, p.parent_id, w.height + 1 FROM way w JOIN unit p ON p.id = w.parent_id),
     above AS (SELECT w.id FROM way w WHERE w.parent_id IS NOT NULL OR w.height = 0)
     SELECT a.id::text, a.number, v.mode, t.name AS target, CASE WHEN v.hidden THEN v.id::text END AS secret,
       a.given_to IS NULL AS first,
       EXISTS (SELECT FROM assignment o WHERE o.activity_id = a.activity_id AND o.assignee_unit_id = a.target_unit_id
         AND o.target_unit_id = $2::uuid) AS mutual,
       CASE
         WHEN a.assignee_unit_id = a.target_unit_id OR v.mode IN ('experience', 'walkthrough', 'selfcheck') THEN 'own'
         WHEN a.assignee_unit_id = $2::uuid THEN 'same'
         WHEN a.target_unit_id IN (SELECT id FROM above) THEN 'self'
         WHEN EXISTS (SELECT FROM recusal r WHERE r.withdrawn_at IS NULL AND r.inspector_unit_id = $2::uuid
           AND r.unit_id = a.target_unit_id) THEN 'recused'
         WHEN EXISTS (SELECT FROM assignment o WHERE o.activity_id = a.activity_id AND o.assignee_unit_id = $2::uuid
           AND o.target_unit_id = a.target_unit_id) THEN 'taken'
       END AS hindrance
     FROM assignment a JOIN activity v ON v.id = a.activity_id JOIN unit t ON t.id = a.target_unit_id
     WHERE a.id = ANY ($1::text[]::uuid[]) AND a.reported_at IS NULL AND ($3::uuid IS NULL OR a.assignee_unit_id = $3::uuid)
     ORDER BY a.number FOR NO KEY UPDATE OF a`,
    [tasks, to, from],
  );
}

/** Gives tasks to another unit, which has confirmed none of them. What is back where the file gave it counts as never moved. */
export async function giveTasksTo(run: Run, tasks: readonly string[], to: string): Promise<void> {
  await run(
    `UPDATE assignment SET assignee_unit_id = $2::uuid, acknowledged_at = NULL,
       given_to = nullif(coalesce(given_to, assignee_unit_id), $2::uuid)
     WHERE id = ANY ($1::text[]::uuid[])`,
    [tasks, to],
  );
}

/** Whether the unit that has these tasks now has begun any: a record, a claim, a confirmation. */
export async function areBegun(run: Run, tasks: readonly string[], unit: string): Promise<boolean> {
  const rows = await run(
    `SELECT a.id FROM assignment a WHERE a.id = ANY ($1::text[]::uuid[])
       AND (a.acknowledged_at IS NOT NULL OR a.reported_at IS NOT NULL OR a.assignee_unit_id <> $2::uuid
         OR EXISTS (SELECT FROM session s JOIN membership m ON m.contact_id = s.contact_id AND m.unit_id = $2::uuid
           WHERE s.assignment_id = a.id))
     LIMIT 1`,
    [tasks, unit],
  );
  return rows.length > 0;
}
