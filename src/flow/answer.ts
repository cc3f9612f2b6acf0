import { accept, type Understood } from './accept.ts';
import { pause, skip } from './moves.ts';
import { clarify, prompt } from './prompt.ts';
import type { Question } from './questions/question.ts';
import { read } from './questions/reader.ts';
import { asksBack } from './reading/baffled.ts';
import type { Reading, ReadingContext } from './reading/reading.ts';
import { readYesNo, type YesNo } from './reading/yesNo.ts';
import type { Reply } from './reply.ts';
import { isFree, isMeant } from './room.ts';
import { fits } from './route.ts';
import type { Line } from './say.ts';
import { askAgain, moveTo, type Step, say, type Turn, unheard } from './turn.ts';
import type { Value } from './value.ts';
import { keepWords } from './words-kept.ts';

/** Reads a reply as the answer to a question: takes it, asks which of several meanings is meant, or hints. */
export function answer(turn: Turn, question: Question, reply: Reply): Step {
  const { state } = turn;
  const said = reply.text;
  const verdict = verdictOn(turn, question, reply);
  if (verdict === 'yes' && state.doubt !== null)
    return check(turn, question, { value: state.doubt, exact: true, said }, reply);
  const asked = state.at === question.id && (state.clarified || state.tries > 0);
  const reading = readAfterNo(turn, question, reply, { at: turn.at, zone: turn.zone, asked });
  if (verdict === 'no' && reading.kind !== 'value') {
    state.doubt = null;
    return askAgain(turn, []);
  }
  const isAddressed = reply.addressed || reply.press !== undefined;
  if (!isAddressed && !isMeant(question, said, reading, state.tries === 0 && !state.clarified))
    return unheard(turn);
  switch (reading.kind) {
    case 'value': {
      // Free words overheard in a room are shown back, as they may have been meant for somebody else.
      const exact = reading.exact && (isAddressed || !isFree(question));
      return check(turn, question, { value: reading.value, exact, said }, reply);
    }
    case 'ambiguous':
      keepWords(turn, question, reply);
      return doubtful(turn, question, reading.candidates);
    case 'skip':
      // A correction to 没有 stands as typed: to pass over the question would keep the old answer.
      return question.id === state.at && state.values[question.id] === undefined
        ? skip(turn)
        : check(turn, question, { value: said, exact: true, said }, reply);
    case 'unread': {
      const { hint: key, params } = reading;
      if (isEarlyPhoto(turn, question, reply)) return tell(turn, question, { key: 'flow:hint.photo.early' });
      const hint: Line = params === undefined ? { key } : { key, params };
      return isAsking(said) ? tell(turn, question, hint) : miss(turn, question, [hint]);
    }
  }
}

/** `不是，20件里18件` to "do you mean …?": a no, and the answer. Only where the whole can't be read as it stands. */
function readAfterNo({ state }: Turn, question: Question, reply: Reply, context: ReadingContext): Reading {
  const whole = read(question, reply, context);
  const isDoubted = state.doubt !== null && state.at === question.id;
  const [, rest] = (isDoubted && whole.kind !== 'value' && denied.exec(reply.text)) || [];
  if (rest === undefined) return whole;
  const behind = read(question, { ...reply, text: rest }, context);
  return behind.kind === 'unread' || behind.kind === 'skip' ? whole : behind;
}

const denied = /^\s*(?:不是的?|不对|不|错了|no|nope|wrong)\s*[，,。.;；、]\s*(\S[\s\S]*)$/iu;

/** A plain yes or no to "do you mean …?". */
function verdictOn({ state }: Turn, question: Question, { press, kind, text }: Reply): YesNo | undefined {
  if (state.doubt === null || question.id !== state.at || press !== undefined || kind !== 'text')
    return undefined;
  const reading = readYesNo(text);
  return reading.kind === 'value' && reading.exact ? reading.value : undefined;
}

/** Takes an answer that meets its question's constraint. In a room only what is surely an answer is found fault with. */
function check(turn: Turn, question: Question, answer: Understood, { addressed, press }: Reply): Step {
  if (fits(question, answer.value, turn.state.values)) return accept(turn, question, answer);
  if (!answer.exact && !addressed && press === undefined) return unheard(turn);
  const message = question.type === 'note' ? undefined : question.constraintMessage;
  return miss(turn, question, [message === undefined ? { key: 'flow:constraint' } : { text: message }]);
}

/** Ambiguous means ask, never guess. Whoever is asked has not failed to answer. */
function doubtful(turn: Turn, question: Question, candidates: Value[]): Step {
  const { state } = turn;
  const { lines, ask, doubt } = clarify(question, candidates);
  if (state.at !== question.id) moveTo(state, question.id);
  state.clarified = true;
  state.doubt = doubt;
  return say(turn, lines, ask);
}

/** A photo that comes before it is asked for. */
function isEarlyPhoto({ flow }: Turn, question: Question, { attachments }: Reply): boolean {
  return question.type !== 'photo' && attachments.length > 0 && flow.questions.some(isPhoto);
}

function isPhoto({ type }: Question): boolean {
  return type === 'photo';
}

/** Somebody wants to know what is meant, and has not tried to answer. */
function isAsking(text: string): boolean {
  return (
    asksBack(text) ||
    /[?？]\s*$|什么意思|怎么[填答写算]|看不懂|没看懂|没听懂|what do you mean|don['’]?t understand/iu.test(
      text,
    )
  );
}

/** A hint and the question with all that helps to answer it; not counted as a reply in vain. */
function tell(turn: Turn, question: Question, hint: Line): Step {
  const { flow, state } = turn;
  if (state.at !== question.id) moveTo(state, question.id);
  const { lines, ask } = prompt(flow, state.values, question);
  return say(turn, [hint, ...lines], ask);
}

/** One short hint and the same question; after too many the session rests instead of nagging. */
function miss(turn: Turn, question: Question, hint: Line[]): Step {
  if (isTooMuch(turn, question)) return pause(turn, 'lost', [...hint, { key: 'flow:way-out' }]);
  const { lines, ask } = prompt(turn.flow, turn.state.values, question);
  return say(turn, [...hint, ...lines.slice(0, 1)], ask);
}

/** Counts a reply in vain; the person is at this question now, though it may have been another before. */
function isTooMuch({ flow, state }: Turn, question: Question): boolean {
  if (state.at !== question.id) moveTo(state, question.id);
  state.doubt = null;
  state.tries += 1;
  return state.tries >= flow.triesMax;
}
