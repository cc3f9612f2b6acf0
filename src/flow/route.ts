import { holds } from './condition.ts';
import type { Flow } from './definition.ts';
import { orderOf } from './order.ts';
import type { Question } from './questions/question.ts';
import type { SessionState } from './session.ts';
import type { Value, Values } from './value.ts';

/** The question of this id; the flow was checked when it was loaded, so it exists. */
export function questionOf(flow: Flow, id: string): Question {
  return questionIn(flow, placeOf(flow, id));
}

/** Where a question stands in its flow, from 0. */
export function placeOf(flow: Flow, id: string): number {
  const place = orderOf(flow).places.get(id);
  if (place === undefined) throw new Error(`flow ${flow.id} version ${flow.version} has no question ${id}`);
  return place;
}

function questionIn(flow: Flow, place: number): Question {
  const question = flow.questions[place];
  if (question === undefined) throw new Error(`flow ${flow.id} has no place ${place}`);
  return question;
}

export function isRelevant(question: Question, values: Values): boolean {
  return question.relevant === undefined || holds(question.relevant, values);
}

/** A photo question stays open until it has its required count; any other is done with its first answer. */
export function isAnswered(question: Question, values: Values): boolean {
  const value = values[question.id];
  if (value === undefined) return false;
  return question.type !== 'photo' || !Array.isArray(value) || value.length >= question.min;
}

/** Whether an answer meets its question's constraint. */
export function fits(question: Question, value: Value, values: Values): boolean {
  return (
    question.type === 'note' || question.constraint === undefined || holds(question.constraint, values, value)
  );
}

/** Whether a question is relevant and still to be said or asked: a note not yet seen, another neither answered nor passed over. */
function isOpen(question: Question, { values, skipped, seen }: SessionState): boolean {
  const done =
    question.type === 'note'
      ? seen.includes(question.id)
      : isAnswered(question, values) || skipped.includes(question.id);
  return !done && isRelevant(question, values);
}

/** The first open question, or note, from a place on. */
export function nextOpen(flow: Flow, state: SessionState, from: number): Question | undefined {
  for (let place = from; place < flow.questions.length; place += 1) {
    const question = questionIn(flow, place);
    if (isOpen(question, state)) return question;
  }
  return undefined;
}

/**
 * Whether a question can be gone back to: it is relevant and was answered, passed over or asked. Questions are asked in
 * order, so of the open ones only the first was.
 */
export function wasAsked(flow: Flow, state: SessionState, question: Question): boolean {
  if (question.type === 'note' || !isRelevant(question, state.values)) return false;
  if (state.values[question.id] !== undefined || state.skipped.includes(question.id)) return true;
  const open = flow.questions.find((one) => one.type !== 'note' && isOpen(one, state));
  return open?.id === question.id;
}

/** The question before this one, in order, as the person sees them. */
export function questionBefore(flow: Flow, values: Values, id: string): Question | undefined {
  for (let place = placeOf(flow, id) - 1; place >= 0; place -= 1) {
    const question = questionIn(flow, place);
    if (question.type !== 'note' && isRelevant(question, values)) return question;
  }
  return undefined;
}

/** Where a question stands among those that are relevant now: people count 1, 2, 3 without the notes. */
export function positionOf(flow: Flow, values: Values, id: string): { number: number; total: number } {
  const { numbers, conditional } = orderOf(flow);
  const own = placeOf(flow, id);
  let number = numbers[own] ?? 0;
  let total = numbers[numbers.length - 1] ?? 0;
  for (const place of conditional) {
    if (isRelevant(questionIn(flow, place), values)) continue;
    total -= 1;
    if (place <= own) number -= 1;
  }
  return { number, total };
}

/** The question people call "3". */
export function questionAt(flow: Flow, values: Values, number: number): Question | undefined {
  return flow.questions.filter((question) => question.type !== 'note' && isRelevant(question, values))[
    number - 1
  ];
}
