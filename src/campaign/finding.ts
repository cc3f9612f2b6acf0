import { type Condition, holds } from '../flow/condition.ts';
import type { Flow } from '../flow/definition.ts';
import type { Question } from '../flow/questions/question.ts';
import { inLanguage, type Language, type Text } from '../flow/text.ts';
import type { Value, Values } from '../flow/value.ts';

/** Longest problem kept in somebody's own words, in characters (code points). */
export const problemMax = 4000;

/** A problem an answer shows: what it is, and which answer to which question failed which expectation. */
export interface Found {
  question: string;
  problem: Text;
  value: Value;
  expected: Condition;
  /** The photo questions whose pictures are evidence of it. */
  evidence: string[];
}

/**
 * The problem one answer shows, or null: one that fails its question's `expect`, such as a “no” or a figure under its
 * threshold, which itself is good enough (“90%以上” includes 90; 民法典 art. 1259). `values` are needed only where an
 * expectation looks at other answers.
 */
export function findingOf(flow: Flow, question: Question, value: Value, values: Values = {}): Found | null {
  if (question.type === 'note' || !question.expect) return null;
  if (holds(question.expect, { ...values, [question.id]: value }, value)) return null;
  return {
    question: question.id,
    problem: problemIn(question, value),
    value,
    expected: question.expect,
    evidence: evidenceFor(flow, question.id),
  };
}

/** All problems in the answers of a session, in the order of the questions. */
export function findingsIn(flow: Flow, values: Values): Found[] {
  return flow.questions.flatMap((question) => {
    const value = values[question.id];
    const found = value === undefined ? null : findingOf(flow, question, value, values);
    return found ? [found] : [];
  });
}

/** Where the author's sentence of a problem says which options were chosen. */
export const chosenMark = '{{chosen}}';

/** The author's sentence, with what was chosen in place of {@link chosenMark}: a problem says nothing that nobody answered. */
function problemIn(question: Exclude<Question, { type: 'note' }>, value: Value): Text {
  const problem = question.problem ?? question.label;
  if (question.type !== 'choice' && question.type !== 'choices') return problem;
  const ids = (Array.isArray(value) ? value : [value]).map(String);
  const labels = question.options.flatMap(({ id, label }) => (ids.includes(id) ? [label] : []));
  const said = (language: Language) =>
    inLanguage(problem, language).replaceAll(chosenMark, () =>
      labels.map((label) => inLanguage(label, language)).join(between[language]),
    );
  const both = { 'zh-CN': said('zh-CN'), en: said('en') };
  return both['zh-CN'] === both.en ? both.en : both;
}

const between: Record<Language, string> = { 'zh-CN': '、', en: ', ' };

function evidenceFor(flow: Flow, question: string): string[] {
  return flow.questions.flatMap((one) =>
    one.type === 'photo' && one.evidenceOf?.includes(question) ? [one.id] : [],
  );
}
