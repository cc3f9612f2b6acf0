import type { Text } from '../../flow/text.ts';
import type { Run } from '../writes.ts';

export const taskStates = ['late', 'open', 'done', 'unread'] as const;
export type TaskState = (typeof taskStates)[number];

/** Whose tasks: of an activity; or of units, as those who go (`by`) or those they go to (`at`), with what secrecy lets through. */
export type TasksOf =
  | { activityId: string }
  | { by: readonly string[]; secrets: readonly string[]; campaignId: string | null }
  | { at: string; secrets: readonly string[] };

export interface TaskRow {
  number: number;
  campaign: string;
  activity: { id: string; code: string; title: Text; mode: string; hidden: boolean };
  assignee: { code: string; name: Text; kind: string };
  target: { code: string; name: Text; kind: string };
  dueOn: string;
  reportOn: string | null;
  acknowledgedAt: Date | null;
  reportedAt: Date | null;
  /** How many the filter leaves. */
  all: number;
}

/** One page of tasks, those due first, by number. @param today YYYY-MM-DD */
export function tasksPage(
  run: Run,
  of: TasksOf,
  { state, words }: { state: TaskState | null; words: string },
  { today, limit, offset }: { today: string; limit: number; offset: number },
): Promise<TaskRow[]> {
  const [where, parameters] = whereOf(of);
  return run<TaskRow>(
    `SELECT a.number, c.code AS campaign, a.due_on AS "dueOn", a.report_on AS "reportOn",
       a.acknowledged_at AS "acknowledgedAt", a.reported_at AS "reportedAt",
       jsonb_build_object('id', v.id, 'code', v.code, 'title', v.title, 'mode', v.mode, 'hidden', v.hidden) AS activity,
       jsonb_build_object('code', i.code, 'name', i.name, 'kind', i.kind) AS assignee,
       jsonb_build_object('code', t.code, 'name', t.name, 'kind', t.kind) AS target, (count(*) OVER ())::int AS all
     FROM assignment a JOIN activity v ON v.id = a.activity_id JOIN campaign c ON c.id = v.campaign_id
     JOIN unit i ON i.id = a.assignee_unit_id JOIN unit t ON t.id = a.target_unit_id
     WHERE ${where} AND CASE $1 WHEN 'late' THEN a.reported_at IS NULL AND a.due_on < $2
         WHEN 'open' THEN a.reported_at IS NULL WHEN 'done' THEN a.reported_at IS NOT NULL
         WHEN 'unread' THEN a.acknowledged_at IS NULL AND a.reported_at IS NULL ELSE $2 <> '' END
       AND ($3 = '' OR strpos(lower(i.name::text || ' ' || t.name::text), lower($3)) > 0 OR a.number::text = $3)
     ORDER BY a.due_on, a.number LIMIT $4::int OFFSET $5::int`,
    [state ?? '', today, words, limit, offset, ...parameters],
  );
}

function whereOf(of: TasksOf): [where: string, parameters: unknown[]] {
  if ('activityId' in of) return ['a.activity_id = $6::uuid', [of.activityId]];
  const seen = '(NOT v.hidden OR v.id = ANY ($7::text[]::uuid[]))';
  if ('at' in of) return [`a.target_unit_id = $6::uuid AND ${seen}`, [of.at, of.secrets]];
  const by = `a.assignee_unit_id = ANY ($6::text[]::uuid[]) AND ${seen} AND ($8::uuid IS NULL OR v.campaign_id = $8::uuid)`;
  return [`${by} AND c.status <> 'draft'`, [of.by, of.secrets, of.campaignId]];
}

export interface FoundActivity {
  id: string;
  code: string;
  title: Text;
  mode: string;
  dueOn: string;
  secret: boolean;
  hidden: boolean;
  coordinator: Text | null;
  releasedAt: Date | null;
  visitsMin: number;
  visitsMax: number;
}

/** Null for none, and for a hidden one that is not in `secrets`. */
export async function findActivity(
  run: Run,
  campaignId: string,
  code: string,
  secrets: readonly string[],
): Promise<FoundActivity | null> {
  const [row] = await run<FoundActivity>(
    `SELECT v.id::text, v.code, v.title, v.mode, v.due_on AS "dueOn", v.secret, v.hidden, u.name AS coordinator,
       v.released_at AS "releasedAt", v.visits_min AS "visitsMin", v.visits_max AS "visitsMax"
     FROM activity v LEFT JOIN unit u ON u.id = v.coordinator_unit_id
     WHERE v.campaign_id = $1::uuid AND v.code = $2 AND (NOT v.hidden OR v.id = ANY ($3::text[]::uuid[]))`,
    [campaignId, code, secrets],
  );
  return row ?? null;
}
