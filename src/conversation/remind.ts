import { dateOf, quietOf } from '../campaign/instant.ts';
import { type DueReminders, dueReminders, type ReminderStep } from '../campaign/reminder.ts';
import { channelOf } from '../channels/address.ts';
import type { Line, Say } from '../flow/say.ts';
import { inTransaction } from '../store/database.ts';
import type { CampaignFacts } from '../store/library.ts';
import { inspectorsOf, type Reachable } from '../store/reach.ts';
import {
  type DueAssignment,
  type ReminderWrites,
  recordReminders,
  takeDueReminders,
} from '../store/reminders.ts';
import { commitWrites, noWrites, type OutboxRow, priority } from '../store/writes.ts';
import { dueLines, lateParams, lateWith } from './due-line.ts';
import { counted, counters, does } from './mode-words.ts';
import { nextStep } from './next-step.ts';
import type { TurnOptions } from './turn.ts';

export type RemindOptions = Pick<TurnOptions, 'database' | 'library' | 'clock' | 'log'>;

/** How long an assignment is left alone that a fault keeps from being reminded of. */
const putOffMs = 3_600_000;

/**
 * Sends the reminders that are due, of up to `limit` assignments in one transaction. Safe in any number of processes at
 * once. After an outage each person hears once how things stand, and the missed steps are kept as skipped.
 * @returns how many assignments were dealt with; 0 when nothing more is due now
 */
export async function sendDueReminders(options: RemindOptions, limit: number): Promise<number> {
  const now = options.clock.now().toISOString();
  return inTransaction(options.database.pool, async (run) => {
    const due = await takeDueReminders(run, now, limit);
    if (due.length === 0) return 0;
    const inspectors = await inspectorsOf(run, [...new Set(due.map(({ assigneeId }) => assigneeId))]);
    const writes: Decided = { decisions: [], next: [], outbox: [] };
    for (const assignment of due)
      await decide(options, assignment, inspectors.get(assignment.assigneeId) ?? [], now, writes);
    const { outbox, ...kept } = writes;
    await recordReminders(run, kept);
    if (outbox.length > 0) await commitWrites(run, { ...noWrites(), outbox });
    return due.length;
  });
}

type Decided = ReminderWrites & { outbox: OutboxRow[] };

/** One assignment's share. A fault in it is logged and must not keep the others from being reminded. */
async function decide(
  { library, log }: RemindOptions,
  assignment: DueAssignment,
  people: Reachable[],
  now: string,
  writes: Decided,
): Promise<void> {
  const { id, dueOn, campaignId, publishedAt, handledTo, reported, running } = assignment;
  if (reported || !running || publishedAt === null) {
    writes.next.push({ assignmentId: id, remindAt: null });
    return;
  }
  try {
    const campaign = await library.campaign(campaignId);
    const reminded = {
      dueOn,
      publishedAt: publishedAt.toISOString(),
      handledTo: handledTo?.toISOString() ?? null,
    };
    const decision = stepsOf(assignment, dueReminders(reminded, campaign.rules, campaign.calendar, now));
    record(writes, { assignment, campaign, decision, people, now });
  } catch (err) {
    log.error({ err, assignment: id }, 'an assignment could not be reminded of; putting it off');
    const remindAt = new Date(Date.parse(now) + putOffMs).toISOString();
    writes.next.push({ assignmentId: id, remindAt });
  }
}

/** The report that is owed after the work has steps of its own beside the work's. */
function stepsOf({ finished }: DueAssignment, decision: DueReminders): DueReminders {
  if (!finished) return decision;
  const named = (one: ReminderStep): ReminderStep => ({ ...one, step: `report-${one.step}` });
  const { send, skipped, ...rest } = decision;
  return { ...rest, ...(send === undefined ? {} : { send: named(send) }), skipped: skipped.map(named) };
}

interface Decision {
  assignment: DueAssignment;
  campaign: CampaignFacts;
  decision: DueReminders;
  people: Reachable[];
  now: string;
}

function record(writes: Decided, { assignment, campaign, decision, people, now }: Decision): void {
  const { id: assignmentId } = assignment;
  const { send, skipped, nextAt } = decision;
  const messages =
    send === undefined || assignment.paused
      ? []
      : people.map((person) => message(assignment, campaign, send, person, now));
  for (const { step } of skipped)
    writes.decisions.push({ assignmentId, step, decision: 'skipped', people: 0, at: now });
  if (send !== undefined)
    writes.decisions.push({
      assignmentId,
      step: send.step,
      decision: assignment.paused ? 'paused' : people.length > 0 ? 'sent' : 'nobody',
      people: messages.length,
      at: now,
    });
  writes.outbox.push(...messages);
  writes.next.push({ assignmentId, remindAt: nextAt });
}

function message(
  assignment: DueAssignment,
  campaign: CampaignFacts,
  { step, kind }: ReminderStep,
  { contactId, address }: Reachable,
  now: string,
): OutboxRow {
  return {
    key: `remind:${assignment.id}:${step}:${contactId}`,
    channel: channelOf(address),
    address,
    contactId,
    priority: priority.deadline,
    say: words(assignment, campaign, { kind, contactId }, now),
    at: now,
    dueAt: now,
    ...(assignment.secret === null ? {} : { secret: assignment.secret }),
    ...quietOf(now, campaign.rules.quiet, campaign.rules.zone),
  };
}

/** How things stand now, which after an outage is not what the step's name says. */
function words(
  assignment: DueAssignment,
  { rules, calendar }: CampaignFacts,
  { kind, contactId }: Pick<ReminderStep, 'kind'> & { contactId: string },
  now: string,
): Say {
  const { mode, assignee, target } = assignment;
  const today = dateOf(now, rules.zone);
  const units = { assignee, does: does(mode, target) };
  const late = lateWith(assignment, today);
  const overdue = `conversation:remind.overdue${late === 'all' ? '' : (`.${late}` as const)}` as const;
  const lines: Line[] =
    kind === 'overdue'
      ? [{ key: overdue, params: { ...units, ...lateParams(assignment, today) } }]
      : [{ key: 'conversation:remind.task', params: units }, ...dueLines(assignment, today, calendar)];
  return { lines: [...lines, ...standingLines(assignment, { kind, contactId }, today)] };
}

/** How far the task is, and the next step: of one that is late, returned or begun as “my tasks” says it. */
function standingLines(
  { mode, visitsDone, visitsMin, visitsMax, days, returned, begunBy }: DueAssignment,
  { kind, contactId }: Pick<ReminderStep, 'kind'> & { contactId: string },
  today: string,
): Line[] {
  const begun = begunBy.includes(contactId);
  const enough = visitsDone >= visitsMin;
  const lines: Line[] = returned ? [{ key: 'conversation:remind.returned' }] : [];
  const done = counted(mode, visitsDone);
  const counts = { done, min: visitsMin, ...counters(mode) };
  if (enough && !returned && !begun) return [{ key: 'conversation:remind.visits.enough', params: { done } }];
  if (visitsDone > 0 && !enough) lines.push({ key: 'conversation:remind.visits', params: counts });
  if (kind !== 'overdue' && !begun && !returned) return lines;
  const planned = days.some((day) => day >= today);
  const next = nextStep({ mode, visitsDone, visitsMin, visitsMax, begun, planned });
  return [...lines, { key: 'conversation:remind.next', params: { next } }];
}
