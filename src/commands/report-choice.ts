import type { Mode } from '../campaign/activities/activity.ts';
import { sightOf } from '../campaign/visibility.ts';
import { does } from '../conversation/mode-words.ts';
import type { Param } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { Snapshot } from '../store/snapshots.ts';
import { type CommandContext, seesCampaign } from './command.ts';
import { ownAssignments } from './own-assignments.ts';
import { hiddenBySight, noteSeen, viewerOf } from './sight.ts';

/** What somebody may have a report of. `visits`: completed so far; `title`: of the activity. */
export type Reportable =
  | { kind: 'activity'; activityId: string; code: string; title: Text; visits: number }
  | { kind: 'task'; activityId: string; number: number; does: Param; title: Text; visits: number };

/**
 * For whoever sees the whole campaign its activities, each of which that person may know all of (JX-4.4); for inspectors and heads
 * their own tasks. The answer goes to the person alone.
 */
export async function reportables(context: CommandContext, campaignId: string): Promise<Reportable[]> {
  const own = (await ownAssignments(context, 'inspector', 'leader'))
    .filter((task) => task.campaignId === campaignId)
    .map(({ activityId, number, mode, targetName, activityTitle, visitsDone }): Reportable => {
      const title = activityTitle;
      return { kind: 'task', activityId, number, does: does(mode, targetName), title, visits: visitsDone };
    });
  return seesCampaign(context) ? [...(await activitiesOf(context, campaignId)), ...own] : own;
}

/** Any task of those activities, by its number; null when there is none or it is not for this person. */
export async function taskNumbered(
  context: CommandContext,
  activities: readonly Reportable[],
  number: number,
): Promise<Reportable | null> {
  const among = activities.flatMap((one) => (one.kind === 'activity' ? [one.activityId] : []));
  const [row] = await context.run<{
    activityId: string;
    mode: Mode;
    target: Text;
    title: Text;
    visits: number;
  }>(
    `SELECT v.id::text AS "activityId", v.mode, t.name AS target, v.title,
       (SELECT count(*)::int FROM session s
        WHERE s.assignment_id = a.id AND s.status = 'completed' AND s.part = 'visit') AS visits
     FROM assignment a JOIN activity v ON v.id = a.activity_id JOIN unit t ON t.id = a.target_unit_id
     WHERE a.number = $1 AND v.id = ANY ($2::text[]::uuid[])`,
    [number, among],
  );
  if (row === undefined) return null;
  const { mode, target, ...task } = row;
  return { kind: 'task', number, does: does(mode, target), ...task };
}

/**
 * Whether a file that was made of a secret activity may be had again: while it is hidden by those who may know all of it, and by whoever
 * asked for it then and still carries out a task of it (JX-4.4).
 */
export async function knowsSecretOf(
  context: CommandContext,
  { campaignId, parameters: { secret } }: Pick<Snapshot, 'campaignId' | 'parameters'>,
  isOwn: boolean,
): Promise<boolean> {
  if (secret === undefined) return true;
  const { all, none } = await hiddenBySight(context, campaignId, true);
  if (all.includes(secret) || !none.includes(secret)) return true;
  if (!isOwn) return false;
  const own = await ownAssignments(context, 'inspector', 'leader');
  return own.some(({ activityId }) => activityId === secret);
}

interface ActivityRow {
  activityId: string;
  campaignId: string;
  code: string;
  mode: Mode;
  title: Text;
  hidden: boolean;
  coordinatorUnitId: string | null;
  visits: number;
}

async function activitiesOf(context: CommandContext, campaignId: string): Promise<Reportable[]> {
  const rows = await context.run<ActivityRow>(
    `SELECT v.id::text AS "activityId", v.campaign_id::text AS "campaignId", v.code, v.mode, v.title, v.hidden,
       v.coordinator_unit_id::text AS "coordinatorUnitId",
       (SELECT count(*)::int FROM assignment a JOIN session s ON s.assignment_id = a.id
        WHERE a.activity_id = v.id AND s.status = 'completed' AND s.part = 'visit') AS visits
     FROM activity v WHERE v.campaign_id = $1::uuid ORDER BY v.code`,
    [campaignId],
  );
  const viewer = { ...viewerOf(context), overheard: false };
  const open = rows.filter((row) => sightOf(row, viewer) === 'all');
  noteSeen(
    context,
    open.flatMap(({ hidden, activityId: id }) => (hidden ? [{ id, campaignId }] : [])),
  );
  return open.map(({ activityId, code, title, visits }) => ({
    kind: 'activity',
    activityId,
    code,
    title,
    visits,
  }));
}
