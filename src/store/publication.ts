import type { Text } from '../flow/text.ts';
import giveOut from './sql/give-out-assignments.sql';
import tasksOfUnits from './sql/tasks-of-units.sql';
import type { Run } from './writes.ts';

/** A campaign's row, locked against being published or loaded by somebody else at the same time. */
export interface LockedCampaign {
  status: 'draft' | 'published' | 'closed';
  publishedAt: Date | null;
  definition: unknown;
}

export async function lockCampaign(run: Run, id: string): Promise<LockedCampaign | null> {
  const [row] = await run<LockedCampaign>(
    `SELECT status, published_at AS "publishedAt", definition FROM campaign WHERE id = $1::uuid FOR NO KEY UPDATE`,
    [id],
  );
  return row ?? null;
}

/**
 * Whether a campaign is published. Waits for a publication under way, and lets none begin before the caller's
 * transaction ends: whoever is bound meanwhile is told by exactly one of the two.
 */
export async function isPublished(run: Run, id: string): Promise<boolean> {
  const [row] = await run<{ status: string }>('SELECT status FROM campaign WHERE id = $1::uuid FOR SHARE', [
    id,
  ]);
  return row?.status === 'published';
}

/** From now on its scope is locked: what is published is kept as the first version. */
export async function markPublished(run: Run, id: string, at: string, digestAt: string): Promise<void> {
  await run(
    `WITH published AS (
       UPDATE campaign SET status = 'published', published_at = $2::timestamptz, digest_at = $3::timestamptz
       WHERE id = $1::uuid RETURNING id, definition
     )
     INSERT INTO campaign_version (campaign_id, version, definition, at)
     SELECT id, 1, definition, $2::timestamptz FROM published`,
    [id, at, digestAt],
  );
}

/** One assignment to be inserted; activity and units by their codes. `remindAt` is an ISO instant. */
export interface NewAssignment {
  activity: string;
  assigneeUnit: string;
  targetUnit: string;
  dueOn: string;
  remindAt: string;
}

/** Rows of one statement: few round trips, and no statement so large that it holds everything else up. */
const chunkMax = 1000;

/** @returns the ids of the units that got a task, and of those the units that may be named: not for a hidden task alone */
export async function giveOutAssignments(
  run: Run,
  campaignId: string,
  given: NewAssignment[],
): Promise<{ units: string[]; open: number; openUnits: string[] }> {
  const units = new Set<string>();
  const openUnits = new Set<string>();
  let open = 0;
  for (const part of chunksOf(given)) {
    const rows = await run<{ assigneeId: string; hidden: boolean }>(giveOut, [
      JSON.stringify(part),
      campaignId,
    ]);
    if (rows.length !== part.length)
      throw new Error(`${part.length - rows.length} assignments name a unit or activity that is not there`);
    for (const { assigneeId, hidden } of rows) {
      units.add(assigneeId);
      if (hidden) continue;
      open += 1;
      openUnits.add(assigneeId);
    }
  }
  return { units: [...units], open, openUnits: [...openUnits] };
}

export function chunksOf<Item>(items: Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / chunkMax) }, (_, index) =>
    items.slice(index * chunkMax, (index + 1) * chunkMax),
  );
}

/** A task as it is told to its assignee. */
export interface ToldTask {
  number: number;
  dueOn: string;
  assigneeId: string;
  activity: Text;
  visitsMin: number;
  visitsMax: number;
  assignee: Text;
  target: Text;
  /** The activity, when it is hidden from others. */
  secret: string | null;
}

export function tasksOf(run: Run, campaignId: string, unitIds: string[]): Promise<ToldTask[]> {
  return run<ToldTask>(tasksOfUnits, [campaignId, unitIds]);
}

/** Group chats tied to a campaign for its inspectors. */
export async function inspectionRooms(run: Run, campaignId: string): Promise<string[]> {
  const rows = await run<{ urn: string }>(
    `SELECT urn FROM room WHERE campaign_id = $1::uuid AND purpose = 'inspection' ORDER BY urn`,
    [campaignId],
  );
  return rows.map(({ urn }) => urn);
}

/** The due days of a campaign's tasks, without those of hidden activities. */
export async function openDueDays(run: Run, campaignId: string): Promise<string[]> {
  const rows = await run<{ day: string }>(
    `SELECT a.due_on AS day FROM assignment a JOIN activity v ON v.id = a.activity_id
     WHERE v.campaign_id = $1::uuid AND NOT v.hidden`,
    [campaignId],
  );
  return rows.map(({ day }) => day);
}

export async function unitNames(run: Run, ids: string[]): Promise<Text[]> {
  const rows = await run<{ name: Text }>(
    'SELECT name FROM unit WHERE id = ANY ($1::text[]::uuid[]) ORDER BY code',
    [ids],
  );
  return rows.map(({ name }) => name);
}
