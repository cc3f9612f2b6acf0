import { z } from 'zod';
import type { Flow } from '../../flow/definition.ts';
import type { Question } from '../../flow/questions/question.ts';
import { isRelevant, questionOf } from '../../flow/route.ts';
import { inLanguage, type Text } from '../../flow/text.ts';
import type { Values } from '../../flow/value.ts';
import { findingsIn } from '../finding.ts';
import { inFile, loaded, participants } from './common.ts';

const selfcheck = {
  mode: z.literal('selfcheck'),
  /** Units that check themselves, question by question (DA-1). */
  participants,
  secret: z.literal(false).default(false),
};

/** 自查 as written in a campaign file: present state, figures, shortfall and cause of each question, then measures (DA). */
export const SelfcheckInFile = z.strictObject({ ...inFile, ...selfcheck });
export type SelfcheckInFile = z.infer<typeof SelfcheckInFile>;

export const SelfcheckActivity = z.strictObject({ ...loaded, ...selfcheck });
export type SelfcheckActivity = z.infer<typeof SelfcheckActivity>;

/** A questionnaire and what was answered. */
export interface FilledIn {
  flow: Flow;
  values: Values;
}

/** A problem that the self-check found, under the question that found it; `mark` is how that is numbered: （一）. */
export interface CheckedProblem {
  id: string;
  mark: string;
  problem: Text;
}

/** A measure as written, with the problems that it is for (ids of questions of the self-check); none for a general one. */
export interface CheckedMeasure {
  id: string;
  mark: string;
  text: string;
  problems: string[];
}

/** What a question about a measure is called: the question of the problem that it is for, and this. */
const ofMeasure = '-measure';

/** The problems that self-checks found, once each (DA-1). */
export function problemsOf(checks: readonly FilledIn[]): CheckedProblem[] {
  const found = new Map<string, CheckedProblem>();
  for (const { flow, values } of checks)
    for (const { question, problem } of findingsIn(flow, values))
      found.set(question, { id: question, mark: markOf(questionOf(flow, question)), problem });
  return [...found.values()];
}

/**
 * The measures of a report (DA-2): the answer to `<problem>-measure` is for that problem, any other one for those whose
 * number it names, as in “针对（一）（五）”.
 */
export function measuresOf(report: FilledIn | null, checks: readonly FilledIn[]): CheckedMeasure[] {
  if (report === null) return [];
  const asked = checks.flatMap(({ flow }) => flow.questions);
  return report.flow.questions.flatMap((question): CheckedMeasure[] => {
    const text = report.values[question.id];
    if (question.type !== 'text' || typeof text !== 'string' || !isRelevant(question, report.values))
      return [];
    const { id } = question;
    const own = id.endsWith(ofMeasure) ? [id.slice(0, -ofMeasure.length)] : named(text, asked);
    return [{ id, mark: markOf(question), text, problems: own }];
  });
}

function named(text: string, questions: readonly Question[]): string[] {
  const plain = text.replaceAll('(', '（').replaceAll(')', '）');
  const found = questions.filter((question) => {
    const mark = markOf(question);
    return mark.startsWith('（') && plain.includes(mark);
  });
  return [...new Set(found.map(({ id }) => id))];
}

/** （一） at the beginning of a question; empty where it has none. */
function markOf({ label }: Question): string {
  return /^（[一二三四五六七八九十]{1,3}）/u.exec(inLanguage(label, 'zh-CN'))?.[0] ?? '';
}
