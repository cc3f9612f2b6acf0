import type { Question } from '../../../flow/questions/question.ts';

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
