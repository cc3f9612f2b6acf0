import { brief } from './describe.ts';
import type { Question } from './questions/question.ts';
import type { Reply } from './reply.ts';
import { isAnswered, questionAt, questionBefore, questionOf, wasAsked } from './route.ts';
import type { Line } from './say.ts';
import { advance, ask, askAgain, end, moveTo, openFrom, type Step, say, settle, type Turn } from './turn.ts';

/** Back to the question before this one. Its answer stands until another is given. */
export function stepBack(turn: Turn): Step {
  const { flow, state } = turn;
  const before = questionBefore(flow, state.values, state.at ?? '');
  return before === undefined ? askAgain(turn, [{ key: 'flow:back.none' }]) : revisit(turn, before);
}

/** Passes over an optional question; on a question already answered it keeps the answer and goes on. */
export function skip(turn: Turn): Step {
  const { flow, state } = turn;
  const question = questionOf(flow, state.at ?? '');
  if (isAnswered(question, state.values)) {
    settle(turn, question);
    return advance(turn, openFrom(turn, question));
  }
  if (question.type === 'note' || question.required) return askAgain(turn, [{ key: 'flow:skip.refused' }]);
  if (!state.skipped.includes(question.id)) state.skipped = [...state.skipped, question.id];
  settle(turn, question);
  return advance(turn, openFrom(turn, question));
}

/** Rests until the person comes back: they said so, or could not be understood. */
export function pause(turn: Turn, lines: Line[] = [{ key: 'flow:paused' }]): Step {
  turn.state.status = 'paused';
  turn.state.doubt = null;
  turn.state.tries = 0;
  return say(turn, lines);
}

export function leave(turn: Turn): Step {
  end(turn, 'left');
  return say(turn, [{ key: turn.flow.anonymous ? 'flow:left.anonymous' : 'flow:left' }]);
}

type Answer = (turn: Turn, question: Question, reply: Reply) => Step;

/** `改 3 92` corrects question 3 at once; `改 3` asks it again; `改` asks the last answered one again. */
export function change(turn: Turn, number: number | null, rest: string, reply: Reply, answer: Answer): Step {
  const { flow, state } = turn;
  const question = number === null ? lastAnswered(turn) : questionAt(flow, state.values, number);
  if (question === undefined || !wasAsked(flow, state, question))
    return askAgain(turn, [{ key: 'flow:change.none' }]);
  if (rest.trim() === '') return revisit(turn, question);
  moveTo(state, question.id);
  return answer(turn, question, { ...reply, text: rest, addressed: true });
}

/** The question answered last; when its answer was taken back since, the answered one before this. */
function lastAnswered({ flow, state }: Turn): Question | undefined {
  const { values, last, at } = state;
  if (last !== null && last !== at && values[last] !== undefined) return questionOf(flow, last);
  let before = questionBefore(flow, values, at ?? '');
  while (before !== undefined && values[before.id] === undefined)
    before = questionBefore(flow, values, before.id);
  return before;
}

/** Asks a question again that was asked before, and says what its answer is now. */
function revisit(turn: Turn, question: Question): Step {
  const { state } = turn;
  moveTo(state, question.id);
  if (question.type === 'photo') state.restart = question.id;
  const value = state.values[question.id];
  const asked = ask(turn, question);
  if (value === undefined) return asked;
  const now: Line = { key: 'flow:change.now', params: { value: brief(question, value) } };
  for (const effect of asked.effects) if (effect.kind === 'say') effect.say.lines.push(now);
  return asked;
}
