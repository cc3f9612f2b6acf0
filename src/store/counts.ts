import type { Text } from '../flow/text.ts';
import foldCountsSql from './sql/fold-counts.sql';
import lateUnitsSql from './sql/late-units.sql';
import type { Run } from './writes.ts';

/** How many tasks of an activity stand alike. Days are YYYY-MM-DD; `finishOn` is set once the work is done and only the report owed. */
export interface TaskCount {
  activityId: string;
  dueOn: string;
  reportOn: string | null;
  finishOn: string | null;
  acknowledged: boolean;
  reported: boolean;
  n: number;
}

/** How the tasks of a campaign stand, by activity, hidden ones included: counted as they change, and not now. */
export function taskCounts(run: Run, campaignId: string): Promise<TaskCount[]> {
  return run<TaskCount>(
    `SELECT c.activity_id::text AS "activityId", c.due_on AS "dueOn", c.report_on AS "reportOn", c.finish_on AS "finishOn",
       c.acknowledged, c.reported, sum(c.n)::int AS n
     FROM activity v JOIN task_count c ON c.activity_id = v.id WHERE v.campaign_id = $1::uuid
     GROUP BY c.activity_id, c.due_on, c.report_on, c.finish_on, c.acknowledged, c.reported HAVING sum(c.n) <> 0`,
    [campaignId],
  );
}

/** Open problems of a campaign, those of hidden activities left out but for these (ids). */
export async function openFindings(
  run: Run,
  campaignId: string,
  secrets: readonly string[] = [],
): Promise<number> {
  const [row] = await run<{ n: number }>(
    `SELECT coalesce(sum(c.n), 0)::int AS n FROM finding_count c LEFT JOIN activity v ON v.id = c.activity_id
     WHERE c.campaign_id = $1::uuid AND (v.hidden IS NOT TRUE OR v.id = ANY ($2::text[]::uuid[]))`,
    [campaignId, secrets],
  );
  return row?.n ?? 0;
}

/** Open problems of an activity, hidden or not. */
export async function openFindingsOf(run: Run, campaignId: string, activityId: string): Promise<number> {
  const [row] = await run<{ n: number }>(
    'SELECT coalesce(sum(n), 0)::int AS n FROM finding_count WHERE campaign_id = $1::uuid AND activity_id = $2::uuid',
    [campaignId, activityId],
  );
  return row?.n ?? 0;
}

/** Tasks looked at to name units that are late. */
const lateTasksMax = 500;

/** The units of these activities (ids) whose tasks are the longest overdue. */
export interface LateUnits {
  names: Text[];
  /** There may be more of them. */
  more: boolean;
}

/**
 * @param late whether it is the report that is late, or the work alone: its report has a later day that is not over (MDJ-3.5)
 * @param today YYYY-MM-DD in the campaign's zone
 */
export async function lateUnits(
  run: Run,
  activities: readonly string[],
  { late, today, namesMax }: { late: 'report' | 'work'; today: string; namesMax: number },
): Promise<LateUnits> {
  const rows = await run<{ name: Text; seen: number }>(lateUnitsSql, [
    activities,
    today,
    late === 'work',
    lateTasksMax,
    namesMax + 1,
  ]);
  const seen = rows[0]?.seen ?? 0;
  return {
    names: rows.slice(0, namesMax).map(({ name }) => name),
    more: rows.length > namesMax || seen >= lateTasksMax,
  };
}

/** Once a day or so: what is read when somebody asks stays short. */
export async function foldCounts(run: Run): Promise<void> {
  await run(foldCountsSql, []);
}
