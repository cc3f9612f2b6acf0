import { setImmediate as breath } from 'node:timers/promises';
import { z } from 'zod';
import { assignmentsOf } from '../campaign/activities/activity.ts';
import { makeCalendar } from '../campaign/calendar.ts';
import { Campaign } from '../campaign/definition.ts';
import { dateOf, outOfQuiet } from '../campaign/instant.ts';
import { nextDigestAt, nextReminder, remindersOf } from '../campaign/reminder.ts';
import type { Text } from '../flow/text.ts';
import type { AuditEvent } from '../store/audit.ts';
import { publishIndicatorSet } from '../store/indicator-sets.ts';
import type { Library } from '../store/library.ts';
import { seedMatters } from '../store/matters.ts';
import { type OverlapElsewhere, overlapsElsewhere } from '../store/overlaps.ts';
import { pacer } from '../store/pacer.ts';
import {
  beginPublication,
  chunksOf,
  giveOutAssignments,
  inspectionRooms,
  isPublished,
  lockCampaignRow,
  markPublished,
  type NewAssignment,
  openDays,
  readPublishable,
  tasksOf,
  unitNames,
} from '../store/publication.ts';
import { inspectorsOf, type Reachable } from '../store/reach.ts';
import { noWrites, type OutboxRow, type Run, secretsShown, writeRows } from '../store/writes.ts';
import { type OpenTasks, roomRows, type Times, taskRow } from './announcement.ts';
import { withDrawnPairs } from './drawn-matrix.ts';

export type PublishResult =
  | {
      kind: 'published';
      title: Text;
      /** Tasks, and below units and people: without those of hidden activities (JX-4.4). */
      assignments: number;
      /** Group chats and people that are told. */
      rooms: number;
      people: number;
      /** Units with a task that nobody is bound to: they have heard nothing yet. */
      unmanned: Text[];
      /** What other campaigns inspect at the same time (政府督查工作条例 art. 15). */
      overlaps: OverlapElsewhere[];
      /** ISO instant; later than the publication when that falls in quiet hours. */
      toldAt: string;
      /** Owed to the audit log at the end of the caller's transaction. */
      audit: AuditEvent[];
    }
  | { kind: 'already'; publishedAt: string }
  | { kind: 'closed' }
  /** Titles of the activities whose matrix is still to be drawn. */
  | { kind: 'undrawn'; activities: Text[] }
  | { kind: 'unknown' };

/**
 * Publishes a draft, in the caller's transaction: gives out its assignments, sets their reminders, and puts the news into
 * the outbox, one short message a room and a private one to each inspector per task of theirs. Of several at once, one does
 * it and the others learn so.
 * @param at now, ISO instant
 * @param by who publishes; null for somebody at a terminal
 */
export async function publishCampaign(
  run: Run,
  campaignId: string,
  at: string,
  by: string | null = null,
): Promise<PublishResult> {
  const row = await beginPublication(run, campaignId);
  if (row === null) return { kind: 'unknown' };
  if (row.status === 'closed') return { kind: 'closed' };
  if (row.status === 'published')
    return { kind: 'already', publishedAt: (row.publishedAt ?? new Date(at)).toISOString() };
  const draft = Publishing.parse(row.definition);
  // Between long steps the turns of others get their moment.
  await breath();
  const ready = await withDrawnPairs(run, campaignId, draft);
  if ('undrawn' in ready) return { kind: 'undrawn', activities: ready.undrawn };
  const { campaign } = ready;
  await storeDrawn(run, campaignId, draft, campaign);
  const times = timesOf(campaignId, campaign, at);
  const assignments = await plan(campaign, times, at);
  const given = await giveOutAssignments(run, campaignId, assignments);
  await seedMatters(run, campaignId, campaign.activities);
  const told: Told = { pairs: new Set(), people: new Set(), units: new Set(), audit: new Map() };
  const open = { campaign: campaign.title, ...(await openDays(run, campaignId)) };
  await tellRooms(run, open, times, at);
  await tellInspectors(run, given.units, told, times, at);
  // From here on nobody is bound until we are done; whoever was bound while the others were told is told now.
  await lockCampaignRow(run, campaignId);
  const rooms = await tellRooms(run, open, times, at);
  await tellInspectors(run, given.units, told, times, at);
  await markPublished(run, campaignId, at, firstDigest(assignments, times, at));
  await publishIndicatorSet(run, campaignId, at);
  const data = { assignments: assignments.length };
  const about = `campaign:${campaign.id}`;
  return {
    kind: 'published',
    title: campaign.title,
    assignments: given.open,
    rooms,
    people: told.people.size,
    unmanned: await unitNames(
      run,
      given.openUnits.filter((unit) => !told.units.has(unit)),
    ),
    overlaps: await overlapsElsewhere(run, campaignId),
    toldAt: times.tellAt,
    audit: [{ at, by, kind: 'campaign.published', campaignId, about, data }, ...told.audit.values()],
  };
}

/** What is published is what was drawn: the pairs stand in the definition from now on. */
async function storeDrawn(run: Run, campaignId: string, draft: Publishing, drawn: Publishing): Promise<void> {
  for (const [index, activity] of drawn.activities.entries())
    if (activity.mode === 'cross' && activity !== draft.activities[index])
      await run(
        'UPDATE campaign SET definition = jsonb_set(definition, $2::text[], $3::jsonb) WHERE id = $1::uuid',
        [campaignId, ['activities', String(index), 'pairs'], JSON.stringify(activity.pairs)],
      );
}

