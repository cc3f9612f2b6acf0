import { isReplyFlow } from '../campaign/rectification/reply-flow.ts';
import type { Flow } from '../flow/definition.ts';
import type { Reply } from '../flow/reply.ts';
import type { Line } from '../flow/say.ts';
import { type Step, step } from '../flow/step.ts';
import type { Library } from '../store/library.ts';
import type { OpenSession, WaitingTurn } from '../store/turns.ts';
import type { Run, Writes } from '../store/writes.ts';
import { kindHint } from './hints.ts';
import { recordStep, replyRow, sessionRow } from './outcome.ts';
import { progressLines } from './progress.ts';
import { takeReply } from './reply-taken.ts';

/**
 * Gives a message to the session it answers, if there is one. Adds what follows to `writes`.
 * @returns false when no session of this person in this place took it
 */
export async function converse(
  run: Run,
  library: Library,
  turn: WaitingTurn,
  at: string,
  writes: Writes,
): Promise<boolean> {
  const reply = replyOf(turn);
  for (const session of candidates(turn)) {
    const flow = await library.flow(session.flowId, session.flowVersion);
    const hint = fileHint(turn, flow, session);
    if (hint !== null && turn.attachments.every(({ status }) => status !== 'stored')) {
      writes.outbox.push(replyRow({ lines: [hint] }, turn, turn.contact, at));
      writes.handled.push({ seq: turn.seq, forget: false });
      return true;
    }
    const { zone } = await library.campaign(session.campaignId);
    const event = { kind: 'reply', at, reply } as const;
    const taken = step(flow, session.state, event, { zone });
    if (!taken.understood) continue;
    await record(run, library, {
      writes,
      turn,
      flow,
      session,
      taken,
      at,
      opening: hint === null ? [] : [hint],
    });
    return true;
  }
  return false;
}

/** Why files are no answer to the question that asks for photos: their type, their size, or that they did not arrive. */
function fileHint({ body, attachments }: WaitingTurn, flow: Flow, { state }: OpenSession): Line | null {
  const question = flow.questions.find(({ id }) => id === state.at);
  if (question?.type !== 'photo' || attachments.every(({ status }) => status === 'stored')) return null;
  return kindHint(body.kind, attachments);
}

/** A tapped option goes to the session that drew it; anything else first to the session that spoke last. */
function candidates(turn: WaitingTurn): OpenSession[] {
  const { press } = turn.body;
  if (press === undefined) return turn.sessions;
  return turn.sessions.filter((session) => press.target === `session:${session.id}`);
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
  writes: Writes;
  turn: WaitingTurn;
  flow: Flow;
  session: OpenSession;
  taken: Step;
  at: string;
  opening: Line[];
}

/** What is said when a questionnaire that belongs to a task, or is the reply to an order, is complete. */
async function completedLines(run: Run, library: Library, taken: Taken): Promise<Line[]> {
  const { writes, turn, flow, session, at } = taken;
  const { state } = taken.taken;
  if (state.status !== 'completed') return [];
  if (session.assignmentId !== null) return progressLines(run, session.assignmentId);
  if (!isReplyFlow(flow.id)) return [];
  const { contact, seq } = turn;
  const given = { sessionId: session.id, flow, values: state.values, contactId: contact.id, seq };
  return takeReply({ run, library, at, writes }, given);
}

async function record(run: Run, library: Library, about: Taken): Promise<void> {
  const { writes, turn, flow, session, taken, at, opening } = about;
  recordStep(writes, taken, {
    flow,
    session,
    person: turn.contact,
    place: { urn: turn.urn, room: turn.room },
    at,
    opening,
    closing: await completedLines(run, library, about),
  });
  writes.moved.push(sessionRow(taken, session.id, turn.room ?? turn.urn, at));
  // A survey's answers must not be found again next to the address they came from.
  writes.handled.push({ seq: turn.seq, forget: flow.anonymous });
}
