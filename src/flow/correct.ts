import type { Change } from './change.ts';
import { revisit } from './moves.ts';
import { isOwnNumber } from './own-number.ts';
import { readChoice } from './questions/choice.ts';
import type { Question } from './questions/question.ts';
import type { Reply } from './reply.ts';
import { isRelevant, positionOf, questionAt, questionBefore, questionOf, wasAsked } from './route.ts';
import type { Line, Option } from './say.ts';
import { askAgain, moveTo, type Step, say, type Turn, unheard } from './turn.ts';

/** How a reply is taken as an answer; handed in, as answering and correcting need one another. */
type Answer = (turn: Turn, question: Question, reply: Reply) => Step;

/** What the options of "which one do you mean?" are drawn for: no question can have this id. */
export const changeAsk = '_change';

/**
 * `改 3 92` corrects question 3 at once; `改 3` asks it again; `改` asks the last answered one again. Where the number is
 * also another question's own (`三、…` as the fifth question), it is asked which one is meant.
 */
export function change(
  turn: Turn,
  { number, rest }: Pick<Change, 'number' | 'rest'>,
  reply: Reply,
  answer: Answer,
): Step {
  const { flow, state } = turn;
  const meant = number === null ? [lastAnswered(turn)] : calledBy(turn, number);
  const known = meant.filter((one): one is Question => one !== undefined && wasAsked(flow, state, one));
  const [question, other] = known;
  if (question === undefined) return askAgain(turn, [{ key: 'flow:change.none' }]);
  if (other !== undefined) return askWhich(turn, [question, other], rest);
  return correct(turn, question, rest, reply, answer);
}

function correct(turn: Turn, question: Question, rest: string, reply: Reply, answer: Answer): Step {
  turn.state.status = 'live';
  if (rest.trim() === '') return revisit(turn, question);
  moveTo(turn.state, question.id);
  turn.named = question.id;
  const { press: _, ...said } = reply;
  return answer(turn, question, { ...said, text: rest, addressed: true });
}

/**
 * The questions that a number can mean: the one at that position, and the one whose label begins with that number. Of the
 * first two numbers the position comes first or second in turn, so that a bare number in answer means the same both ways.
 */
function calledBy({ flow, state }: Turn, number: number): (Question | undefined)[] {
  const { values } = state;
  const at = questionAt(flow, values, number);
  const own = flow.questions.find(
    (one) => one.type !== 'note' && isRelevant(one, values) && isOwnNumber(one.label, number),
  );
  if (own === undefined || own === at) return [at];
  return number === 1 ? [at, own] : [own, at];
}

function askWhich(turn: Turn, known: Question[], rest: string): Step {
  const { state } = turn;
  state.choosing = { among: known.map(({ id }) => id), rest };
  return say(turn, [{ key: 'flow:change.which' }], {
    target: 'session',
    question: changeAsk,
    options: known.map((question) => optionFor(turn, question)),
    many: false,
    numbered: true,
  });
}

function optionFor({ flow, state }: Turn, question: Question): Option {
  const { number } = positionOf(flow, state.values, question.id);
  return {
    id: question.id,
    label: { key: 'flow:change.candidate', params: { number, label: question.label } },
  };
}

/** The reply to "which one do you mean?"; what names neither changes nothing. */
export function choose(turn: Turn, reply: Reply, answer: Answer): Step {
  const { flow, state } = turn;
  const { choosing } = state;
  if (choosing === null) return askAgain(turn, [{ key: 'flow:hint.press' }]);
  const id = chosenIn(turn, choosing.among, reply);
  if (id === undefined && !reply.addressed && reply.press === undefined) return unheard(turn);
  state.choosing = null;
  const kept: Line = { key: 'flow:change.kept' };
  turn.effects.push({
    kind: 'settled',
    question: changeAsk,
    answer: { lines: [settledLine(turn, id) ?? kept] },
  });
  if (id === undefined) return askAgain(turn, [kept]);
  return correct(turn, questionOf(flow, id), choosing.rest, reply, answer);
}

function settledLine({ flow, state }: Turn, id: string | undefined): Line | undefined {
  if (id === undefined) return undefined;
  const { number } = positionOf(flow, state.values, id);
  return { key: 'flow:change.candidate', params: { number, label: questionOf(flow, id).label } };
}

function chosenIn({ flow, state }: Turn, among: string[], reply: Reply): string | undefined {
  if (reply.press !== undefined) return among.find((id) => reply.press?.options.includes(id));
  const position = /^\s*(?:是|改|我说的是)?\s*第?\s*(\d{1,3})\s*题?\s*[。.]?\s*$/u.exec(reply.text)?.[1];
  const exact = among.find((id) => positionOf(flow, state.values, id).number === Number(position));
  if (exact !== undefined) return exact;
  const options = among.map((id) => ({ id, label: questionOf(flow, id).label }));
  const reading = readChoice(
    { type: 'choice', id: 'which', label: '?', required: true, options },
    { ...reply, kind: 'text' },
  );
  return reading.kind === 'value' ? String(reading.value) : undefined;
}

/** The question answered last; when its answer was taken back since, the answered one before this. */
function lastAnswered({ flow, state }: Turn): Question | undefined {
  const { values, last, at } = state;
  if (last !== null && last !== at && values[last] !== undefined) return questionOf(flow, last);
  if (at === null) return undefined;
  let before = questionBefore(flow, values, at);
  while (before !== undefined && values[before.id] === undefined)
    before = questionBefore(flow, values, before.id);
  return before;
}
