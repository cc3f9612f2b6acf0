import type { Flow } from './definition.ts';
import { orderOf } from './order.ts';
import type { Question } from './questions/question.ts';
import { fits, isRelevant, placeOf } from './route.ts';
import type { SessionState } from './session.ts';
import type { Value } from './value.ts';

/** An answer that stands no more. `broken`: its question is still asked, but the answer now fails its constraint. */
export interface Cleared {
  question: Question;
  broken: boolean;
}

/**
 * Makes an answer stand: later answers whose question became irrelevant are taken back, and so are those that now fail a
 * constraint that looks at this one. One pass in order is enough: conditions look only at earlier questions (held by the
 * definition).
 * @param state a copy that may be changed; what it refers to is replaced, never changed
 * @returns what was taken back, in the order of the questions
 */
export function stand(flow: Flow, state: SessionState, question: Question, value: Value): Cleared[] {
  const { id } = question;
  state.values = { ...state.values, [id]: value };
  state.last = id;
  state.skipped = without(state.skipped, id);
  const followers = orderOf(flow).followers[placeOf(flow, id)] ?? [];
  return followers.length === 0 ? [] : followers.flatMap((place) => recheck(flow, state, place));
}

function recheck(flow: Flow, state: SessionState, place: number): Cleared[] {
  const question = flow.questions[place];
  if (question === undefined) return [];
  const { id } = question;
  const value = state.values[id];
  const relevant = isRelevant(question, state.values);
  if (!relevant) {
    state.skipped = without(state.skipped, id);
    state.seen = without(state.seen, id);
  }
  if (value === undefined || (relevant && fits(question, value, state.values))) return [];
  delete state.values[id];
  return [{ question, broken: relevant }];
}

function without(ids: string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : ids;
}
