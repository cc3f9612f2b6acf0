import { holds } from './condition.ts';
import type { Flow } from './definition.ts';
import type { Question } from './questions/question.ts';
import type { SessionState } from './session.ts';
import type { Values } from './value.ts';

/** The question of this id; the flow was checked when it was loaded, so it exists. */
export function questionOf(flow: Flow, id: string): Question {
  const found = flow.questions.find((question) => question.id === id);
  if (!found) throw new Error(`flow ${flow.id} version ${flow.version} has no question ${id}`);
  return found;
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

/** The first question, in order, that is relevant and neither answered nor passed over; notes count as seen once in the trail. */
export function nextQuestion(flow: Flow, state: SessionState): Question | undefined {
  return flow.questions.find((question) => {
    if (question.type === 'note') return !state.trail.includes(question.id) && isRelevant(question, state.values);
    return (
      !isAnswered(question, state.values) &&
      !state.skipped.includes(question.id) &&
      isRelevant(question, state.values)
    );
  });
}

/**
 * Takes back every answer whose question a correction made irrelevant. One pass is enough: relevance looks only at
 * earlier questions (held by the definition).
 * @returns the questions cleared
 */
export function clearIrrelevant(flow: Flow, state: SessionState): string[] {
  const cleared: string[] = [];
  for (const question of flow.questions) {
    if (question.relevant === undefined || holds(question.relevant, state.values)) continue;
    if (state.values[question.id] !== undefined) {
      delete state.values[question.id];
      cleared.push(question.id);
    }
    state.trail = state.trail.filter((id) => id !== question.id);
    state.skipped = state.skipped.filter((id) => id !== question.id);
  }
  return cleared;
}

/** Where a question stands among those that are relevant now: people count 1, 2, 3 without the notes. */
export function positionOf(flow: Flow, values: Values, id: string): { number: number; total: number } {
  let number = 0;
  let total = 0;
  for (const question of flow.questions) {
    if (question.type === 'note' || !isRelevant(question, values)) continue;
    total += 1;
    if (question.id === id) number = total;
  }
  return { number, total };
}

/** The question people call "3". */
export function questionAt(flow: Flow, values: Values, number: number): Question | undefined {
  return flow.questions.filter((question) => question.type !== 'note' && isRelevant(question, values))[number - 1];
}
