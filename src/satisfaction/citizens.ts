import type { Question } from '../flow/questions/question.ts';
import type { Value } from '../flow/value.ts';
import { type Figures, figuresOf } from './figures.ts';
import { isShown } from './small-cells.ts';
import type { LevelCounts } from './summary.ts';

/** Words for those who come to a window. */
const people = /群众|办事人|企业|市民|居民|顾客|\b(?:citizens?|public|residents?|customers?|visitors?)\b/iu;

/**
 * Whether a question of a checklist asks what citizens think (JX-3.2, 7: “随机访问办事群众，…总体评价”). What they said is shown of as
 * many as everywhere; what an inspector thinks of a window is the inspector's own statement.
 */
export function asksCitizens(question: Question): boolean {
  if (question.type !== 'level') return false;
  const { label, title, problem } = question;
  return [label, title, problem].some((text) =>
    typeof text === 'object' ? Object.values(text).some((one) => people.test(one)) : people.test(text ?? ''),
  );
}

/** Answers to a question for a level: level by level, or of citizens who are too few on one of them as ratings are. */
export type LevelsTold = { kind: 'levels'; counts: LevelCounts } | { kind: 'figures'; figures: Figures };

/** What is told of the answers to one question for a level, wherever a report or a file tells of them. */
export function levelsTold(question: Question, values: readonly Value[]): LevelsTold {
  const at = (level: number) => values.filter((value) => value === level).length;
  const counts: LevelCounts = [at(1), at(2), at(3), at(4), at(5)];
  return !asksCitizens(question) || counts.every(isShown)
    ? { kind: 'levels', counts }
    : { kind: 'figures', figures: figuresOf(counts, null) };
}
