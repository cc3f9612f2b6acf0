import type { Flow } from '../flow/definition.ts';
import { addPhotos, recentFindingOf } from '../store/forms.ts';
import type { OpenSession, WaitingTurn } from '../store/turns.ts';
import type { Run, Writes } from '../store/writes.ts';
import { replyRow } from './outcome.ts';

/** Photos that come so soon after a problem was recorded in words belong to it, in milliseconds. */
const joinWithinMs = 600_000;

/**
 * Adds photos to the free finding (发现问题) that the same person recorded in the same place shortly before, unless a photo
 * question is being asked.
 * @returns whether they were added, and the person told
 */
export async function joinFinding(
  run: Run,
  turn: WaitingTurn,
  head: { session: OpenSession; flow: Flow } | null,
  at: string,
  writes: Writes,
): Promise<boolean> {
  const photos = turn.attachments.flatMap(({ id, status }) => (status === 'stored' ? [id] : []));
  if (photos.length === 0 || turn.body.press !== undefined || asksForPhotos(head)) return false;
  const since = new Date(Date.parse(at) - joinWithinMs).toISOString();
  const found = await recentFindingOf(run, turn.contact.id, turn.room ?? '', since);
  if (found === null) return false;
  await addPhotos(run, found.id, photos);
  const { number, problem } = found;
  const params = { number, problem, photos: found.photos + photos.length };
  writes.outbox.push(
    replyRow({ lines: [{ key: 'conversation:finding.photos', params }] }, turn, turn.contact, at),
  );
  writes.handled.push({ seq: turn.seq, forget: false });
  return true;
}

function asksForPhotos(head: { session: OpenSession; flow: Flow } | null): boolean {
  return head?.flow.questions.find(({ id }) => id === head.session.state.at)?.type === 'photo';
}
