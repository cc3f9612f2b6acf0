import type { Flow } from './definition.ts';
import { orderOf } from './order.ts';
import type { Question } from './questions/question.ts';
import { fits, isRelevant, placeOf } from './route.ts';
import type { SessionState } from './session.ts';
import type { Value } from './value.ts';

/** A state with one more answer, and the answers that therefore stand no more. */
export interface Standing {
  state: SessionState;
  /** In the order of the questions. `broken`: still asked, but the answer now fails its constraint. */
  cleared: { question: Question; broken: boolean }[];
}

/**
 * What stands once this answer does: later answers whose question became irrelevant are taken back, and so are those
 * that now fail a constraint that looks at this one. One pass in order is enough: conditions look only at earlier
 * questions (held by the definition).
 */
export function standing(flow: Flow, state: SessionState, question: Question, value: Value): Standing {
  const { id } = question;
  const next: SessionState = { ...state, values: { ...state.values, [id]: value }, last: id };
  next.skipped = without(next.skipped, id);
  const followers = orderOf(flow).followers[placeOf(flow, id)] ?? [];
  return { state: next, cleared: followers.flatMap((place) => recheck(flow, next, place)) };
}

function recheck(flow: Flow, next: SessionState, place: number): Standing['cleared'] {
  const question = flow.questions[place];
  if (question === undefined) return [];
  const { id } = question;
  const value = next.values[id];
  const relevant = isRelevant(question, next.values);
  if (!relevant) {
    next.skipped = without(next.skipped, id);
    next.seen = without(next.seen, id);
  }
  if (value === undefined || (relevant && fits(question, value, next.values))) return [];
  delete next.values[id];
  return [{ question, broken: relevant }];
}

function without(ids: string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : ids;
}
