import type { Text } from '../flow/text.ts';
import correctable from './sql/correctable-session.sql';
import openSessions from './sql/open-sessions.sql';
import recentFinding from './sql/recent-finding.sql';
import type { OpenSession } from './turns.ts';
import type { Run, SessionPart } from './writes.ts';

/** A form and what the room is called that it is filled in; null in private and for rooms without a title. */
export interface PlacedSession extends OpenSession {
  roomTitle: Text | null;
}

/** All forms that a person has open anywhere, the one that spoke last first. */
export function openSessionsOf(run: Run, contactId: string): Promise<PlacedSession[]> {
  return run<PlacedSession>(openSessions, [contactId]);
}

/**
 * The checklist this person completed last whose task is not handed in yet; in private from any place, else in the room.
 * @param only the id of the one that is meant
 */
export async function correctableSession(
  run: Run,
  contactId: string,
  room: string | null,
  only: string | null,
): Promise<OpenSession | null> {
  const [found] = await run<OpenSession>(correctable, [contactId, room ?? '', only]);
  return found ?? null;
}

/** The nth form (from 1) of a part of a task that this person completed, in the order begun. */
export async function nthCompleted(
  run: Run,
  assignment: string,
  contactId: string,
  { part, number }: { part: SessionPart; number: number },
): Promise<OpenSession | null> {
  const rows = await run<{ id: string }>(
    `SELECT id::text FROM session
     WHERE assignment_id = $1::uuid AND contact_id = $2::uuid AND status = 'completed' AND part = $3
     ORDER BY started_at, id`,
    [assignment, contactId, part],
  );
  const id = (part === 'report' ? rows.at(-1) : rows[number - 1])?.id;
  return id === undefined ? null : correctableSession(run, contactId, null, id);
}

/** How many visits of a task this person completed. */
export async function visitsCompleted(run: Run, assignment: string, contactId: string): Promise<number> {
  const [row] = await run<{ count: number }>(
    `SELECT count(*)::int AS count FROM session
     WHERE assignment_id = $1::uuid AND contact_id = $2::uuid AND status = 'completed' AND part = 'visit'`,
    [assignment, contactId],
  );
  return row?.count ?? 0;
}

/** Makes a form the one that was worked on last. */
export async function touchSession(run: Run, id: string, at: string): Promise<void> {
  await run('UPDATE session SET active_at = $2::timestamptz WHERE id = $1::uuid', [id, at]);
}

/** Takes a form to another place; '' is the private chat. */
export async function moveSession(run: Run, id: string, room: string): Promise<void> {
  await run('UPDATE session SET room = $2 WHERE id = $1::uuid', [id, room]);
}

/** A problem recorded in a person's own words, with how many photos it has. */
export interface FreeFinding {
  id: string;
  number: number;
  problem: Text;
  photos: number;
}

/** The free finding this person recorded last in a place, not before `since` (ISO instant). */
export async function recentFindingOf(
  run: Run,
  contactId: string,
  place: string,
  since: string,
): Promise<FreeFinding | null> {
  const [found] = await run<FreeFinding>(recentFinding, [contactId, place, since]);
  return found ?? null;
}

export async function addPhotos(run: Run, finding: string, attachments: string[]): Promise<void> {
  await run('UPDATE finding SET attachments = attachments || $2::text[]::uuid[] WHERE id = $1::uuid', [
    finding,
    attachments,
  ]);
}
