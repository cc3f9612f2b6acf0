import { makeCalendar } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/definition.ts';
import { outOfQuiet } from '../campaign/instant.ts';
import { nextReminder, remindersOf } from '../campaign/reminder.ts';
import { type ScopeChange, scopeChanges } from '../campaign/scope.ts';
import type { Text } from '../flow/text.ts';
import type { AuditEvent } from '../store/audit.ts';
import { storeDraft } from '../store/campaigns.ts';
import { seedMatters } from '../store/matters.ts';
import { chunksOf, giveOutAssignments } from '../store/publication.ts';
import { addVersion, moveTasks, tasksGivenOut, versionOf, withdrawTasks } from '../store/versions.ts';
import { noWrites, type Run, secretsShown, writeRows } from '../store/writes.ts';
import { withDrawnPairs } from './drawn-matrix.ts';
import { type ChangedTasks, scopeMessages } from './scope-messages.ts';
import { sortTasks } from './scope-tasks.ts';

/** What is to become of a published campaign. `reason`: why its scope is widened; null when nobody gave one. */
export interface Rescope {
  campaignId: string;
  before: Campaign;
  after: Campaign;
  reason: string | null;
  at: string;
}

export type Rescoped =
  | { kind: 'unchanged' }
  /** It would widen the scope, and nobody said why. */
  | { kind: 'refused'; widened: ScopeChange[] }
  | { kind: 'undrawn'; activities: Text[] }
  | {
      kind: 'applied';
      version: number;
      changes: ScopeChange[];
      /** Ids of the units of the version, by their codes. */
      units: Map<string, string>;
      added: number;
      withdrawn: number;
      moved: number;
      /** Tasks no longer wanted that had been begun: they stay, to be finished. */
      kept: number;
      people: number;
      rooms: number;
      /** Owed to the audit log at the end of the caller's transaction. */
      audit: AuditEvent[];
    };

/**
 * Makes the next version of a published campaign, in the caller's transaction, whose lock on the campaign it relies on.
 * Narrowing is applied; widening only with a reason (政府督查工作条例 art. 15). New tasks are given out, those nobody has
 * begun are taken back, days are moved with their reminders, and everybody concerned is told, outside quiet hours.
 * Unless it is `applied` nothing was written.
 */
export async function rescope(run: Run, given: Rescope): Promise<Rescoped> {
  const { campaignId, before, reason, at } = given;
  const ready = await withDrawnPairs(run, campaignId, given.after);
  if ('undrawn' in ready) return { kind: 'undrawn', activities: ready.undrawn };
  const after = ready.campaign;
  const changes = scopeChanges(before, after);
  if (changes.length === 0) return { kind: 'unchanged' };
  const widened = changes.filter(({ kind }) => kind === 'widened');
  if (widened.length > 0 && reason === null) return { kind: 'refused', widened };
  const version = (await versionOf(run, campaignId)) + 1;
  const standing = await tasksGivenOut(run, campaignId);
  const sorted = sortTasks(standing, before, after);
  const gone = await withdrawTasks(
    run,
    sorted.unwanted.map(({ id }) => id),
  );
  const units = await storeDraft(run, campaignId, after, at, true);
  const times = timesOf(after, at);
  const remind = (dueOn: string) =>
    nextReminder({ dueOn, publishedAt: at }, times.rules, times.calendar, at).at;
  const moved = sorted.moved.map(({ task, ...days }) => ({
    id: task.id,
    ...days,
    remindAt: remind(days.dueOn),
  }));
  await moveTasks(run, moved, version - 1);
  await giveOutAssignments(
    run,
    campaignId,
    sorted.added.map((one) => ({ ...one, remindAt: remind(one.dueOn) })),
  );
  await seedMatters(run, campaignId, after.activities);
  const withdrawn = sorted.unwanted.filter(({ id }) => gone.has(id));
  const why = widened.length > 0 ? reason : null;
  await addVersion(run, { campaignId, version, definition: after, reason: why, withdrawn, at });
  const present = await tasksGivenOut(run, campaignId);
  const old = new Set(standing.map(({ id }) => id));
  const added = new Set(present.flatMap(({ id }) => (old.has(id) ? [] : [id])));
  const tasks: ChangedTasks = { withdrawn, moved: sorted.moved, present, added };
  const about = { campaignId, campaign: after, version, reason: why, changes, tasks };
  const told = await scopeMessages(run, about, { ...times, campaignId }, at);
  for (const outbox of chunksOf(told.outbox)) await writeRows(run, { ...noWrites(), outbox });
  return {
    kind: 'applied',
    version,
    changes,
    units,
    added: sorted.added.length,
    withdrawn: withdrawn.length,
    moved: sorted.moved.length,
    kept: sorted.unwanted.length - withdrawn.length,
    people: told.people,
    rooms: told.rooms,
    audit: [auditOf(about, at), ...secretsShown(told.outbox)],
  };
}

function timesOf(campaign: Campaign, at: string) {
  const rules = remindersOf(campaign);
  return {
    rules,
    calendar: makeCalendar(campaign.calendar),
    tellAt: outOfQuiet(at, rules.quiet, rules.zone),
  };
}

/** Counts only: what is secret must not be in the log of what is not. */
function auditOf(
  { campaignId, campaign, version, reason, changes }: Parameters<typeof scopeMessages>[1],
  at: string,
): AuditEvent {
  const open = changes.filter(({ isSecret }) => !isSecret);
  const count = (kind: ScopeChange['kind']) => open.filter((one) => one.kind === kind).length;
  const data = { version, reason, widened: count('widened'), narrowed: count('narrowed') };
  return { at, by: null, kind: 'campaign.rescoped', campaignId, about: `campaign:${campaign.id}`, data };
}
