import type { Mode } from '../campaign/activities/activity.ts';
import type { Text } from '../flow/text.ts';
import { pacer } from './pacer.ts';
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

/** What a publication starts from. */
export interface Publishable {
  status: 'draft' | 'published' | 'closed';
  publishedAt: Date | null;
  /** Without units and questionnaires: those of a large campaign take a second to read, and others wait meanwhile. */
  definition: unknown;
}

/**
 * Begins a publication: of several at once, and of loads, each waits for the one before. The campaign's row stays free
 * for those who are bound meanwhile, until {@link lockCampaignRow}.
 */
export async function beginPublication(run: Run, id: string): Promise<Publishable | null> {
  await waitForLoads(run, id);
  return readPublishable(run, id);
}

export async function readPublishable(run: Run, id: string): Promise<Publishable | null> {
  const [row] = await run<Publishable>(
    `SELECT status, published_at AS "publishedAt", definition - 'units' - 'flows' AS definition
     FROM campaign WHERE id = $1::uuid`,
    [id],
  );
  return row ?? null;
}

/** Keeps loads and publications of one campaign apart until the transaction ends. Taken before the campaign's row. */
export async function waitForLoads(run: Run, id: string): Promise<void> {
  await run('SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended($1, 20300))) waited', [id]);
}

export async function lockCampaignRow(run: Run, id: string): Promise<void> {
  await run('SELECT 1 FROM campaign WHERE id = $1::uuid FOR NO KEY UPDATE', [id]);
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
const tasksAtOnce = 200;

/** @returns the ids of the units that got a task, and of those the units that may be named: not for a hidden task alone */
export async function giveOutAssignments(
  run: Run,
  campaignId: string,
  given: NewAssignment[],
): Promise<{ units: string[]; open: number; openUnits: string[] }> {
  const units = new Set<string>();
  const openUnits = new Set<string>();
  let open = 0;
  const pause = pacer();
  for (const part of chunksOf(given, tasksAtOnce)) {
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
    if (given.length > tasksAtOnce) await pause();
  }
  return { units: [...units], open, openUnits: [...openUnits] };
}

export function chunksOf<Item>(items: Item[], size = chunkMax): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** A task as it is told to its assignee. */
export interface ToldTask {
  number: number;
  dueOn: string;
  /** The report's own last day; null when it is due with the work, and once the work is `finished`: then that is `dueOn`. */
  reportOn: string | null;
  finished: boolean;
  assigneeId: string;
  activity: Text;
  mode: Mode;
  visitsMin: number;
  visitsMax: number;
  /** Days on which it is to be done, YYYY-MM-DD, where they are settled. */
  days: string[];
  /** Who goes there with them. */
  companions: Text[];
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

/** What everybody may know of a campaign's tasks, without those of hidden activities. Days YYYY-MM-DD; null without any. */
export interface OpenDays {
  count: number;
  first: string | null;
  last: string | null;
  /** Tasks whose report has a later day of its own, and the last of these days (MDJ-3.5). */
  reports: number;
  reportFirst: string | null;
  reportLast: string | null;
}

export async function openDays(run: Run, campaignId: string): Promise<OpenDays> {
  const [row] = await run<OpenDays>(
    `SELECT count(*)::int AS count, min(d.work) AS first, max(d.work) AS last,
       count(d.report)::int AS reports, min(d.report) AS "reportFirst", max(d.report) AS "reportLast"
     FROM assignment a JOIN activity v ON v.id = a.activity_id
     -- Once the work is done, due_on is the report's.
     CROSS JOIN LATERAL (SELECT coalesce(a.finish_on, a.due_on) AS work,
       CASE WHEN a.finish_on IS NULL THEN a.report_on ELSE a.due_on END AS report) d
     WHERE v.campaign_id = $1::uuid AND NOT v.hidden`,
    [campaignId],
  );
  return row ?? { count: 0, first: null, last: null, reports: 0, reportFirst: null, reportLast: null };
}

export async function unitNames(run: Run, ids: string[]): Promise<Text[]> {
  const rows = await run<{ name: Text }>(
    'SELECT name FROM unit WHERE id = ANY ($1::text[]::uuid[]) ORDER BY code',
    [ids],
  );
  return rows.map(({ name }) => name);
}
