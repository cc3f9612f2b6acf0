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
  /** Those of the units where somebody is bound, and those where nobody is; null for none. */
  reached: Param | null;
  missing: Param | null;
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
  if (task.secret !== null) return hiddenReceivers(run, task, task.secret);
  const all = await coordinatorsOf(run, task.campaignId);
  const routed = receivers.map(({ unit, contact }) => {
    const known = bound.find(({ code }) => code === unit);
    const own = all.filter(({ units: theirs }) => known !== undefined && theirs.includes(known.id));
    return { name: nameOf(known?.name ?? unit, contact), own };
  });
  const reached = routed.filter(({ own }) => own.length > 0);
  const missing = listed(routed.filter(({ own }) => own.length === 0).map(({ name }) => name));
  const own = all.filter((one) => reached.some((route) => route.own.includes(one)));
  return {
    named: { list: routed.map(({ name }) => name) },
    // Who coordinates for no unit coordinates all of the campaign.
    people: own.length === 0 ? all : [...own, ...all.filter(({ units: theirs }) => theirs.length === 0)],
    reached: listed(reached.map(({ name }) => name)),
    missing,
    instead: missing === null ? [] : [{ key: 'commands:report.to.nobody', params: { receivers: missing } }],
  };
}

/** Of a hidden activity its own coordinators, and so the unit that they act for. */
async function hiddenReceivers(run: Run, { campaignId }: Reported, secret: string): Promise<ReportReceivers> {
  const people = await coordinatorsOfHidden(run, campaignId, secret);
  const [unit] = await run<{ name: Text }>(
    'SELECT u.name FROM activity v JOIN unit u ON u.id = v.coordinator_unit_id WHERE v.id = $1::uuid',
    [secret],
  );
  const named: Param = { list: unit === undefined ? [] : [unit.name] };
  return { named, people, reached: named, missing: null, instead: [] };
}

/** A unit and what its contact is called: "市纪委联系人" says whose contact it is. */
function nameOf(name: Text, contact: Text | null): Param {
  if (contact === null) return name;
  const isNamed = inLanguage(contact, 'zh-CN').startsWith(inLanguage(name, 'zh-CN'));
  return isNamed ? contact : { key: 'commands:report.receiver', params: { unit: name, contact } };
}

function listed(names: Param[]): Param | null {
  return names.length === 0 ? null : { list: names };
}
