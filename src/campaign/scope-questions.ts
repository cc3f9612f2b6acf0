import type { Flow } from '../flow/definition.ts';
import type { Question } from '../flow/questions/question.ts';
import type { Text } from '../flow/text.ts';
import { canonical } from './canonical.ts';
import type { FilesSentence } from './refusal.ts';

export interface QuestionChange {
  kind: 'narrowed' | 'widened' | 'neutral';
  sentence: FilesSentence;
  labels: Text[];
}

/**
 * What a checklist asks more or less than it did. Left out, or no longer required: less. New, required now, or asking
 * for something else (type, options, limits, expectation, when it is asked): more. Other words for the same: neither.
 */
export function questionChanges(old: Flow | undefined, now: Flow | undefined): QuestionChange[] {
  const was = new Map((old?.questions ?? []).map((question) => [question.id, question]));
  const is = new Map((now?.questions ?? []).map((question) => [question.id, question]));
  const found: Record<QuestionChange['kind'] | 'removed' | 'added', Text[]> = {
    added: [],
    removed: [],
    widened: [],
    narrowed: [],
    neutral: [],
  };
  for (const [id, question] of was) if (!is.has(id)) found.removed.push(question.label);
  for (const [id, question] of is) {
    const before = was.get(id);
    if (before === undefined) found.added.push(question.label);
    else if (canonical(before) !== canonical(question))
      found[comparedTo(before, question)].push(question.label);
  }
  return [
    change('widened', 'scope.questions.added', found.added),
    change('narrowed', 'scope.questions.removed', found.removed),
    change('widened', 'scope.questions.changed', found.widened),
    change('narrowed', 'scope.questions.optional', found.narrowed),
    change('neutral', 'scope.questions.reworded', found.neutral),
  ].filter(({ labels }) => labels.length > 0);
}

function change(kind: QuestionChange['kind'], sentence: FilesSentence, labels: Text[]): QuestionChange {
  return { kind, sentence, labels };
}

function comparedTo(before: Question, now: Question): QuestionChange['kind'] {
  const [was, is] = [demandOf(before), demandOf(now)];
  if (was === is) return 'neutral';
  const isOptionalNow = isRequired(before) && !isRequired(now);
  return isOptionalNow && was === demandOf({ ...now, required: true } as Question) ? 'narrowed' : 'widened';
}

function isRequired(question: Question): boolean {
  return question.type !== 'note' && question.required;
}

const wordings = ['label', 'help', 'problem', 'constraintMessage', 'synonyms', 'of', 'done'];

/** What a question wants, without the words that it is said in. */
function demandOf(question: Question): string {
  return canonical(question, wordings);
}
