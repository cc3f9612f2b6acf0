import { readControl } from './control.ts';
import { accept, change, leave, pause, resume, skip, stepBack } from './moves.ts';
import type { Flow } from './definition.ts';
import { holds } from './condition.ts';
import type { Effect, Event } from './event.ts';
import { clarify, prompt } from './prompt.ts';
import type { Question } from './questions/question.ts';
import { read } from './questions/reader.ts';
import type { Reply } from './reply.ts';
import { questionOf } from './route.ts';
import type { Line } from './say.ts';
import type { SessionState } from './session.ts';
import { advance, askAgain, say, type Step, type Turn, wakeAfter } from './turn.ts';

export interface StepContext {
  /** IANA time zone that "today" and "tomorrow" are read in. */
  zone: string;
}

/**
 * One step of a conversation: what is now true, and what is to be done about it. Pure: the same flow, state and event
 * always give the same result, so any session can be replayed from its events.
 *
 * @param state null for a session that begins
 * @returns the new state (the old one is left as it was), the effects in order, and whether the reply was meant for
 * this session; when it was not, nothing changed and no effect is wanted.
 */
export function step(flow: Flow, state: SessionState | null, event: Event, context: StepContext): Step {
  const turn: Turn = {
    flow,
    at: event.at,
    zone: context.zone,
    state: state === null ? begun() : copyOf(state),
    effects: [],
    lines: [],
  };
  switch (event.kind) {
    case 'begin':
      if (flow.intro !== undefined) turn.lines.push({ text: flow.intro });
      return advance(turn);
    case 'wake':
      return wake(turn);
    case 'reply':
      return reply(turn, event.reply);
  }
}

function begun(): SessionState {
  return {
    status: 'live',
    at: null,
    values: {},
    skipped: [],
    trail: [],
    tries: 0,
    restart: null,
    nudged: false,
    wakeAt: null,
  };
}

function copyOf(state: SessionState): SessionState {
  return { ...state, values: { ...state.values }, skipped: [...state.skipped], trail: [...state.trail] };
}

function wake(turn: Turn): Step {
  const { flow, state } = turn;
  if (state.at === null || state.wakeAt === null || turn.at < state.wakeAt) return unheard(turn);
  if (state.nudged || state.status === 'paused') {
    state.status = 'expired';
    state.at = null;
    state.wakeAt = null;
    turn.effects.push({ kind: 'ended', how: 'expired' });
    return say(turn, [{ key: 'flow:expired', params: { title: flow.title } }]);
  }
  state.nudged = true;
  const again = askAgain(turn, [{ key: 'flow:nudge', params: { title: flow.title } }]);
  state.wakeAt = wakeAfter(turn.at, flow.silence.expireAfter - flow.silence.nudgeAfter);
  return again;
}

function reply(turn: Turn, reply: Reply): Step {
  const { state } = turn;
  if (state.at === null) return unheard(turn);
  const control = reply.press === undefined && reply.kind === 'text' ? readControl(reply.text) : null;
  if (state.status === 'paused') return control?.kind === 'resume' ? resume(turn) : unheard(turn);
  if (control !== null) {
    switch (control.kind) {
      case 'back':
        return stepBack(turn);
      case 'skip':
        return skip(turn);
      case 'pause':
        return pause(turn);
      case 'resume':
        return askAgain(turn, []);
      case 'leave':
        return leave(turn);
      case 'change':
        return change(turn, control.number, control.rest, reply, answer);
    }
  }
  return answer(turn, questionAnsweredBy(turn, reply), reply);
}

/** A tap answers the question it was drawn for; photos sent after the required ones still belong to their question. */
function questionAnsweredBy(turn: Turn, reply: Reply): Question {
  const { flow, state } = turn;
  const current = questionOf(flow, state.at ?? '');
  if (reply.press !== undefined) {
    const { question } = reply.press;
    return state.trail.includes(question) ? questionOf(flow, question) : current;
  }
  if (reply.kind === 'media' && current.type !== 'photo') {
    const before = state.trail[state.trail.indexOf(current.id) - 1];
    const question = before === undefined ? undefined : questionOf(flow, before);
    if (question?.type === 'photo' && state.values[question.id] !== undefined) return question;
  }
  return current;
}

function answer(turn: Turn, question: Question, reply: Reply): Step {
  const reading = read(question, reply, { at: turn.at, zone: turn.zone });
  switch (reading.kind) {
    case 'value': {
      if (question.type !== 'note' && question.constraint !== undefined)
        if (!holds(question.constraint, turn.state.values, reading.value)) {
          const message = question.constraintMessage;
          return miss(turn, question, reply, [message === undefined ? { key: 'flow:constraint' } : { text: message }]);
        }
      return accept(turn, question, reading.value, reading.exact, reply.text);
    }
    case 'ambiguous': {
      if (!reply.addressed && question.type === 'text') return unheard(turn);
      turn.state.tries += 1;
      const { lines, ask } = clarify(question, reading.candidates);
      return say(turn, lines, ask);
    }
    case 'unread':
      return miss(turn, question, reply, [
        { key: reading.hint, ...(reading.params === undefined ? {} : { params: reading.params }) },
      ]);
  }
}

/** One short hint and the same question; after too many the session rests instead of nagging. Talk in a room is left alone. */
function miss(turn: Turn, question: Question, reply: Reply, hint: Line[]): Step {
  const { flow, state } = turn;
  if (!reply.addressed) return unheard(turn);
  state.tries += 1;
  if (state.tries >= flow.triesMax) {
    state.tries = 0;
    return pause(turn, [...hint, { key: 'flow:way-out' }]);
  }
  const { lines, ask } = prompt(flow, state.values, question);
  state.wakeAt = wakeAfter(turn.at, flow.silence.nudgeAfter);
  return say(turn, [...hint, ...lines.slice(0, 1)], ask);
}

function unheard(turn: Turn): Step {
  return { state: turn.state, effects: [], understood: false };
}

export type { Effect, Step };
