import { hearAfterwards } from './afterwards.ts';
import { answer } from './answer.ts';
import { type Control, readControl } from './control.ts';
import { change, changeAsk, choose } from './correct.ts';
import { leave, pause, skip, stepBack } from './moves.ts';
import type { Question } from './questions/question.ts';
import { read } from './questions/reader.ts';
import type { Reply } from './reply.ts';
import { hearPaused } from './rest.ts';
import { isFree } from './room.ts';
import { questionOf, wasAsked } from './route.ts';
import { hearStray } from './stray.ts';
import { askAgain, type Step, type Turn } from './turn.ts';

/** What a person said to a session: a control word, an answer, or neither. */
export function hear(turn: Turn, reply: Reply): Step {
  const { flow, state } = turn;
  if (state.at === null) return hearAfterwards(turn, reply);
  const current = questionOf(flow, state.at);
  const control = controlIn(turn, current, reply);
  const question = questionAnsweredBy(turn, current, reply);
  if (state.status === 'paused') {
    const rested = hearPaused(turn, question, control, reply);
    if (rested !== 'wake') return rested;
  }
  state.status = 'live';
  state.rest = null;
  state.nudged = false;
  if (control !== null) return obey(turn, control, reply);
  if (isChoosing(turn, reply)) return choose(turn, reply, answer);
  state.choosing = null;
  const stray = reply.press === undefined ? hearStray(turn, question, reply) : null;
  return stray ?? answer(turn, question, reply);
}

/** Whether a reply says which question was meant to be corrected. */
function isChoosing({ state }: Turn, { press, kind }: Reply): boolean {
  if (press !== undefined) return press.question === changeAsk;
  return state.choosing !== null && kind === 'text';
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
  turn.state.choosing = null;
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
      return change(turn, control, reply, answer);
  }
}

/** A tap answers the question it was drawn for; photos sent after they were asked for still belong to their question. */
function questionAnsweredBy({ flow, state }: Turn, current: Question, reply: Reply): Question {
  if (reply.press !== undefined) {
    const pressed = flow.questions.find(({ id }) => id === reply.press?.question);
    return pressed !== undefined && wasAsked(flow, state, pressed) ? pressed : current;
  }
  if (reply.attachments.length === 0 || current.type === 'photo') return current;
  if (!reply.attachments.some(({ mime }) => /^(?:image|video)\//i.test(mime))) return current;
  return flow.questions.findLast((one) => one.type === 'photo' && wasAsked(flow, state, one)) ?? current;
}
