import { Activity } from '../campaign/activities/activity.ts';
import { type PlacedUnit, receiversOf } from '../campaign/routing.ts';
import type { Line, Param } from '../flow/say.ts';
import { inLanguage, type Text } from '../flow/text.ts';
import { coordinatorsOf, coordinatorsOfHidden, type Reachable } from '../store/reach.ts';
import wayUp from '../store/sql/way-up.sql';
import type { Run } from '../store/writes.ts';

/** A task whose report is to go somewhere. */
export interface Reported {
  campaignId: string;
  activityId: string;
  assigneeId: string;
  /** The activity, when it is hidden from others. */
  secret: string | null;
}

export interface ReportReceivers {
  /** The units that get it, with what their contact is called, for a sentence. */
  named: Param;
  people: Reachable[];
  /** Said to those who get it in place of a unit where nobody is bound. */
  instead: Line[];
}

/**
 * Who gets the report of a task: the people of the units that the campaign file routes it to (JX-5.1, MDJ-3.6). Where nobody
 * is bound to any of them, the campaign's coordinators, who are asked to pass it on. A hidden activity's goes to its own
 * coordinators and to nobody else (JX-4.4).
 */
export async function reportReceivers(run: Run, task: Reported): Promise<ReportReceivers> {
  const [row] = await run<{ rules: unknown; assignee: string }>(
    `SELECT v.rules, u.code AS assignee FROM activity v, unit u WHERE v.id = $1::uuid AND u.id = $2::uuid`,
    [task.activityId, task.assigneeId],
  );
  if (row === undefined) throw new Error(`no activity ${task.activityId}`);
  const units = await run<PlacedUnit>(wayUp, [task.assigneeId]);
  const receivers = receiversOf(Activity.parse(row.rules), row.assignee, units);
  const bound = await run<{ id: string; code: string; name: Text }>(
    'SELECT id::text, code, name FROM unit WHERE campaign_id = $1::uuid AND code = ANY ($2::text[])',
    [task.campaignId, receivers.map(({ unit }) => unit)],
  );
  const named: Param = {
    list: receivers.map(({ unit, contact }): Param => {
      const name = bound.find(({ code }) => code === unit)?.name ?? unit;
      if (contact === null) return name;
      // "市纪委联系人" says whose contact it is.
      const isNamed = inLanguage(contact, 'zh-CN').startsWith(inLanguage(name, 'zh-CN'));
      return isNamed ? contact : { key: 'commands:report.receiver', params: { unit: name, contact } };
    }),
  };
  if (task.secret !== null)
    return { named, people: await coordinatorsOfHidden(run, task.campaignId, task.secret), instead: [] };
  const all = await coordinatorsOf(run, task.campaignId);
  const own = all.filter(({ units: theirs }) => bound.some(({ id }) => theirs.includes(id)));
  if (own.length === 0)
    return {
      named,
      people: all,
      instead: [{ key: 'commands:report.to.nobody', params: { receivers: named } }],
    };
  // Who coordinates for no unit coordinates all of the campaign.
  return { named, people: [...own, ...all.filter(({ units: theirs }) => theirs.length === 0)], instead: [] };
}
