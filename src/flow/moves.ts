import { describe } from './describe.ts';
import { prompt, settled } from './prompt.ts';
import type { Question } from './questions/question.ts';
import type { Reply } from './reply.ts';
import { clearIrrelevant, isAnswered, isRelevant, questionAt, questionOf } from './route.ts';
import type { Line } from './say.ts';
import { advance, askAgain, say, type Step, type Turn, wakeAfter } from './turn.ts';
import type { Value } from './value.ts';

/** Takes an answer: the first, a correction, or more photos; then recomputes what follows. */
export function accept(turn: Turn, question: Question, value: Value, exact: boolean, said: string): Step {
  const { flow, state } = turn;
  const kept = question.type === 'photo' ? withEarlierPhotos(turn, question.id, value, question.max) : value;
  state.values[question.id] = kept;
  state.skipped = state.skipped.filter((id) => id !== question.id);
  turn.effects.push({ kind: 'answered', question: question.id, value: kept, said });
  for (const cleared of clearIrrelevant(flow, state)) turn.effects.push({ kind: 'cleared', question: cleared });
  if (question.type === 'photo' && !isAnswered(question, state.values)) {
    const got = Array.isArray(kept) ? kept.length : 0;
    state.wakeAt = wakeAfter(turn.at, flow.silence.nudgeAfter);
    return say(turn, [{ key: 'flow:photo.more', params: { got, left: question.min - got } }]);
  }
  turn.effects.push({
    kind: 'settled',
    question: question.id,
    answer: settled(flow, state.values, question, kept),
  });
  if (!exact) turn.lines.push({ key: 'flow:understood', params: { value: describe(question, kept) } });
  return advance(turn);
}

function withEarlierPhotos(turn: Turn, id: string, value: Value, max: number): Value {
  const earlier = turn.state.values[id];
  // A correction starts the count again; anything sent while the question is open or just passed adds to it.
  if (!Array.isArray(earlier) || !Array.isArray(value) || turn.state.restart === id) {
    turn.state.restart = null;
    return Array.isArray(value) ? (value.slice(0, max) as Value) : value;
  }
  return [...earlier, ...value].slice(0, max) as Value;
}

/** Back to the question asked before this one. Its answer stands until another is given. */
export function stepBack(turn: Turn): Step {
  const { flow, state } = turn;
  const before = state.trail.slice(0, state.trail.indexOf(state.at ?? '')).reverse();
  const earlier = before.find((id) => questionOf(flow, id).type !== 'note');
  if (earlier === undefined) return askAgain(turn, [{ key: 'flow:back.none' }]);
  return revisit(turn, questionOf(flow, earlier));
}

/** Passes over an optional question; on a question already answered it keeps the answer and goes on. */
export function skip(turn: Turn): Step {
  const { flow, state } = turn;
  const question = questionOf(flow, state.at ?? '');
  if (isAnswered(question, state.values)) return advance(turn);
  if (question.type === 'note' || question.required) return askAgain(turn, [{ key: 'flow:skip.refused' }]);
  state.skipped.push(question.id);
  return advance(turn);
}

export function pause(turn: Turn, lines: Line[] = [{ key: 'flow:paused' }]): Step {
  turn.state.status = 'paused';
  turn.state.wakeAt = wakeAfter(turn.at, turn.flow.silence.expireAfter * pausedPatience);
  return say(turn, lines);
}

/** A paused session waits this many times longer than a silent one: the person said that they would come back. */
const pausedPatience = 7;

export function resume(turn: Turn): Step {
  turn.state.status = 'live';
  turn.state.tries = 0;
  turn.state.nudged = false;
  return askAgain(turn, []);
}

export function leave(turn: Turn): Step {
  turn.state.status = 'left';
  turn.state.at = null;
  turn.state.wakeAt = null;
  turn.effects.push({ kind: 'ended', how: 'left' });
  return say(turn, [{ key: 'flow:left' }]);
}

type Answer = (turn: Turn, question: Question, reply: Reply) => Step;

/** `改 3 92` corrects question 3 at once; `改 3` asks it again; `改` asks the last answered one again. */
export function change(turn: Turn, number: number | null, rest: string, reply: Reply, answer: Answer): Step {
  const { flow, state } = turn;
  const question = number === null ? lastAnswered(turn) : questionAt(flow, state.values, number);
  const known = question !== undefined && state.trail.includes(question.id);
  if (!known || !isRelevant(question, state.values)) return askAgain(turn, [{ key: 'flow:change.none' }]);
  if (rest.trim() === '') return revisit(turn, question);
  return answer(turn, question, { ...reply, text: rest, addressed: true });
}

function lastAnswered(turn: Turn): Question | undefined {
  const { flow, state } = turn;
  const answered = state.trail.filter((id) => id !== state.at && state.values[id] !== undefined);
  const last = answered.at(-1);
  return last === undefined ? undefined : questionOf(flow, last);
}

function revisit(turn: Turn, question: Question): Step {
  const { flow, state } = turn;
  state.at = question.id;
  state.tries = 0;
  state.restart = question.type === 'photo' ? question.id : null;
  const { lines, ask } = prompt(flow, state.values, question);
  const value = state.values[question.id];
  const now: Line[] =
    value === undefined ? [] : [{ key: 'flow:change.now', params: { value: describe(question, value) } }];
  state.wakeAt = wakeAfter(turn.at, flow.silence.nudgeAfter);
  return say(turn, [...lines, ...now], ask);
}
