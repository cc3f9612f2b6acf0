import type { Flow } from './definition.ts';
import type { Effect, Event } from './event.ts';
import { hear } from './hear.ts';
import { breakOff, setAside } from './moves.ts';
import type { SessionState } from './session.ts';
import { wakeAt } from './silence.ts';
import { advance, askAgain, end, type Step, say, type Turn, unheard } from './turn.ts';

export interface StepContext {
  /** IANA time zone that "today" and "tomorrow" are read in. */
  zone: string;
}

/**
 * One step of a conversation: what is now true, and what is to be done about it. Pure: the same flow, state and event
 * always give the same result, so any session can be replayed from its events.
 *
 * @param state null for a session that begins
 * @returns the new state (the old one is left as it was), the effects in order with at most one `say`, and whether the
 * reply was meant for this session; when it was not, nothing changed and no effect is wanted.
 */
export function step(flow: Flow, state: SessionState | null, event: Event, context: StepContext): Step {
  const before = state ?? begun;
  const turn: Turn = {
    flow,
    before,
    at: event.at,
    zone: context.zone,
    state: { ...before },
    effects: [],
    lines: [],
    named: null,
  };
  const taken = take(turn, event);
  if (taken.understood) taken.state.wakeAt = wakeAt(flow, taken.state, event.at);
  return taken;
}

const begun: SessionState = {
  status: 'live',
  at: null,
  values: {},
  skipped: [],
  seen: [],
  last: null,
  doubt: null,
  tries: 0,
  clarified: false,
  rest: null,
  choosing: null,
  restart: null,
  nudged: false,
  wakeAt: null,
};

function take(turn: Turn, event: Event): Step {
  switch (event.kind) {
    case 'begin':
      if (event.known !== undefined) turn.state.values = { ...event.known };
      if (turn.flow.intro !== undefined) turn.lines.push({ text: turn.flow.intro });
      return advance(turn, 0);
    case 'wake':
      return wake(turn);
    case 'aside':
      return setAside(turn);
    case 'end':
      return breakOff(turn);
    case 'reply':
      return hear(turn, event.reply);
  }
}

/** Silence: one nudge, then the end. A paused session was promised rest, so it ends without a nudge. */
function wake(turn: Turn): Step {
  const { flow, state } = turn;
  if (state.at === null || state.wakeAt === null || turn.at < state.wakeAt) return unheard(turn);
  const { title } = flow;
  if (state.nudged || state.status === 'paused') {
    end(turn, 'expired');
    return say(turn, [
      { key: flow.anonymous ? 'flow:expired.anonymous' : 'flow:expired', params: { title } },
    ]);
  }
  state.nudged = true;
  return askAgain(turn, [{ key: 'flow:nudge', params: { title } }]);
}

export type { Effect, Step };
