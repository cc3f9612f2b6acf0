import type { Text } from '../flow/text.ts';
import correctable from './sql/correctable-session.sql';
import openSessions from './sql/open-sessions.sql';
import recentFinding from './sql/recent-finding.sql';
import type { OpenSession } from './turns.ts';
import type { Run } from './writes.ts';

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
