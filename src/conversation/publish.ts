import { assignmentsOf } from '../campaign/activities/activity.ts';
import { makeCalendar } from '../campaign/calendar.ts';
import { Campaign } from '../campaign/definition.ts';
import { instantOf, outOfQuiet } from '../campaign/instant.ts';
import { digestAt, nextReminder, remindersOf } from '../campaign/reminder.ts';
import type { Text } from '../flow/text.ts';
import type { Library } from '../store/library.ts';
import {
  chunksOf,
  giveOutAssignments,
  inspectionRooms,
  isPublished,
  lockCampaign,
  markPublished,
  type NewAssignment,
  openDueDays,
  tasksOf,
  unitNames,
} from '../store/publication.ts';
import { inspectorsOf, type Reachable } from '../store/reach.ts';
import { commitWrites, noWrites, type OutboxRow, type Run } from '../store/writes.ts';
import { roomRows, type Times, taskRow } from './announcement.ts';

export type PublishResult =
  | {
      kind: 'published';
      title: Text;
      assignments: number;
      /** Group chats and people that are told. */
      rooms: number;
      people: number;
      /** Units with a task that nobody is bound to: they have heard nothing yet. */
      unmanned: Text[];
      /** ISO instant; later than the publication when that falls in quiet hours. */
      toldAt: string;
    }
  | { kind: 'already'; publishedAt: string }
  | { kind: 'closed' }
  | { kind: 'unknown' };

/**
 * Publishes a draft, in the caller's transaction: gives out its assignments, sets their reminders, and puts the news into
 * the outbox, one short message a room and a private one to each inspector per task of theirs. Of several at once, one does
 * it and the others learn so.
 * @param at now, ISO instant
 */
export async function publishCampaign(run: Run, campaignId: string, at: string): Promise<PublishResult> {
  const row = await lockCampaign(run, campaignId);
  if (row === null) return { kind: 'unknown' };
  if (row.status === 'closed') return { kind: 'closed' };
  if (row.status === 'published')
    return { kind: 'already', publishedAt: (row.publishedAt ?? new Date(at)).toISOString() };
  const campaign = Campaign.parse(row.definition);
  const times = timesOf(campaignId, campaign, at);
  const assignments = plan(campaign, times, at);
  const units = await giveOutAssignments(run, campaignId, assignments);
  await markPublished(run, campaignId, at, firstDigest(assignments, times, at));
  const open = { campaign: campaign.title, days: await openDueDays(run, campaignId) };
  const rooms = roomRows(await inspectionRooms(run, campaignId), open, times, at);
  const inspectors = await inspectorsOf(run, units);
  const tasks = await tasksOf(run, campaignId, [...inspectors.keys()]);
  const told = tasks.flatMap((task) =>
    (inspectors.get(task.assigneeId) ?? []).map((person) => taskRow(task, person, times, at)),
  );
  for (const outbox of chunksOf([...rooms, ...told])) await commitWrites(run, { ...noWrites(), outbox });
  return {
    kind: 'published',
    title: campaign.title,
    assignments: assignments.length,
    rooms: rooms.length,
    people: new Set(told.map(({ contactId }) => contactId)).size,
    unmanned: await unitNames(
      run,
      units.filter((unit) => !inspectors.has(unit)),
    ),
    toldAt: times.tellAt,
  };
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
  const open = { campaign, days: await openDueDays(run, campaignId) };
  return roomRows([urn], open, { campaignId, rules, tellAt: at }, at);
}

function timesOf(campaignId: string, campaign: Campaign, at: string): Times {
  const rules = remindersOf(campaign);
  const tellAt = outOfQuiet(at, rules.quiet, rules.zone);
  return { campaignId, rules, calendar: makeCalendar(campaign.calendar), tellAt };
}

function plan(campaign: Campaign, { rules, calendar }: Times, at: string): NewAssignment[] {
  const remindAt = new Map<string, string>();
  return campaign.activities.flatMap((activity) =>
    assignmentsOf(activity).map((assignment) => {
      const { dueOn } = assignment;
      // Thousands of assignments share few due days.
      const first = remindAt.get(dueOn) ?? nextReminder({ dueOn, publishedAt: at }, rules, calendar, at).at;
      remindAt.set(dueOn, first);
      return { ...assignment, activity: activity.id, remindAt: first };
    }),
  );
}

/** Nothing can be overdue before the first due day is over. */
function firstDigest(assignments: NewAssignment[], { rules, calendar }: Times, at: string): string {
  const [earliest = at] = assignments.map(({ dueOn }) => instantOf(dueOn, '23:59', rules.zone)).sort();
  return digestAt(rules, calendar, earliest > at ? earliest : at);
}
