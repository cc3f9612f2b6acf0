import type { Calendar } from '../campaign/calendar.ts';
import { dateOf, quietOf } from '../campaign/instant.ts';
import type { ReminderRules } from '../campaign/reminder.ts';
import { channelOf } from '../channels/address.ts';
import type { Line, Param, Say } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';
import type { OpenDays, ToldTask } from '../store/publication.ts';
import type { Reachable } from '../store/reach.ts';
import { type OutboxRow, priority } from '../store/writes.ts';
import { dueLines } from './due-line.ts';
import { counters, does } from './mode-words.ts';

/** What the words of an announcement depend on. */
export interface Times {
  campaignId: string;
  rules: ReminderRules;
  calendar: Calendar;
  /** When the messages are due. */
  tellAt: string;
}

/** What everybody may know of a campaign's tasks: what must stay secret is not even counted (JX-4.4). */
export interface OpenTasks extends OpenDays {
  campaign: Text;
}

/** Short, for everybody: how many tasks, by when, and by when reported where that is another day (MDJ-3.5). */
export function roomRows(
  rooms: string[],
  { campaign, count, first, last, ...reports }: OpenTasks,
  { campaignId, rules, tellAt }: Pick<Times, 'campaignId' | 'rules' | 'tellAt'>,
  at: string,
): OutboxRow[] {
  if (first === null || last === null) return [];
  const report = reportedBy(count, reports);
  const params = { campaign, count, due: { date: first }, last: { date: last }, report };
  const key = first === last ? 'conversation:publish.room' : 'conversation:publish.room.dates';
  return rooms.map((urn) => ({
    key: `publish:${campaignId}:room:${urn}`,
    channel: channelOf(urn),
    address: urn,
    priority: priority.broadcast,
    say: { lines: [{ key, params }] },
    at,
    dueAt: tellAt,
    ...quietOf(tellAt, rules.quiet, rules.zone),
  }));
}

function reportedBy(
  count: number,
  { reports, reportFirst, reportLast }: Pick<OpenDays, 'reports' | 'reportFirst' | 'reportLast'>,
): Param {
  if (reportLast === null) return '';
  const some = reports < count || reportFirst !== reportLast ? '.some' : '';
  return { key: `conversation:publish.room.report${some}`, params: { report: { date: reportLast } } };
}

/** One task, to one of those who inspect it: whom, what, by when, and how to answer. */
export function taskRow(
  task: ToldTask,
  { contactId, address }: Reachable,
  times: Times,
  at: string,
): OutboxRow {
  return {
    key: `publish:${times.campaignId}:${task.number}:${contactId}`,
    channel: channelOf(address),
    address,
    contactId,
    priority: priority.broadcast,
    say: taskSay(task, times),
    at,
    dueAt: times.tellAt,
    ...(task.secret === null ? {} : { secret: task.secret }),
    ...quietOf(times.tellAt, times.rules.quiet, times.rules.zone),
  };
}

function taskSay(task: ToldTask, { rules, calendar, tellAt }: Times): Say {
  const {
    number,
    dueOn,
    reportOn,
    finished,
    mode,
    activity,
    assignee,
    target,
    visitsMin: min,
    visitsMax: max,
  } = task;
  const visits = {
    key: `conversation:publish.visits.${mode === 'walkthrough' ? 'listed' : min === max ? 'exact' : 'range'}`,
    params: { min, max, ...counters(mode) },
  } as const;
  const day = task.secret === null ? undefined : task.days[0];
  const lines: Line[] = [
    { key: 'conversation:publish.task', params: { activity, assignee, does: does(mode, target), visits } },
    ...(day === undefined
      ? dueLines({ dueOn, reportOn, finished }, dateOf(tellAt, rules.zone), calendar)
      : [{ key: 'modes:visit.on', params: { day: { date: day } } } as const]),
    ...(task.companions.length === 0
      ? []
      : [{ key: 'modes:visit.with', params: { companions: { list: task.companions } } } as const]),
    ...(task.secret === null ? [] : [{ key: 'modes:visit.keep' } as const]),
    { key: 'conversation:publish.reply', params: { start: { key: `modes:start.${mode}` } } },
  ];
  const options = [{ id: String(number), label: { key: 'conversation:publish.ack' } as const }];
  return {
    lines,
    ask: { target: 'command:ack', question: 'task', options, many: false, numbered: false },
  };
}
