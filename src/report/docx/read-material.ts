import type { Mode } from '../../campaign/activities/activity.ts';
import { Notice } from '../../campaign/definition.ts';
import { dateOf } from '../../campaign/instant.ts';
import type { Text } from '../../flow/text.ts';
import type { Run } from '../../store/writes.ts';
import type { Material } from './material.ts';
import { photosOf } from './read-photos.ts';
import { problemsOf } from './read-problems.ts';
import { receiverNames } from './read-receivers.ts';
import { tasksOf } from './read-tasks.ts';

/** A report that is wanted: of one task by its number, or of the whole activity. */
export interface ReportScope {
  activityId: string;
  task: number | null;
}

interface Row {
  campaignId: string;
  campaign: Text;
  zone: string;
  notice: unknown;
  code: string;
  mode: Mode;
  title: Text;
  hidden: boolean;
  coordinator: Text | null;
}

/** Everything that a report is written from, as it stands at an instant; null when there is no such activity or task. */
export async function readMaterial(run: Run, scope: ReportScope, at: string): Promise<Material | null> {
  const [row] = await run<Row>(
    `SELECT p.id::text AS "campaignId", p.title AS campaign, p.zone, p.definition -> 'notice' AS notice,
       v.code, v.mode, v.title, v.hidden, u.name AS coordinator
     FROM activity v JOIN campaign p ON p.id = v.campaign_id LEFT JOIN unit u ON u.id = v.coordinator_unit_id
     WHERE v.id = $1::uuid`,
    [scope.activityId],
  );
  if (row === undefined) return null;
  const { campaignId, campaign: title, zone, notice, coordinator, ...activity } = row;
  const tasks = await tasksOf(run, scope, activity.mode, zone);
  const [first] = tasks;
  if (scope.task !== null && first === undefined) return null;
  const problems = await problemsOf(
    run,
    tasks.map(({ id }) => id),
  );
  return {
    scope: scope.task === null ? 'activity' : 'task',
    campaign: { id: campaignId, title, zone, notice: Notice.parse(notice) },
    activity,
    coordinator,
    receivers:
      scope.task === null || first === undefined
        ? []
        : await receiverNames(run, scope.activityId, first.assigneeId),
    day: dateOf(at, zone),
    tasks,
    problems,
    photos: await photosOf(run, tasks, problems),
  };
}
