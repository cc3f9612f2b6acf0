import { brief } from './describe.ts';
import { orderOf } from './order.ts';
import { clarify } from './prompt.ts';
import type { Question } from './questions/question.ts';
import { isAnswered, isRelevant, nextOpen, placeOf, positionOf, questionOf } from './route.ts';
import type { Line } from './say.ts';
import type { SessionState } from './session.ts';
import { stand } from './standing.ts';
import { advance, moveTo, openFrom, type Step, say, settle, type Turn } from './turn.ts';
import type { Attachment, Value } from './value.ts';

/** A reply as it was understood; `said` is as typed. */
export interface Understood {
  value: Value;
  /** False when it was inferred: the person is told how it was read. */
  exact: boolean;
  said: string;
}

/** Takes an answer: the first, a correction, or more photos; then recomputes what follows. */
export function accept(turn: Turn, question: Question, answer: Understood): Step {
  const { state } = turn;
  if (question.type === 'photo' && isPhotos(answer.value))
    return acceptPhotos(turn, question, answer.value, answer);
  const earlier = state.values[question.id];
  const isAsked = state.at === question.id;
  if (earlier !== undefined && isSame(earlier, answer.value)) return keep(turn, question, answer.value);
  if (!answer.exact && isAsked && turn.before.status !== 'completed' && isLast(turn, question, answer.value))
    return confirm(turn, question, answer.value);
  const isChange = earlier !== undefined || turn.named === question.id || state.skipped.includes(question.id);
  put(turn, question, answer.value, answer.said);
  const told = toldHow(turn, question, answer, isChange);
  if (told !== null) turn.lines.unshift(told);
  return goOn(turn, question);
}

/** The same answer once more. A second tap on an old button needs no word. */
function keep(turn: Turn, question: Question, value: Value): Step {
  const { state } = turn;
  if (state.at !== question.id) return { state, effects: [], understood: true };
  turn.lines.unshift({
    key: 'flow:change.same',
    params: { ...named(turn, question), value: brief(question, value) },
  });
  return goOn(turn, question);
}

/** Every change says which question it was and how it is understood now; a first answer only where it was inferred. */
function toldHow(
  turn: Turn,
  question: Question,
  { value, exact }: Understood,
  isChange: boolean,
): Line | null {
  const params = { ...named(turn, question), value: brief(question, value) };
  if (isChange) return { key: exact ? 'flow:corrected' : 'flow:corrected.understood', params };
  return exact ? null : { key: 'flow:understood', params };
}

function named({ flow, state }: Turn, { id, label }: Question): { number: number; label: Question['label'] } {
  return { number: positionOf(flow, state.values, id).number, label };
}

/** What was only inferred can be corrected, but not once the session has ended: so the last answer is asked about. */
function confirm(turn: Turn, question: Question, value: Value): Step {
  const { lines, ask, doubt } = clarify(question, [value]);
  turn.state.doubt = doubt;
  return say(turn, lines, ask);
}

/** Whether this answer would end the session. */
function isLast(turn: Turn, question: Question, value: Value): boolean {
  const { flow, state } = turn;
  const place = placeOf(flow, question.id);
  const next = nextOpen(flow, state, place + 1);
  const hangsOnIt = next !== undefined && orderOf(flow).followers[place]?.includes(placeOf(flow, next.id));
  if (next !== undefined && hangsOnIt !== true) return false;
  const after = { ...state };
  stand(flow, after, question, value);
  return nextOpen(flow, after, openFrom(turn, question)) === undefined;
}

/** Photos add up, over several messages, until there are enough; those that come afterwards are added too. */
function acceptPhotos(
  turn: Turn,
  question: Extract<Question, { type: 'photo' }>,
  photos: Attachment[],
  { exact, said }: Understood,
): Step {
  const { state } = turn;
  const { id, min, max } = question;
  const isAsked = state.at === id;
  const isChange = state.restart === id;
  const earlier = state.restart === id ? [] : photosIn(state, id);
  const room = max - earlier.length;
  const { number } = positionOf(turn.flow, state.values, id);
  if (room <= 0 && photos.length > 0) return say(turn, [{ key: 'flow:photo.full', params: { max, number } }]);
  const kept = [...earlier, ...photos.slice(0, room)];
  put(turn, question, kept, said);
  turn.state.restart = null;
  const n = kept.length;
  if (photos.length > room) turn.lines.push({ key: 'flow:photo.over', params: { max } });
  else if (!exact) turn.lines.push({ key: 'flow:photo.others', params: { n } });
  if (!isAnswered(question, turn.state.values))
    return say(turn, [{ key: 'flow:photo.more', params: { got: n, left: min - n } }]);
  if (isChange)
    turn.lines.unshift({
      key: 'flow:corrected',
      params: { ...named(turn, question), value: brief(question, kept) },
    });
  if (isAsked) return goOn(turn, question);
  return say(turn, turn.lines.length > 0 ? [] : [{ key: 'flow:photo.added', params: { n } }]);
}

function photosIn(state: SessionState, id: string): Attachment[] {
  const value = state.values[id];
  return isPhotos(value) ? value : [];
}

function isPhotos(value: Value | undefined): value is Attachment[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'object');
}

/** Makes an answer stand. A correction can take later answers back; those that are asked again say why. */
function put(turn: Turn, question: Question, value: Value, said: string): void {
  const { flow, state } = turn;
  const cleared = stand(flow, state, question, value);
  turn.effects.push({ kind: 'answered', question: question.id, value, said });
  for (const { question: other, broken } of cleared) {
    turn.effects.push({ kind: 'cleared', question: other.id });
    if (!broken || other.type === 'note') continue;
    const message = other.constraintMessage;
    turn.lines.push(message === undefined ? { key: 'flow:constraint' } : { text: message });
  }
  if (isAnswered(question, state.values)) settle(turn, question);
}

/** What is asked after an answer: the first open question, but nothing that lies behind the one being asked. */
function goOn(turn: Turn, question: Question): Step {
  const { flow, state } = turn;
  if (state.at === null || state.at === question.id) return advance(turn, openFrom(turn, question));
  const asked = questionOf(flow, state.at);
  if (isRelevant(asked, state.values)) return advance(turn, placeOf(flow, question.id), asked);
  moveTo(state, null);
  return advance(turn, 0);
}

function isSame(one: Value, other: Value): boolean {
  return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
}
