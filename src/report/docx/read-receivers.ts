import { Activity } from '../../campaign/activities/activity.ts';
import { type PlacedUnit, receiversOf } from '../../campaign/routing.ts';
import type { Text } from '../../flow/text.ts';
import wayUp from '../../store/sql/way-up.sql';
import type { Run } from '../../store/writes.ts';

/** The names of the units to which the report of a unit's task goes, by the campaign file (JX-5.1, MDJ-3.6). Ids. */
export async function receiverNames(run: Run, activityId: string, assigneeId: string): Promise<Text[]> {
  const [row] = await run<{ rules: unknown; campaignId: string; assignee: string }>(
    `SELECT v.rules, v.campaign_id::text AS "campaignId", u.code AS assignee FROM activity v, unit u
     WHERE v.id = $1::uuid AND u.id = $2::uuid`,
    [activityId, assigneeId],
  );
  if (row === undefined) return [];
  const units = await run<PlacedUnit>(wayUp, [assigneeId]);
  const codes = receiversOf(Activity.parse(row.rules), row.assignee, units).map(({ unit }) => unit);
  const names = await run<{ name: Text }>(
    `SELECT u.name FROM unnest($2::text[]) WITH ORDINALITY AS w(code, place)
     JOIN unit u ON u.code = w.code AND u.campaign_id = $1::uuid ORDER BY w.place`,
    [row.campaignId, codes],
  );
  return names.map(({ name }) => name);
}
