import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../campaign/definition.ts';
import type { Language, Text } from '../flow/text.ts';
import type { Run } from './writes.ts';

/** How long a link to the dashboard is good for. */
export const linkMinutes = 10;

/** How long a browser stays logged in at most: a working day. */
export const sessionHours = 12;

/** Whoever a browser is logged in as, with the parts they play now. */
export interface LoggedIn {
  contactId: string;
  title: Text | null;
  language: Language | null;
  roles: { role: Role; campaignId: string | null; unitId: string | null; unitName: Text | null }[];
}

/** 256 bits by chance, which nobody guesses; of them the database has the hash alone. */
function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Makes the secret of a link that logs a person in once; the ones they were given before lead nowhere. @param now machine time */
export async function makeLogin(run: Run, contactId: string, now: Date): Promise<string> {
  const secret = newSecret();
  await run('DELETE FROM web_login WHERE contact_id = $1::uuid', [contactId]);
  await run('INSERT INTO web_login (hash, contact_id, expires_at) VALUES ($1, $2::uuid, $3::timestamptz)', [
    hashOf(secret),
    contactId,
    new Date(now.getTime() + linkMinutes * 60_000).toISOString(),
  ]);
  return secret;
}

/** Whether a link is still good; looking at it does not use it up. */
export async function isLogin(run: Run, secret: string, now: Date): Promise<boolean> {
  const rows = await run('SELECT 1 FROM web_login WHERE hash = $1 AND expires_at > $2::timestamptz', [
    hashOf(secret),
    now.toISOString(),
  ]);
  return rows.length > 0;
}

/** Uses a link up: of two that come at once, one gets in. @returns the cookie's secret; null for a link that is not good */
export async function useLogin(
  run: Run,
  secret: string,
  now: Date,
): Promise<{ contactId: string; cookie: string } | null> {
  const cookie = newSecret();
  const [row] = await run<{ contactId: string }>(
    `WITH used AS (DELETE FROM web_login WHERE hash = $1 RETURNING contact_id, expires_at)
     INSERT INTO web_session (hash, contact_id, created_at)
     SELECT $2, contact_id, $3::timestamptz FROM used WHERE expires_at > $3::timestamptz
     RETURNING contact_id::text AS "contactId"`,
    [hashOf(secret), hashOf(cookie), now.toISOString()],
  );
  return row === undefined ? null : { contactId: row.contactId, cookie };
}

/** Null for a cookie that is not good (any more). Without roles for somebody who has none left. */
export async function whoIs(run: Run, cookie: string, now: Date): Promise<LoggedIn | null> {
  const [row] = await run<LoggedIn>(
    `SELECT s.contact_id::text AS "contactId", c.title, c.language, coalesce((
       SELECT jsonb_agg(jsonb_build_object('role', m.role, 'campaignId', m.campaign_id, 'unitId', m.unit_id,
         'unitName', u.name) ORDER BY m.created_at)
       FROM membership m LEFT JOIN unit u ON u.id = m.unit_id WHERE m.contact_id = s.contact_id), '[]') AS roles
     FROM web_session s JOIN contact c ON c.id = s.contact_id
     WHERE s.hash = $1 AND s.revoked_at IS NULL AND s.created_at > $2::timestamptz`,
    [hashOf(cookie), new Date(now.getTime() - sessionHours * 3_600_000).toISOString()],
  );
  return row ?? null;
}

/** Logs one browser out. */
export async function endSession(run: Run, cookie: string, now: Date): Promise<void> {
  await run('UPDATE web_session SET revoked_at = $2::timestamptz WHERE hash = $1 AND revoked_at IS NULL', [
    hashOf(cookie),
    now.toISOString(),
  ]);
}

/** Logs a person out everywhere, and what links they have lead nowhere. @returns how many browsers were logged in */
export async function endSessions(run: Run, contactId: string, now: Date): Promise<number> {
  await run('DELETE FROM web_login WHERE contact_id = $1::uuid', [contactId]);
  const ended = await run<{ isFresh: boolean }>(
    `UPDATE web_session SET revoked_at = $2::timestamptz WHERE contact_id = $1::uuid AND revoked_at IS NULL
     RETURNING created_at > $2::timestamptz - make_interval(hours => $3::int) AS "isFresh"`,
    [contactId, now.toISOString(), sessionHours],
  );
  return ended.filter(({ isFresh }) => isFresh).length;
}

/** Removes what lets nobody in any more. @returns how many sessions */
export async function clearSessions(run: Run, now: Date): Promise<number> {
  await run('DELETE FROM web_login WHERE expires_at < $1::timestamptz', [now.toISOString()]);
  const before = new Date(now.getTime() - sessionHours * 3_600_000).toISOString();
  return (
    await run(
      'DELETE FROM web_session WHERE created_at < $1::timestamptz OR revoked_at < $1::timestamptz RETURNING 1',
      [before],
    )
  ).length;
}
