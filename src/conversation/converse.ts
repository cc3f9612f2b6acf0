import type { Flow } from '../flow/definition.ts';
import type { Reply } from '../flow/reply.ts';
import { type Step, step } from '../flow/step.ts';
import type { Library } from '../store/library.ts';
import type { OpenSession, WaitingTurn } from '../store/turns.ts';
import type { Run, Writes } from '../store/writes.ts';
import { recordStep, sessionRow } from './outcome.ts';
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
  for (const session of candidates(turn)) {
    const flow = await library.flow(session.flowId, session.flowVersion);
    const { zone } = await library.campaign(session.campaignId);
    const event = { kind: 'reply', at, reply } as const;
    const taken = step(flow, session.state, event, { zone });
    if (!taken.understood) continue;
    await record(run, { writes, turn, flow, session, taken, at });
    return true;
  }
  return false;
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
}

async function record(run: Run, { writes, turn, flow, session, taken, at }: Taken): Promise<void> {
  const completed = taken.state.status === 'completed' && session.assignmentId !== null;
  recordStep(writes, taken, {
    flow,
    session,
    person: turn.contact,
    place: { urn: turn.urn, room: turn.room },
    at,
    closing: completed ? await progressLines(run, session.assignmentId ?? '') : [],
  });
  writes.moved.push(sessionRow(taken, session.id, turn.room ?? turn.urn, at));
  // A survey's answers must not be found again next to the address they came from.
  writes.handled.push({ seq: turn.seq, forget: flow.anonymous });
}
