import type { RectificationState } from '../../campaign/rectification/record.ts';
import type { Text } from '../../flow/text.ts';
import type { LedgerCount } from '../ledger-pages.ts';
import type { Run } from '../writes.ts';

/** An activity with its tasks counted: `read` of `total` are acknowledged, `done` handed in, `late` past their day and not. */
export interface ActivityProgress {
  id: string;
  code: string;
  title: Text;
  mode: string;
  dueOn: string;
  hidden: boolean;
  total: number;
  read: number;
  done: number;
  late: number;
}

/** The activities of a campaign that are not hidden, and of the hidden ones those in `secrets`. `today`: YYYY-MM-DD. */
export function activityProgress(
  run: Run,
  campaignId: string,
  secrets: readonly string[],
  today: string,
): Promise<ActivityProgress[]> {
  return run<ActivityProgress>(
    `SELECT v.id::text, v.code, v.title, v.mode, v.due_on AS "dueOn", v.hidden, count(a.id)::int AS total,
       count(a.acknowledged_at)::int AS read, count(a.reported_at)::int AS done,
       (count(*) FILTER (WHERE a.reported_at IS NULL AND a.due_on < $3))::int AS late
     FROM activity v LEFT JOIN assignment a ON a.activity_id = v.id
     WHERE v.campaign_id = $1::uuid AND (NOT v.hidden OR v.id = ANY ($2::text[]::uuid[]))
     GROUP BY v.id ORDER BY v.due_on, v.code`,
    [campaignId, secrets, today],
  );
}

/**
 * Open problems of a campaign by due day and stage: few rows, from which lamps are counted. As ledger-count-campaign.sql, and
 * with those of the hidden activities in `secrets`, whose people see them before the ledger does.
 */
export function openProblems(
  run: Run,
  campaignId: string,
  secrets: readonly string[],
  all: boolean,
): Promise<LedgerCount[]> {
  return run<{ dueOn: string | null; stage: RectificationState | null; count: number }>(
    `SELECT f.due_on AS "dueOn", f.stage, count(*)::int AS count FROM finding f
     WHERE f.campaign_id = $1::uuid AND f.status = 'open' AND ($3::boolean OR f.seen_by = 'unit')
       AND (f.assignment_id IS NULL OR f.assignment_id NOT IN (
         SELECT a.id FROM activity v JOIN assignment a ON a.activity_id = v.id
         WHERE v.hidden AND v.id <> ALL ($2::text[]::uuid[])))
     GROUP BY f.due_on, f.stage`,
    [campaignId, secrets, all],
  );
}