/** How many tasks a draft would give out, those of hidden activities left out; none when it is no draft. */
export async function tasksToGiveOut(run: Run, campaignId: string): Promise<number> {
  const row = await readPublishable(run, campaignId);
  if (row?.status !== 'draft') return 0;
  const { activities } = Publishing.parse(row.definition);
  return activities.reduce((sum, one) => sum + (one.secret ? 0 : assignmentsOf(one).length), 0);
}

/** The part of a campaign that its publication needs. */
const Publishing = z.object({
  id: Campaign.shape.id,
  title: Campaign.shape.title,
  zone: Campaign.shape.zone,
  quiet: Campaign.shape.quiet,
  calendar: Campaign.shape.calendar,
  reminders: Campaign.shape.reminders,
  desk: Campaign.shape.desk,
  activities: Campaign.shape.activities,
});
type Publishing = z.infer<typeof Publishing>;

/** Who has been told. */
interface Told {
  /** Unit and person. */
  pairs: Set<string>;
  /** Of tasks that others may know of. */
  people: Set<string>;
  /** Units with an inspector. */
  units: Set<string>;
  /** Who saw what is secret, once each. */
  audit: Map<string, AuditEvent>;
}

/**
 * Units whose tasks are read, and messages that are written, in one statement: while either is put together nobody else in
 * this process gets on.
 */
const unitsAtOnce = 15;
const messagesAtOnce = 50;

/** Each room once, its message being keyed. @returns how many there are */
async function tellRooms(run: Run, open: OpenTasks, times: Times, at: string): Promise<number> {
  const outbox = roomRows(await inspectionRooms(run, times.campaignId), open, times, at);
  await writeRows(run, { ...noWrites(), outbox });
  return outbox.length;
}

/** Tells everybody who inspects for these units of their tasks, but for those who were told. */
async function tellInspectors(
  run: Run,
  units: string[],
  told: Told,
  times: Times,
  at: string,
): Promise<void> {
  const pause = pacer();
  for (const part of chunksOf(units)) {
    const inspectors = await inspectorsOf(run, part);
    const fresh = new Map<string, Reachable[]>();
    for (const [unit, people] of inspectors) {
      told.units.add(unit);
      const news = people.filter(({ contactId }) => !told.pairs.has(`${unit} ${contactId}`));
      for (const { contactId } of news) told.pairs.add(`${unit} ${contactId}`);
      if (news.length > 0) fresh.set(unit, news);
    }
    for (const some of chunksOf([...fresh.keys()], unitsAtOnce)) {
      const rows = (await tasksOf(run, times.campaignId, some)).flatMap((task) =>
        (fresh.get(task.assigneeId) ?? []).map((person) => taskRow(task, person, times, at)),
      );
      for (const { contactId, secret } of rows)
        if (secret === undefined && contactId !== undefined) told.people.add(contactId);
      for (const event of secretsShown(rows)) told.audit.set(`${event.by} ${event.secret}`, event);
      for (const outbox of chunksOf(rows, messagesAtOnce)) {
        await writeRows(run, { ...noWrites(), outbox });
        if (units.length > unitsAtOnce) await pause();
      }
    }
  }
}

/**
 * Messages for an inspector who is bound when the campaign has been published already, one a task; none while it is a
 * draft. Call it after the membership was inserted, in the same transaction. They are due at once, in quiet hours too:
 * the person has just written to us. Whoever was told before gets nothing, the keys being the same.
 */
export async function tellNewInspector(
  { run, library }: { run: Run; library: Library },
  { campaignId, unitId, person }: { campaignId: string; unitId: string; person: Reachable },
  at: string,
): Promise<OutboxRow[]> {
  if (!(await isPublished(run, campaignId))) return [];
  const { rules, calendar } = await library.campaign(campaignId);
  const times = { campaignId, rules, calendar, tellAt: at };
  return (await tasksOf(run, campaignId, [unitId])).map((task) => taskRow(task, person, times, at));
}

/**
 * The same for a group chat that is tied when the campaign has been published already: at once, because a coordinator
 * has just written there.
 */
export async function tellNewRoom(
  { run, library }: { run: Run; library: Library },
  { campaignId, campaign, urn }: { campaignId: string; campaign: Text; urn: string },
  at: string,
): Promise<OutboxRow[]> {
  if (!(await isPublished(run, campaignId))) return [];
  const { rules } = await library.campaign(campaignId);
  const open = { campaign, ...(await openDays(run, campaignId)) };
  return roomRows([urn], open, { campaignId, rules, tellAt: at }, at);
}

function timesOf(campaignId: string, campaign: Publishing, at: string): Times {
  const rules = remindersOf(campaign);
  const tellAt = outOfQuiet(at, rules.quiet, rules.zone);
  return { campaignId, rules, calendar: makeCalendar(campaign.calendar), tellAt };
}

async function plan(campaign: Publishing, { rules, calendar }: Times, at: string): Promise<NewAssignment[]> {
  const remindAt = new Map<string, string>();
  const planned: NewAssignment[] = [];
  for (const activity of campaign.activities) {
    for (const assignment of assignmentsOf(activity)) {
      const { dueOn } = assignment;
      // Thousands of assignments share few due days.
      const first = remindAt.get(dueOn) ?? nextReminder({ dueOn, publishedAt: at }, rules, calendar, at).at;
      remindAt.set(dueOn, first);
      planned.push({ ...assignment, activity: activity.id, remindAt: first });
    }
    await breath();
  }
  return planned;
}

function firstDigest(assignments: NewAssignment[], { rules, calendar }: Times, at: string): string {
  const [first = dateOf(at, rules.zone)] = [...new Set(assignments.map(({ dueOn }) => dueOn))].sort();
  return nextDigestAt(rules, calendar, first, at);
}
