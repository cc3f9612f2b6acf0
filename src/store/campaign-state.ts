import type { Reachable } from './reach.ts';
import type { Run } from './writes.ts';

/** What is open in a campaign, hidden tasks left out: of them nobody is told here (JX-4.4). */
export interface OpenWork {
  tasks: number;
  findings: number;
}

export async function openWork(run: Run, campaignId: string): Promise<OpenWork> {
  const [row] = await run<OpenWork>(
    `SELECT
       (SELECT count(*)::int FROM assignment a JOIN activity v ON v.id = a.activity_id
        WHERE v.campaign_id = $1::uuid AND NOT v.hidden AND a.reported_at IS NULL) AS tasks,
       (SELECT count(*)::int FROM finding f WHERE f.campaign_id = $1::uuid AND f.status = 'open' AND NOT EXISTS (
          SELECT FROM assignment a JOIN activity v ON v.id = a.activity_id WHERE a.id = f.assignment_id AND v.hidden))
         AS findings`,
    [campaignId],
  );
  return row ?? { tasks: 0, findings: 0 };
}

/** @returns false when it is paused already, or not under way */
export async function pauseCampaign(run: Run, campaignId: string, at: string): Promise<boolean> {
  const rows = await run(
    `UPDATE campaign SET paused_at = $2::timestamptz
     WHERE id = $1::uuid AND status = 'published' AND paused_at IS NULL RETURNING id`,
    [campaignId, at],
  );
  return rows.length === 1;
}

/**
 * Lets a paused campaign go on: what was put off because of the pause is looked at again.
 * @returns since when it was paused; null when it was not
 */
export async function resumeCampaign(run: Run, campaignId: string, at: string): Promise<string | null> {
  const [row] = await run<{ at: Date }>(
    `UPDATE campaign c SET paused_at = NULL FROM (SELECT id, paused_at FROM campaign WHERE id = $1::uuid FOR UPDATE) b
     WHERE c.id = b.id AND b.paused_at IS NOT NULL RETURNING b.paused_at AS at`,
    [campaignId],
  );
  if (row === undefined) return null;
  await run(
    `UPDATE rectification SET wake_at = least(wake_at, $2::timestamptz)
     WHERE campaign_id = $1::uuid AND wake_at IS NOT NULL`,
    [campaignId, at],
  );
  return row.at.toISOString();
}

/** @returns false when it is not under way */
export async function endCampaign(run: Run, campaignId: string): Promise<boolean> {
  const rows = await run(
    `UPDATE campaign SET status = 'closed' WHERE id = $1::uuid AND status = 'published' RETURNING id`,
    [campaignId],
  );
  return rows.length === 1;
}

/** Opens an ended campaign again: its reminders, which may have been taken down meanwhile, are to be looked at now. */
export async function openAgain(run: Run, campaignId: string, at: string): Promise<boolean> {
  const rows = await run(
    `UPDATE campaign SET status = 'published', digest_at = coalesce(digest_at, $2::timestamptz)
     WHERE id = $1::uuid AND status = 'closed' RETURNING id`,
    [campaignId, at],
  );
  if (rows.length === 0) return false;
  await run(
    `UPDATE assignment a SET remind_at = $2::timestamptz FROM activity v
     WHERE v.id = a.activity_id AND v.campaign_id = $1::uuid AND a.reported_at IS NULL AND a.remind_at IS NULL`,
    [campaignId, at],
  );
  await run(
    `UPDATE rectification SET wake_at = $2::timestamptz
     WHERE campaign_id = $1::uuid AND wake_at IS NULL AND state NOT IN ('closed', 'revoked', 'merged', 'split')`,
    [campaignId, at],
  );
  return true;
}

/** Since when a campaign is paused; null when it is not. */
export async function pausedSince(run: Run, campaignId: string): Promise<string | null> {
  const [row] = await run<{ at: Date | null }>('SELECT paused_at AS at FROM campaign WHERE id = $1::uuid', [
    campaignId,
  ]);
  return row?.at?.toISOString() ?? null;
}

/**
 * Whom a pause concerns: who carries out a task that is open, who answers for a unit with an open problem, and the
 * campaign's coordinators. Each once. Whoever has to do with hidden tasks alone is among them: they are reminded too.
 */
export async function concernedPeople(run: Run, campaignId: string): Promise<Reachable[]> {
  const rows = await run<{ contactId: string; address: string | null }>(
    `WITH people AS (
       SELECT m.contact_id FROM membership m WHERE m.role = 'inspector' AND m.unit_id IN (
         SELECT a.assignee_unit_id FROM assignment a JOIN activity v ON v.id = a.activity_id
         WHERE v.campaign_id = $1::uuid AND a.reported_at IS NULL)
       UNION
       SELECT m.contact_id FROM membership m WHERE m.role = 'liaison' AND m.unit_id IN (
         SELECT r.unit_id FROM rectification r JOIN finding f ON f.id = r.finding_id
         WHERE r.campaign_id = $1::uuid AND f.status = 'open')
       UNION
       SELECT m.contact_id FROM membership m
       WHERE m.role = 'coordinator' AND (m.campaign_id = $1::uuid OR m.campaign_id IS NULL))
     SELECT c.id::text AS "contactId", coalesce(c.address, (SELECT u.urn FROM urn u WHERE u.contact_id = c.id
       ORDER BY (u.urn LIKE 'slack:%' AND u.urn NOT LIKE '%/%'), u.created_at DESC, u.urn LIMIT 1)) AS address
     FROM people p JOIN contact c ON c.id = p.contact_id ORDER BY 1`,
    [campaignId],
  );
  return rows.flatMap(({ contactId, address }) => (address === null ? [] : [{ contactId, address }]));
}

/** All group chats tied to a campaign. */
export async function roomsOf(run: Run, campaignId: string): Promise<{ urn: string; purpose: string }[]> {
  return run('SELECT urn, purpose FROM room WHERE campaign_id = $1::uuid ORDER BY urn', [campaignId]);
}
