import type { Mode } from '../campaign/activities/activity.ts';
import type { Campaign } from '../campaign/definition.ts';
import type { Text } from '../flow/text.ts';
import { chunksOf } from './publication.ts';
import givenOut from './sql/given-out.sql';
import moveAssignments from './sql/move-assignments.sql';
import type { Run } from './writes.ts';

/** A task as it was given out; activity and units by their codes, the ids beside them. */
export interface GivenTask {
  id: string;
  number: number;
  activity: string;
  activityId: string;
  activityTitle: Text;
  mode: Mode;
  /** Whether others must not know of it. */
  hidden: boolean;
  assigneeUnit: string;
  targetUnit: string;
  dueOn: string;
  reportOn: string | null;
  /** Days on which it is to be done, YYYY-MM-DD, where they are settled. */
  days: string[];
  assigneeId: string;
  /** The unit that it was given to, once a coordinator handed it to another. */
  givenUnit: string | null;
  /** A coordinator has moved its day. */
  extended: boolean;
  assignee: Text;
  target: Text;
  reported: boolean;
}

export function tasksGivenOut(run: Run, campaignId: string): Promise<GivenTask[]> {
  return run<GivenTask>(givenOut, [campaignId]);
}

/** Takes back what nobody has begun. @returns the ids of those that are gone */
export async function withdrawTasks(run: Run, ids: string[]): Promise<Set<string>> {
  const gone = new Set<string>();
  for (const part of chunksOf(ids)) {
    const rows = await run<{ id: string }>(
      'SELECT id::text FROM withdraw_assignments($1::text[]::uuid[]) AS id',
      [part],
    );
    for (const { id } of rows) gone.add(id);
  }
  return gone;
}

/** Gives tasks other days; `remindAt` is the next reminder, an ISO instant. */
export async function moveTasks(
  run: Run,
  moved: { id: string; dueOn: string; reportOn: string | null; remindAt: string }[],
  versionBefore: number,
): Promise<void> {
  for (const part of chunksOf(moved)) await run(moveAssignments, [JSON.stringify(part), versionBefore]);
}

/** The version that stands; the campaign's row must be locked. */
export async function versionOf(run: Run, campaignId: string): Promise<number> {
  const [row] = await run<{ version: number }>(
    'SELECT coalesce(max(version), 1) AS version FROM campaign_version WHERE campaign_id = $1::uuid',
    [campaignId],
  );
  return row?.version ?? 1;
}

export interface NewVersion {
  campaignId: string;
  version: number;
  definition: Campaign;
  /** Why the scope was widened. */
  reason: string | null;
  withdrawn: Pick<GivenTask, 'number' | 'activity' | 'assigneeUnit' | 'targetUnit' | 'dueOn'>[];
  at: string;
}

export async function addVersion(run: Run, given: NewVersion): Promise<void> {
  const { campaignId, version, definition, reason, withdrawn, at } = given;
  await run(
    `INSERT INTO campaign_version (campaign_id, version, definition, reason, withdrawn, at)
     VALUES ($1::uuid, $2, $3::jsonb, $4, $5::jsonb, $6::timestamptz)`,
    [campaignId, version, JSON.stringify(definition), reason, JSON.stringify(withdrawn), at],
  );
}
