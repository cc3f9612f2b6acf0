import { brief } from './describe.ts';
import type { Question } from './questions/question.ts';
import { isAnswered, nextOpen, questionBefore, questionOf } from './route.ts';
import type { Line, SentenceKey } from './say.ts';
import type { SessionState } from './session.ts';
import {
  advance,
  ask,
  askAgain,
  end,
  moveTo,
  openFrom,
  type Step,
  say,
  settle,
  type Turn,
  unheard,
} from './turn.ts';

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
export function pause(
  turn: Turn,
  rest: 'wish' | 'lost' = 'wish',
  lines: Line[] = [{ key: 'flow:paused' }],
): Step {
  putToRest(turn, rest);
  return say(turn, lines);
}

/** Rests without a word, because another session begins or goes on in its place. */
export function setAside(turn: Turn): Step {
  const { state } = turn;
  if (state.at === null || state.rest === 'aside') return unheard(turn);
  putToRest(turn, 'aside');
  return { state, effects: [], understood: true };
}

function putToRest({ state }: Turn, rest: NonNullable<SessionState['rest']>): void {
  moveTo(state, state.at);
  state.status = 'paused';
  state.rest = rest;
}

/** Ends it; one that was complete and only taken up again stays complete. */
export function leave(
  turn: Turn,
  told: SentenceKey = turn.flow.anonymous ? 'flow:left.anonymous' : 'flow:left',
): Step {
  if (nextOpen(turn.flow, turn.state, 0) === undefined) return advance(turn, 0);
  end(turn, 'left');
  return say(turn, [{ key: told }]);
}

/** Ends it without a word; what is over already stays as it is. */
export function breakOff(turn: Turn): Step {
  const { state } = turn;
  if (state.at === null) return unheard(turn);
  end(turn, 'left');
  return { state, effects: turn.effects, understood: true };
}

/** Asks a question again that was asked before, and says what its answer is now. */
export function revisit(turn: Turn, question: Question): Step {
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
