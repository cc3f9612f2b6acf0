import type { Flow } from './definition.ts';
import type { Effect } from './event.ts';
import { prompt } from './prompt.ts';
import { nextQuestion, questionOf } from './route.ts';
import type { Ask, Line } from './say.ts';
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
  at: string;
  zone: string;
  state: SessionState;
  effects: Effect[];
  lines: Line[];
}

/** Asks the next question, or ends the session when there is none left. Everything goes out as one message. */
export function advance(turn: Turn): Step {
  const { flow, state } = turn;
  state.tries = 0;
  state.nudged = false;
  for (;;) {
    const question = nextQuestion(flow, state);
    if (question === undefined) return complete(turn);
    if (!state.trail.includes(question.id)) state.trail.push(question.id);
    const { lines, ask } = prompt(flow, state.values, question);
    if (question.type === 'note') {
      turn.lines.push(...lines);
      continue;
    }
    state.at = question.id;
    state.wakeAt = wakeAfter(turn.at, flow.silence.nudgeAfter);
    return say(turn, lines, ask);
  }
}

function complete(turn: Turn): Step {
  const { flow, state } = turn;
  state.status = 'completed';
  state.at = null;
  state.wakeAt = null;
  turn.effects.push({ kind: 'ended', how: 'completed' });
  return say(turn, [flow.outro === undefined ? { key: 'flow:completed' } : { text: flow.outro }]);
}

/** The question being asked, once more, after some words. */
export function askAgain(turn: Turn, before: Line[]): Step {
  const { flow, state } = turn;
  const { lines, ask } = prompt(flow, state.values, questionOf(flow, state.at ?? ''));
  state.wakeAt = wakeAfter(turn.at, flow.silence.nudgeAfter);
  return say(turn, [...before, ...lines], ask);
}

export function say(turn: Turn, lines: Line[], ask?: Ask): Step {
  const all = [...turn.lines, ...lines];
  turn.effects.push({ kind: 'say', say: ask === undefined ? { lines: all } : { lines: all, ask } });
  return { state: turn.state, effects: turn.effects, understood: true };
}

/** `minutes` after an ISO instant. */
export function wakeAfter(at: string, minutes: number): string {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}
