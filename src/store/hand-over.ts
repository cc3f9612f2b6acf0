import type { Run } from './writes.ts';

/** What one person gives to another. */
export interface HandedOver {
  /** Roles, by what they are for. */
  roles: { role: string; unitId: string | null }[];
  /** Checklists under way that go on with the other. */
  sessions: number;
  /** Of those, what stays because the other has one of the kind open. */
  kept: number;
  /** Open tasks of the units concerned. */
  tasks: string[];
}

/**
 * Locks both people, as a turn of theirs would. @returns false when one of them is being answered at this moment: to wait could be
 * for ever, as their turn may wait for us
 */
export async function lockBoth(run: Run, one: string, other: string): Promise<boolean> {
  const rows = await run(
    'SELECT id FROM contact WHERE id = ANY ($1::text[]::uuid[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED',
    [[one, other]],
  );
  return rows.length === 2;
}

/** What would be handed over, without doing it. `whole`: also the part of a coordinator. */
export async function toHandOver(
  run: Run,
  campaignId: string,
  from: string,
  whole: boolean,
): Promise<Pick<HandedOver, 'roles' | 'tasks'> & { sessions: number }> {
  const roles = await run<{ role: string; unitId: string | null }>(
    `SELECT role, unit_id::text AS "unitId" FROM membership
     WHERE contact_id = $1::uuid AND campaign_id = $2::uuid AND ($3 OR role <> 'coordinator') ORDER BY created_at`,
    [from, campaignId, whole],
  );
  const tasks = await run<{ id: string }>(
    `SELECT a.id::text FROM assignment a JOIN activity v ON v.id = a.activity_id
     WHERE v.campaign_id = $1::uuid AND a.reported_at IS NULL AND a.assignee_unit_id IN (
       SELECT unit_id FROM membership WHERE contact_id = $2::uuid AND role IN ('inspector', 'leader'))`,
    [campaignId, from],
  );
  const sessions = await run(
    'SELECT id FROM session WHERE contact_id = $1::uuid AND campaign_id = $2::uuid AND ended_at IS NULL AND assignment_id IS NOT NULL',
    [from, campaignId],
  );
  return { roles, tasks: tasks.map(({ id }) => id), sessions: sessions.length };
}

/**
 * Gives what somebody has in a campaign to somebody else: the roles, and the checklists that are under way, which go on where
 * they stand. Both people must be locked.
 */
export async function handOver(
  run: Run,
  given: { campaignId: string; from: string; to: string; whole: boolean },
): Promise<HandedOver> {
  const { campaignId, from, to, whole } = given;
  const before = await toHandOver(run, campaignId, from, whole);
  const pair = [from, to, campaignId, whole];
  await run(
    `INSERT INTO membership (contact_id, campaign_id, unit_id, role)
     SELECT $2::uuid, campaign_id, unit_id, role FROM membership
     WHERE contact_id = $1::uuid AND campaign_id = $3::uuid AND ($4 OR role <> 'coordinator')
     ON CONFLICT DO NOTHING`,
    pair,
  );
  await run(
    `DELETE FROM membership
     WHERE contact_id = $1::uuid AND campaign_id = $3::uuid AND ($4 OR role <> 'coordinator') AND $2::text IS NOT NULL`,
    pair,
  );
  const moved = await run<{ id: string }>(
    `UPDATE session s SET contact_id = $2::uuid, room = '', address = NULL, wake_at = NULL
     WHERE s.contact_id = $1::uuid AND s.campaign_id = $3::uuid AND s.ended_at IS NULL AND s.assignment_id IS NOT NULL
       AND NOT EXISTS (SELECT FROM session o WHERE o.contact_id = $2::uuid AND o.flow_id = s.flow_id AND o.room = ''
         AND o.ended_at IS NULL)
       -- Begun by the same person in several places: one goes on.
       AND NOT EXISTS (SELECT FROM session o WHERE o.contact_id = $1::uuid AND o.flow_id = s.flow_id
         AND o.ended_at IS NULL AND o.active_at > s.active_at)
     RETURNING s.id::text`,
    [from, to, campaignId],
  );
  await run(
    'UPDATE claim SET contact_id = $2::uuid WHERE session_id = ANY ($1::text[]::uuid[]) AND given_up_at IS NULL',
    [moved.map(({ id }) => id), to],
  );
  return { ...before, sessions: moved.length, kept: before.sessions - moved.length };
}
