import { readControl } from '../flow/control.ts';
import type { Line, Param } from '../flow/say.ts';
import {
  correctableSession,
  moveSession,
  openSessionsOf,
  type PlacedSession,
  visitsCompleted,
} from '../store/forms.ts';
import type { OpenSession, WaitingTurn } from '../store/turns.ts';
import { type Conversation, hand } from './converse.ts';
import { correctNamed } from './correct-which.ts';
import { replyRow } from './outcome.ts';
import { windowOf } from './review.ts';

/**
 * What no form that is open here takes: corrections and photos of a checklist that is complete but not handed in, and words
 * for a form that is open in another place, which 继续 in private brings there.
 * @returns whether it was taken
 */
export async function takeUp(given: Conversation): Promise<boolean> {
  return (await correctNamed(given)) || (await correctLast(given)) || (await goOnHere(given));
}

/**
 * `改 2 是` where the report's own part was filled in last: a number stands in the records too, and an answer must not
 * overwrite another's. Asked, with the words that tell them apart.
 */
async function askWhichPart({ run, turn, at, writes }: Conversation, session: OpenSession): Promise<boolean> {
  const { body, contact } = turn;
  const change = body.press === undefined ? readControl(body.text, body.addressed) : null;
  if (change?.kind !== 'change' || change.number === null) return false;
  if (session.part !== 'report' || session.assignmentId === null) return false;
  const visit = await visitsCompleted(run, session.assignmentId, contact.id);
  if (visit === 0) return false;
  const params = { visit, number: change.number, rest: change.rest.slice(0, restMax) };
  writes.outbox.push(
    replyRow({ lines: [{ key: 'conversation:correct.which.part', params }] }, turn, contact, at),
  );
  writes.handled.push({ seq: turn.seq, forget: false });
  return true;
}

/** How much of a new answer is said back (UTF-16 units). */
const restMax = 40;

async function correctLast(given: Conversation): Promise<boolean> {
  const { run, library, turn } = given;
  if (!mayCorrect(given)) return false;
  const session = await correctableSession(run, turn.contact.id, turn.room, pressed(turn));
  if (session === null) return false;
  // One run of a checklist at a time in a place: the one that is open comes first.
  if (turn.sessions.some(({ flowId }) => flowId === session.flowId)) return false;
  if (await askWhichPart(given, session)) return true;
  const flow = await library.flow(session.flowId, session.flowVersion);
  const window = windowOf(flow, session.state);
  const taken = await hand(given, session, [{ key: 'conversation:reopened', params: { window } }]);
  if (taken && session.room !== (turn.room ?? '')) await moveSession(run, session.id, turn.room ?? '');
  return taken;
}

/** In a room only what can be nothing else. */
function mayCorrect({ turn: { body, room, attachments } }: Conversation): boolean {
  if (body.slash) return false;
  if (body.press !== undefined) return body.press.target.startsWith('session:');
  if (room === null) return true;
  return (
    attachments.length > 0 || readControl(body.text, body.addressed)?.kind === 'change' || body.addressed
  );
}

/** The session that drew the option that was tapped. */
function pressed({ body: { press } }: WaitingTurn): string | null {
  return /^session:([0-9a-f-]{36})$/.exec(press?.target ?? '')?.[1] ?? null;
}

async function goOnHere(given: Conversation): Promise<boolean> {
  const { run, library, turn, at, writes } = given;
  if (turn.sessions.length > 0 || turn.body.press !== undefined || turn.body.kind !== 'text') return false;
  const control = turn.body.addressed ? readControl(turn.body.text, true) : null;
  if (control === null) return false;
  const forms = await openSessionsOf(run, turn.contact.id);
  // A hidden one is not named where others read along.
  const form = forms.find(({ secret }) => turn.room === null || secret === null);
  if (form === undefined) return false;
  const { title } = await library.flow(form.flowId, form.flowVersion);
  const params = { title, place: nameOf(form) };
  if (turn.room !== null || control.kind !== 'resume') {
    const key = turn.room === null ? 'conversation:open-elsewhere' : 'conversation:open-elsewhere.room';
    writes.outbox.push(replyRow({ lines: [{ key, params }] }, turn, turn.contact, at));
    writes.handled.push({ seq: turn.seq, forget: false });
    return true;
  }
  const moved: Line = { key: 'conversation:moved-here', params };
  if (!(await hand(given, form, [moved]))) return false;
  await moveSession(run, form.id, '');
  return true;
}

/** Where a form is being filled in, in words. */
export function nameOf({ room, roomTitle }: PlacedSession): Param {
  if (room === '') return { key: 'conversation:place.private' };
  return roomTitle ?? { key: 'conversation:place.room' };
}
