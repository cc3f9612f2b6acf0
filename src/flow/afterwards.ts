import { answer } from './answer.ts';
import { readControl } from './control.ts';
import { change, changeAsk, choose } from './correct.ts';
import type { Question } from './questions/question.ts';
import type { Reply } from './reply.ts';
import { isAnswered, isRelevant } from './route.ts';
import { moveTo, type Step, type Turn, unheard } from './turn.ts';

/**
 * What is said to a complete session: corrections and more photos. Whoever keeps the session decides how long it may still
 * be corrected, by giving it replies or not; an anonymous one can't be, as it is nobody's any more.
 */
export function hearAfterwards(turn: Turn, reply: Reply): Step {
  const { flow, state } = turn;
  if (flow.anonymous || state.status !== 'completed') return unheard(turn);
  const taken = take(turn, reply);
  if (!taken.understood) return taken;
  state.status = state.at === null ? 'completed' : 'live';
  return taken;
}

function take(turn: Turn, reply: Reply): Step {
  const { state } = turn;
  if (reply.press !== undefined)
    return reply.press.question === changeAsk && state.choosing !== null
      ? choose(turn, reply, answer)
      : unheard(turn);
  const control = reply.kind === 'text' ? readControl(reply.text, reply.addressed) : null;
  if (control?.kind === 'back') return change(turn, { number: null, rest: '' }, reply, answer);
  if (control?.kind === 'change' && !control.loose) return change(turn, control, reply, answer);
  const photos = photosWanted(turn, reply);
  if (photos !== undefined) return addPhotos(turn, photos, reply);
  return state.choosing !== null && control === null && reply.kind === 'text'
    ? choose(turn, reply, answer)
    : unheard(turn);
}

/** The photo question that pictures sent afterwards belong to: the last one that concerns what was answered. */
function photosWanted({ flow, state }: Turn, { attachments, addressed }: Reply): Question | undefined {
  if (!addressed || !attachments.some(({ mime }) => /^(?:image|video)\//i.test(mime))) return undefined;
  return flow.questions.findLast((one) => one.type === 'photo' && isRelevant(one, state.values));
}

function addPhotos(turn: Turn, question: Question, reply: Reply): Step {
  turn.state.choosing = null;
  const taken = answer(turn, question, reply);
  if (turn.state.at === null && !isAnswered(question, turn.state.values)) moveTo(turn.state, question.id);
  return taken;
}
