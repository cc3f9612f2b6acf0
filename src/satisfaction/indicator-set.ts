import type { RatingRules } from '../campaign/rating-rules.ts';
import type { Flow } from '../flow/definition.ts';
import { levelOptions } from '../flow/questions/level.ts';
import type { Text } from '../flow/text.ts';

/**
 * By what a campaign measures satisfaction. Published with the campaign, locked from then on, superseded by the next version:
 * every rating and every figure names the version that it was measured by.
 */
export interface IndicatorSet {
  flow: { id: string; version: number };
  /** The question that asks for the level. */
  question: string;
  /** Best first, 国办发〔2019〕51号; the last two are negative. */
  levels: { level: number; name: Text; score: number; isNegative: boolean }[];
  /** In percent: levels 4 and 5, and levels 3 to 5. */
  aims: RatingRules['aims'];
  /** What is asked beside the level, with what may be chosen. */
  questions: { id: string; label: Text; options: { id: string; label: Text }[] }[];
}

/** @throws when the flow asks nobody for a level, which the loader refuses */
export function indicatorSet(
  flow: Flow,
  { scores, aims }: Pick<RatingRules, 'scores' | 'aims'>,
): IndicatorSet {
  const levelQuestion = flow.questions.find(({ type }) => type === 'level');
  if (levelQuestion === undefined) throw new Error(`${flow.id} asks for no level`);
  return {
    flow: { id: flow.id, version: flow.version },
    question: levelQuestion.id,
    levels: levelOptions.map(({ id, label }, place) => ({
      level: Number(id),
      name: label,
      score: scores[place] ?? 0,
      isNegative: Number(id) <= 2,
    })),
    aims,
    questions: flow.questions
      .filter(({ id }) => id !== levelQuestion.id)
      .map((question) => ({
        id: question.id,
        label: question.label,
        options: 'options' in question ? question.options.map(({ id, label }) => ({ id, label })) : [],
      })),
  };
}
