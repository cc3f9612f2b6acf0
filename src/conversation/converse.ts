import { isKeptHome } from '../campaign/abroad.ts';
import { isReplyFlow } from '../campaign/rectification/reply-flow.ts';
import type { Flow } from '../flow/definition.ts';
import type { Reply } from '../flow/reply.ts';
import type { Line } from '../flow/say.ts';
import { isEnded } from '../flow/session.ts';
import { type Step, step } from '../flow/step.ts';
import type { Keys } from '../keys.ts';
import type { Library } from '../store/library.ts';
import type { OpenSession, WaitingTurn } from '../store/turns.ts';
import type { Run, Writes } from '../store/writes.ts';
import { putAside } from './aside.ts';
import { kindHint } from './hints.ts';
import { recordStep, replyRow, sessionRow } from './outcome.ts';
import { joinFinding } from './photos.ts';
import { progressLines } from './progress.ts';
import { submittedRating } from './rated.ts';
import { takeReply } from './reply-taken.ts';
import { reviewLines } from './review.ts';

/** What is needed to give a message to a form. */
export interface Conversation {
  run: Run;
  library: Library;
  keys: Keys;
  publicUrl: () => string;
  turn: WaitingTurn;
  at: string;
  writes: Writes;
}

/**
 * Gives a message to the form it answers, if there is one. Adds what follows to `writes`. Plain words go to the form that
 * spoke last in this place and to no other: what it does not take is never tried on the next.
 * @returns false when it was taken neither by a form nor as photos of a finding
 */
export async function converse(given: Conversation): Promise<boolean> {
  const { run, library, turn, at, writes } = given;
  const session = addressee(turn);
  const flow = session === undefined ? null : await library.flow(session.flowId, session.flowVersion);
  const head = session === undefined || flow === null ? null : { session, flow };
  if (await joinFinding(run, turn, head, at, writes)) return true;
  if (head === null) return false;
  const hint = fileHint(turn, head.flow, head.session);
  if (hint !== null && turn.attachments.every(({ status }) => status !== 'stored')) {
    writes.outbox.push(replyRow({ lines: [hint] }, turn, turn.contact, at));
    writes.handled.push(handledIn(head.flow, turn));
    return true;
  }
  return hand(given, head.session, hint === null ? [] : [hint]);
}

/**
 * Lets one form hear the message.
 * @param opening said before all else
 * @returns false when it was not meant for it; then nothing is written
 */
export async function hand(
  given: Conversation,
  session: OpenSession,
  opening: Line[] = [],
): Promise<boolean> {
  const { library, turn, at, writes } = given;
  const flow = await library.flow(session.flowId, session.flowVersion);
  const campaign = await library.campaign(session.campaignId);
  // Begun elsewhere by the same person.
  if (isKeptHome(campaign, session.flowId, turn.channel)) {
    writes.outbox.push(replyRow({ lines: [{ key: 'commands:survey.kept-home' }] }, turn, turn.contact, at));
    writes.handled.push(handledIn(flow, turn));
    return true;
  }
  const { zone } = campaign;
  const taken = step(flow, session.state, { kind: 'reply', at, reply: replyOf(turn) }, { zone });
  if (!taken.understood) return false;
  await record(given, { flow, session, taken, opening });
  return true;
}

/** Why files are no answer to the question that asks for photos: their type, their size, or that they did not arrive. */
function fileHint({ body, attachments }: WaitingTurn, flow: Flow, { state }: OpenSession): Line | null {
  const question = flow.questions.find(({ id }) => id === state.at);
  if (question?.type !== 'photo' || attachments.every(({ status }) => status === 'stored')) return null;
  return kindHint(body.kind, attachments);
}

/** A tapped option goes to the form that drew it; anything else to the one that spoke last. */
function addressee({ body: { press }, sessions }: WaitingTurn): OpenSession | undefined {
  return press === undefined ? sessions[0] : sessions.find(({ id }) => press.target === `session:${id}`);
}

function replyOf({ body, attachments }: WaitingTurn): Reply {
  const reply: Reply = {
    kind: body.kind,
    text: body.text,
    addressed: body.addressed,
    attachments: attachments.flatMap(({ id, mime, size, sha256, status }) =>
      status === 'stored' && sha256 !== null ? [{ id, mime, size, sha256 }] : [],
    ),
  };
  if (body.press !== undefined) reply.press = { question: body.press.question, options: body.press.options };
  if (body.place !== undefined) reply.place = body.place;
  return reply;
}

interface Taken {
  flow: Flow;
  session: OpenSession;
  taken: Step;
  opening: Line[];
}

async function record(given: Conversation, { flow, session, taken, opening }: Taken): Promise<void> {
  const { library, turn, at, writes } = given;
  const others = turn.sessions.filter(({ id }) => id !== session.id);
  const aside = isEnded(taken.state) ? [] : await putAside(library, writes, others, at);
  const left = isEnded(taken.state) ? await stillOpen(library, others) : [];
  recordStep(writes, taken, {
    flow,
    session,
    person: turn.contact,
    place: { urn: turn.urn, room: turn.room },
    at,
    opening: [...aside, ...opening],
    closing: [...(await closingOf(given, flow, session, taken)), ...(flow.anonymous ? [] : left)],
    ...(flow.anonymous && taken.state.status === 'completed'
      ? { submitted: await submittedRating(given, flow, session, taken.state.values) }
      : {}),
  });
  // Apart from an anonymous form's goodbye, which nothing may follow in the same message.
  if (flow.anonymous && left.length > 0)
    writes.outbox.push(replyRow({ lines: left }, turn, turn.contact, at));
  writes.moved.push(sessionRow(taken, session.id, turn.room ?? turn.urn, at));
  writes.handled.push(handledIn(flow, turn));
}

/** A survey's answers must not be found again next to the address they came from. */
function handledIn({ anonymous }: Flow, { seq, attachments }: WaitingTurn): Writes['handled'][number] {
  return { seq, forget: anonymous, files: attachments.length > 0 };
}

/** A checklist that has just become complete is summed up, and what the task still needs; so is the reply to an order. */
async function closingOf(
  given: Conversation,
  flow: Flow,
  session: OpenSession,
  { state }: Step,
): Promise<Line[]> {
  const { run, turn } = given;
  if (state.status !== 'completed') return [];
  if (isReplyFlow(flow.id)) {
    const { contact, seq } = turn;
    return takeReply(given, {
      sessionId: session.id,
      flow,
      values: state.values,
      contactId: contact.id,
      seq,
    });
  }
  if (session.assignmentId === null) return [];
  // A correction of one that was complete says what it changed, and that is enough.
  if (session.state.status === 'completed') return [];
  if (session.part === 'report') return [{ key: 'commands:report.ready' }];
  return [...reviewLines(flow, state), ...(await progressLines(run, session.assignmentId, session.id))];
}

/** When one form is over, another that waits in the same place is named: it goes on when the person says so. */
export async function stillOpen(library: Library, others: OpenSession[]): Promise<Line[]> {
  const [next] = others;
  if (next === undefined) return [];
  const { title } = await library.flow(next.flowId, next.flowVersion);
  return [{ key: 'conversation:still-open', params: { title } }];
}
