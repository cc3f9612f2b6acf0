import type { Mode } from '../campaign/activities/activity.ts';
import type { Text } from '../flow/text.ts';
import type { CommandContext } from './command.ts';
import { hiddenBySight } from './sight.ts';
import { coordinatesBy } from './task-rows.ts';

/** A task that a coordinator's command is about. Days are YYYY-MM-DD. */
export interface MeantTask {
  id: string;
  number: number;
  campaignId: string;
  activityId: string;
  mode: Mode;
  unitId: string;
  unit: Text;
  targetId: string;
  target: Text;
  dueOn: string;
  reportOn: string | null;
  finishOn: string | null;
  givenTo: string | null;
  givenDue: string | null;
  /** The activity, when it is hidden from others. */
  secret: string | null;
}

/**
 * The unreported task of that number in the campaign in question, locked, if this person coordinates it; otherwise they are told why
 * not, in the same words whether a hidden one exists or not, and null is returned.
 */
export async function taskMeant(context: CommandContext, number: number): Promise<MeantTask | null> {
  const { campaign, run } = context;
  const refuse = (key: 'desk:task.unknown' | 'desk:task.reported' | 'desk:task.not-yours'): null => {
    context.replyPrivately({ lines: [{ key, params: { number } }] });
    context.misread.field = 'number';
    return null;
  };
  if (campaign === null || campaign.status !== 'published') return refuse('desk:task.unknown');
  const { all } = await hiddenBySight(context, campaign.id, true);
  // Locked before it is read: a row that was waited for is joined to the unit that it had before.
  await run(
    `SELECT a.id FROM assignment a JOIN activity v ON v.id = a.activity_id
     WHERE a.number = $1 AND v.campaign_id = $2::uuid AND (NOT v.hidden OR v.id::text = ANY ($3::text[]))
     FOR NO KEY UPDATE OF a`,
    [number, campaign.id, all],
  );
  const [row] = await run<MeantTask & { reported: boolean; coordinator: string | null }>(
    `SELECT a.id::text, a.number, v.campaign_id::text AS "campaignId", v.id::text AS "activityId", v.mode,
       s.id::text AS "unitId", s.name AS unit, t.id::text AS "targetId", t.name AS target, a.due_on AS "dueOn",
       a.report_on AS "reportOn", a.finish_on AS "finishOn", a.given_to::text AS "givenTo", a.given_due AS "givenDue",
       CASE WHEN v.hidden THEN v.id::text END AS secret, a.reported_at IS NOT NULL AS reported,
       v.coordinator_unit_id::text AS coordinator
     FROM assignment a JOIN activity v ON v.id = a.activity_id
     JOIN unit s ON s.id = a.assignee_unit_id JOIN unit t ON t.id = a.target_unit_id
     WHERE a.number = $1 AND v.campaign_id = $2::uuid AND (NOT v.hidden OR v.id::text = ANY ($3::text[]))`,
    [number, campaign.id, all],
  );
  if (row === undefined) return refuse('desk:task.unknown');
  const own = coordinatesBy(context);
  if (own !== undefined && row.coordinator !== null && !own.includes(row.coordinator))
    return refuse('desk:task.not-yours');
  return row.reported ? refuse('desk:task.reported') : row;
}
