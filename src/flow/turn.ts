import type { Flow } from './definition.ts';
import { brief } from './describe.ts';
import type { Effect } from './event.ts';
import { prompt, settled } from './prompt.ts';
import type { Question } from './questions/question.ts';
import { nextOpen, placeOf, questionOf } from './route.ts';
import type { Ask, Line, Param } from './say.ts';
import type { SessionState } from './session.ts';

/** What one step gives back. */
export interface Step {
  state: SessionState;
  effects: Effect[];
  /** Whether the reply was meant for this session. */
  understood: boolean;
}

/** A step in the making: `state` is its own copy, `lines` is what will be said before the next question. */
export interface Turn {
  flow: Flow;
  /** As the event found it. */
  before: SessionState;
  at: string;
  zone: string;
  state: SessionState;
  effects: Effect[];
  lines: Line[];
  /** The question that the person named in a correction: they are always told what became of it. */
  named: string | null;
}

/**
 * Asks the first open question from a place on, or ends the session when there is none left. Everything goes out as one
 * message, the notes on the way included.
 * @param stay a question that is being asked meanwhile: nothing after it is asked before it
 */
export function advance(turn: Turn, from: number, stay?: Question): Step {
  const { flow, state } = turn;
  let place = from;
  for (;;) {
    const open = nextOpen(flow, state, place);
    const question = stay !== undefined && isBehind(flow, open, stay) ? stay : open;
    if (question === undefined) return complete(turn);
    if (question.type !== 'note') return ask(turn, question);
    turn.lines.push({ text: question.label });
    state.seen = [...state.seen, question.id];
    place = placeOf(flow, question.id) + 1;
  }
}

function isBehind(flow: Flow, question: Question | undefined, other: Question): boolean {
  return question === undefined || placeOf(flow, question.id) > placeOf(flow, other.id);
}

/**
 * From where open questions must be looked for, once this one is done. One that was open itself was the first: that is
 * what makes a step in a long flow as cheap as in a short one. One that was gone back to may lie behind open ones.
 */
export function openFrom({ flow, before }: Turn, question: Question): number {
  const wasOpen = before.values[question.id] === undefined && !before.skipped.includes(question.id);
  return wasOpen ? placeOf(flow, question.id) : 0;
}

/** Ends a session that has nothing open left. A correction to one that was complete already needs no second goodbye. */
function complete(turn: Turn): Step {
  const { flow, before, lines } = turn;
  end(turn, 'completed');
  if (before.status === 'completed' && lines.length > 0) return say(turn, []);
  return say(turn, [flow.outro === undefined ? { key: 'flow:completed' } : { text: flow.outro }]);
}

/** Ends the session; a question left open needs no answer any more. */
export function end(turn: Turn, how: 'completed' | 'left' | 'expired'): void {
  const { flow, state } = turn;
  if (state.at !== null && how !== 'completed') settle(turn, questionOf(flow, state.at));
  state.status = how;
  moveTo(state, null);
  turn.effects.push({ kind: 'ended', how });
}

/** Asks a question, or asks it once more. */
export function ask(turn: Turn, question: Question): Step {
  const { flow, state } = turn;
  if (state.at !== question.id) moveTo(state, question.id);
  state.choosing = null;
  const { lines, ask } = prompt(flow, state.values, question);
  return say(turn, lines, ask);
}

/** The question being asked, once more, after some words; only the words where none is asked any more. */
export function askAgain(turn: Turn, before: Line[]): Step {
  if (turn.state.at === null) return say(turn, before);
  turn.lines.push(...before);
  return ask(turn, questionOf(turn.flow, turn.state.at));
}

/** Goes to another question: nothing that was being sorted out about the one before matters any more. */
export function moveTo(state: SessionState, id: string | null): void {
  state.at = id;
  state.tries = 0;
  state.clarified = false;
  state.choosing = null;
  state.doubt = null;
  state.restart = null;
}

/** The buttons of a question can go. */
export function settle(turn: Turn, question: Question): void {
  if (question.type === 'note') return;
  const { flow, state } = turn;
  const value = state.values[question.id];
  const skipped = state.skipped.includes(question.id);
  const passed: Param | null = skipped ? { key: 'flow:skipped' } : null;
  const answer = value === undefined ? passed : brief(question, value);
  turn.effects.push({
    kind: 'settled',
    question: question.id,
    answer: settled(flow, state.values, question, answer),
  });
}

export function say(turn: Turn, lines: Line[], ask?: Ask): Step {
  const all = [...turn.lines, ...lines];
  turn.effects.push({ kind: 'say', say: ask === undefined ? { lines: all } : { lines: all, ask } });
  return { state: turn.state, effects: turn.effects, understood: true };
}

/** Not for this session: nothing changes. */
export function unheard(turn: Turn): Step {
  return { state: turn.before, effects: [], understood: false };
}
