import { askedSince } from './asked-since.ts';
import type { Run } from './writes.ts';

/** How long what was noted waits to be confirmed, ms. */
export const draftKeptMs = 30 * 60_000;

export interface InterviewDraft {
  id: string;
  sealed: Buffer;
}

/** Whose draft it is and where they write: a room, or '' in private. */
export interface DraftPlace {
  contactId: string;
  room: string;
}

/** What this person has noted here and not yet confirmed; null without, or when it is too old. `at`: now, ISO instant. */
export async function draftOf(
  run: Run,
  { contactId, room }: DraftPlace,
  at: string,
): Promise<InterviewDraft | null> {
  const [row] = await run<{ id: string; sealed: string }>(
    `SELECT id::text, encode(sealed, 'hex') AS sealed FROM interview_draft
     WHERE contact_id = $1::uuid AND room = $2 AND changed_at > $3::timestamptz`,
    [contactId, room, before(at)],
  );
  return row === undefined ? null : { id: row.id, sealed: Buffer.from(row.sealed, 'hex') };
}

/** Whether words here can be about a draft: one waits, and no questionnaire that is open has asked anything since. */
export async function isDraftAsked(
  run: Run,
  { contactId, room }: DraftPlace,
  address: string,
  at: string,
): Promise<boolean> {
  const rows = await run(
    `SELECT 1 FROM interview_draft d
     WHERE d.contact_id = $1::uuid AND d.room = $2 AND d.changed_at > $4::timestamptz
       AND NOT ${askedSince('d.contact_id', '$3', 'd.changed_at')}`,
    [contactId, room, address, before(at)],
  );
  return rows.length > 0;
}

/** Puts it in the place of what was there. @returns its new id */
export async function putDraft(
  run: Run,
  { contactId, room }: DraftPlace,
  sealed: Buffer,
  at: string,
): Promise<string> {
  const [row] = await run<{ id: string }>(
    `INSERT INTO interview_draft AS d (contact_id, room, sealed, changed_at) VALUES ($1::uuid, $2, decode($3, 'hex'), $4::timestamptz)
     ON CONFLICT (contact_id, room) DO UPDATE SET id = gen_random_uuid(), sealed = excluded.sealed, changed_at = excluded.changed_at
     RETURNING id::text`,
    [contactId, room, sealed.toString('hex'), at],
  );
  if (row === undefined) throw new Error('a draft was not kept');
  return row.id;
}

/** Removes it, and what was shown of it as far as that has gone out. */
export async function dropDraft(run: Run, { contactId, room }: DraftPlace): Promise<void> {
  await run('DELETE FROM interview_draft WHERE contact_id = $1::uuid AND room = $2', [contactId, room]);
  await run(`DELETE FROM outbox WHERE starts_with(key, $1) AND status NOT IN ('waiting', 'sending')`, [
    shownKey({ contactId, room }, ''),
  ]);
}

/** By what messages that show a draft are known. */
export function shownKey({ contactId, room }: DraftPlace, seq: number | string): string {
  return `interview:${contactId}:${room}:${seq}`;
}

/** Removes drafts that nobody confirmed. */
export async function dropOldDrafts(run: Run, at: string): Promise<number> {
  return (
    await run('DELETE FROM interview_draft WHERE changed_at <= $1::timestamptz RETURNING 1', [before(at)])
  ).length;
}

function before(at: string): string {
  return new Date(Date.parse(at) - draftKeptMs).toISOString();
}
