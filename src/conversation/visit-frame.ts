import { z } from 'zod';
import { CovertActivity, slotId, visitDays } from '../campaign/activities/covert.ts';
import { makeCalendar } from '../campaign/calendar.ts';
import type { Excluded, Frame, Inspector, Member } from '../campaign/draw/frame.ts';
import { ownRecusals } from '../campaign/draw/recusal.ts';
import { CalendarAdditions } from '../campaign/holidays.ts';
import { dateOf } from '../campaign/instant.ts';
import type { Text } from '../flow/text.ts';
import type { DrawSubject, StoredDraw } from '../store/draws.ts';
import { inspectorsIn, pathsOf, standingRecusals, type UnitPath } from '../store/registers.ts';
import { daysHandedIn, objectsUnder } from '../store/visits.ts';
import type { Run } from '../store/writes.ts';

/**
 * Who may visit what, and when. Objects are drawn, for each the units that go, and a workday to come for all of them, so
 * that target and time are both by chance (JX-4.4); for spot checks a unit on one of the days that it has handed in, and who
 * goes there (JX-2.5).
 * @param at now, ISO instant
 */
export async function visitFrame(
  run: Run,
  draw: StoredDraw,
  subject: Extract<DrawSubject, { kind: 'visits' }>,
  at: string,
): Promise<{ frame: Frame; excluded: Excluded[] }> {
  const { campaignId } = draw;
  const { activity, additions } = await activityOf(run, campaignId, subject.activity);
  const today = dateOf(at, draw.zone);
  const inspectors = await visitorsOf(run, campaignId, { codes: subject.inspectors });
  const { objects, excluded } = sorted(await objectsUnder(run, campaignId, activity.objects), draw, activity);
  if (activity.from === 'objects') {
    const days = visitDays(today, activity.dueOn, makeCalendar(additions));
    return { frame: { members: objects, inspectors, days }, excluded };
  }
  const days = await daysHandedIn(run, campaignId, today);
  const members = objects.flatMap((one): Member[] =>
    (days.get(one.id) ?? []).map((day) => ({ ...one, ...onDay(one, day) })),
  );
  return { frame: { members, inspectors }, excluded: excluded.filter(({ id }) => days.has(id)) };
}

/** Units that visit, and what each must not: its own, and what it or any of its inspectors has declared. */
export async function visitorsOf(
  run: Run,
  campaignId: string,
  by: { ids: string[] } | { codes: string[] },
): Promise<Inspector[]> {
  const units = await pathsOf(run, campaignId, by);
  const { ofUnits, ofPeople } = await standingRecusals(run, campaignId);
  const people = ofPeople.size === 0 ? [] : await inspectorsIn(run, campaignId);
  return units.map((unit: UnitPath) => ({
    id: unit.code,
    name: unit.name,
    avoids: [
      ...ownRecusals(unit.path, true),
      ...(ofUnits.get(unit.id) ?? []),
      ...people.flatMap((one) => (one.unitId === unit.id ? (ofPeople.get(one.contactId) ?? []) : [])),
    ],
  }));
}

/** The coordinating unit knows of every visit: it can't be visited unannounced. */
function sorted(all: Member[], draw: StoredDraw, { coordinator }: CovertActivity) {
  const excluded: Excluded[] = [];
  const objects = all.filter(({ id, name, within = [] }) => {
    const kept = draw.excluded.find(({ unit }) => within.includes(unit));
    if (kept === undefined && !within.includes(coordinator)) return true;
    excluded.push({ id, name, reason: kept === undefined ? 'own-unit' : { words: kept.words } });
    return false;
  });
  return { objects, excluded };
}

async function activityOf(run: Run, campaignId: string, code: string) {
  const [row] = await run(
    `SELECT v.rules, coalesce(c.definition -> 'calendar', '{}') AS additions
     FROM activity v JOIN campaign c ON c.id = v.campaign_id WHERE v.campaign_id = $1::uuid AND v.code = $2`,
    [campaignId, code],
  );
  const { rules, additions } = Row.parse(row);
  return { activity: rules, additions };
}

const Row = z.object({ rules: CovertActivity, additions: CalendarAdditions });

function onDay({ id, name }: Pick<Member, 'id' | 'name'>, day: string): { id: string; name: Text } {
  const add = (words: string) => `${words} ${day}`;
  const named = typeof name === 'string' ? add(name) : { 'zh-CN': add(name['zh-CN']), en: add(name.en) };
  return { id: slotId({ unit: id, day }), name: named };
}
