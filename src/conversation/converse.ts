import { isKeptHome } from '../campaign/abroad.ts';
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
  let keptHome: Flow | null = null;
  for (const session of candidates(turn)) {
    const flow = await library.flow(session.flowId, session.flowVersion);
    const campaign = await library.campaign(session.campaignId);
    if (isKeptHome(campaign, session.flowId, turn.channel)) {
      keptHome = flow;
      continue;
    }
    const hint = fileHint(turn, flow, session);
    if (hint !== null && turn.attachments.every(({ status }) => status !== 'stored')) {
      writes.outbox.push(replyRow({ lines: [hint] }, turn, turn.contact, at));
      writes.handled.push(handledIn(flow, turn));
      return true;
    }
    const { zone } = campaign;
    const event = { kind: 'reply', at, reply } as const;
    const taken = step(flow, session.state, event, { zone });
    if (!taken.understood) continue;
    await record(run, { writes, turn, flow, session, taken, at, opening: hint === null ? [] : [hint] });
    return true;
  }
  if (keptHome === null) return false;
  // Begun elsewhere by the same person.
  writes.outbox.push(replyRow({ lines: [{ key: 'commands:survey.kept-home' }] }, turn, turn.contact, at));
  writes.handled.push(handledIn(keptHome, turn));
  return true;
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

async function record(run: Run, { writes, turn, flow, session, taken, at, opening }: Taken): Promise<void> {
  const completed = taken.state.status === 'completed' && session.assignmentId !== null;
  recordStep(writes, taken, {
    flow,
    session,
    person: turn.contact,
    place: { urn: turn.urn, room: turn.room },
    at,
    opening,
    closing: completed ? await progressLines(run, session.assignmentId ?? '') : [],
  });
  writes.moved.push(sessionRow(taken, session.id, turn.room ?? turn.urn, at));
  writes.handled.push(handledIn(flow, turn));
}

/** A survey's answers must not be found again next to the address they came from. */
function handledIn({ anonymous }: Flow, { seq, attachments }: WaitingTurn): Writes['handled'][number] {
  return { seq, forget: anonymous, files: attachments.length > 0 };
}
