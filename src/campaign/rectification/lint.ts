import type { Task } from './record.ts';

/** What a measure lacks (DA-2). `vague`: it says how hard to try and not what will be so. */
export type MeasureFlaw =
  | { kind: 'no-owner' | 'no-date' | 'no-measure' }
  | { kind: 'vague'; words: string[] };

/** Words that say how hard to try and not what will or must be so (DA-2): nobody could verify it, or two people would differ. */
const vagueWords = [
  '进一步',
  '加大',
  '加强',
  '强化',
  '力争',
  '尽量',
  '尽快',
  '适时',
  '适当',
  '大力',
  '切实',
  '不断',
  '持续',
  '逐步',
  '高度重视',
  '近期',
  '原则上',
  '有效',
];
/** 有效期, 有效证件: of a thing, and not of an effort. */
const valid = /有效(?=期|证|身份|凭证|票|文件|版本)/gu;
const vagueEnglish =
  /\b(?:further|strengthen|enhance|step up|strive|endeavou?r|as soon as possible|where appropriate|gradually|in the near future)\b/gi;

/** What can be counted, seen or dated makes an earnest of a vague verb. */
const concrete = /\d|[零一二两三四五六七八九十百]+(?:个|名|台|把|处|项|次|人|天|日|月|周|份|块)|《[^》]+》/u;

/** A measure as it is written in a ledger: by the unit's reply, or in a report upwards (DA). */
export interface WrittenMeasure {
  owner: string | null;
  measure: string | null;
  /** Its kind and day; null when it names none. */
  task: Task | null;
}

/** Everything that is wrong with a measure; none when somebody could verify it. */
export function lintMeasure({ owner, measure, task }: WrittenMeasure): MeasureFlaw[] {
  const flaws: MeasureFlaw[] = [];
  if (owner === null || owner.trim() === '') flaws.push({ kind: 'no-owner' });
  if (task === null) flaws.push({ kind: 'no-date' });
  if (measure === null || measure.trim() === '') return [...flaws, { kind: 'no-measure' }];
  const words = vagueIn(measure);
  if (words.length > 0) flaws.push({ kind: 'vague', words });
  return flaws;
}

/** The vague words of a measure that names nothing to count beside them. */
export function vagueIn(measure: string): string[] {
  if (concrete.test(measure)) return [];
  const english = measure.match(vagueEnglish) ?? [];
  return [...vagueWordsIn(measure), ...new Set(english.map((word) => word.toLowerCase()))];
}

/** The vague words of a Chinese sentence, each once, whatever stands beside them. */
export function vagueWordsIn(sentence: string): string[] {
  const text = sentence.replace(valid, '');
  return vagueWords.filter((word) => text.includes(word));
}

/** Problems and measures that lack one another (DA-3: self-check and rectification do not map one to one). */
export interface Orphans<Problem, Measure> {
  /** Problems that no measure is for. */
  problems: Problem[];
  /** Measures for no problem there is. */
  measures: Measure[];
}

/**
 * @param problems by an id of their own
 * @param measures each with the ids of the problems it is for; none for a general one
 */
export function orphansOf<Problem extends { id: string }, Measure extends { problems: readonly string[] }>(
  problems: readonly Problem[],
  measures: readonly Measure[],
): Orphans<Problem, Measure> {
  const known = new Set(problems.map(({ id }) => id));
  const treated = new Set(measures.flatMap((measure) => measure.problems));
  return {
    problems: problems.filter(({ id }) => !treated.has(id)),
    measures: measures.filter((measure) => !measure.problems.some((id) => known.has(id))),
  };
}
