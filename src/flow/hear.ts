import { answer } from './answer.ts';
import { type Control, readControl } from './control.ts';
import { change, leave, pause, skip, stepBack } from './moves.ts';
import type { Question } from './questions/question.ts';
import { read } from './questions/reader.ts';
import type { Reply } from './reply.ts';
import { isFree } from './room.ts';
import { questionOf, wasAsked } from './route.ts';
import { askAgain, type Step, type Turn, unheard } from './turn.ts';

/** What a person said to an open session: a control word, an answer, or neither. An ended session hears nothing. */
export function hear(turn: Turn, reply: Reply): Step {
  const { flow, state } = turn;
  if (state.at === null) return unheard(turn);
  const current = questionOf(flow, state.at);
  const control = controlIn(turn, current, reply);
  const question = questionAnsweredBy(turn, current, reply);
  if (state.status === 'paused' && control === null && !isAct(question, reply)) return unheard(turn);
  state.status = 'live';
  state.nudged = false;
  return control === null ? answer(turn, question, reply) : obey(turn, control, reply);
}

/** A paused session is woken by control words, taps and photos that it waits for; other words may be said to others. */
function isAct(question: Question, { press, attachments, addressed }: Reply): boolean {
  return press !== undefined || (addressed && question.type === 'photo' && attachments.length > 0);
}

/** A control word, unless it is the very wording of an option that can be chosen here. */
function controlIn(turn: Turn, current: Question, reply: Reply): Control | null {
  if (reply.press !== undefined || reply.kind !== 'text') return null;
  const control = readControl(reply.text, reply.addressed);
  if (control === null) return null;
  if (control.kind === 'change') return control.loose && isFree(current) ? null : control;
  if (current.type !== 'choice' && current.type !== 'choices' && current.type !== 'level') return control;
  const reading = read(current, reply, turn);
  return reading.kind === 'value' && reading.exact ? null : control;
}

function obey(turn: Turn, control: Control, reply: Reply): Step {
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

/** A tap answers the question it was drawn for; photos sent after the required ones still belong to their question. */
function questionAnsweredBy({ flow, state }: Turn, current: Question, reply: Reply): Question {
  if (reply.press !== undefined) {
    const pressed = flow.questions.find(({ id }) => id === reply.press?.question);
    return pressed !== undefined && wasAsked(flow, state, pressed) ? pressed : current;
  }
  if (reply.attachments.length === 0 || current.type === 'photo' || state.last === null) return current;
  const last = questionOf(flow, state.last);
  const isPicture = reply.attachments.some(({ mime }) => /^(?:image|video)\//i.test(mime));
  return last.type === 'photo' && isPicture && state.values[last.id] !== undefined ? last : current;
}
