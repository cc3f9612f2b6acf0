import { shortFigures } from '../../../commands/results-short.ts';
import { holds } from '../../../flow/condition.ts';
import { isCounts, pooled } from '../../../flow/counts.ts';
import { describe } from '../../../flow/describe.ts';
import type { Question } from '../../../flow/questions/question.ts';
import { isRelevant } from '../../../flow/route.ts';
import type { Value } from '../../../flow/value.ts';
import { levelsTold } from '../../../satisfaction/citizens.ts';
import type { FilledIn, Material } from '../material.ts';
import type { Block } from '../paper.ts';
import { pooledOf, shareOf, type Words } from '../words.ts';
import { called } from './called.ts';

/** One question over all visits: the answers that stand. */
export interface Asked {
  question: Exclude<Question, { type: 'note' }>;
  values: { value: Value; visit: FilledIn }[];
}

/** All questions of the visits' checklists, in their order; once each, though visits may have run on several versions. */
export function askedOf({ tasks }: Material): Asked[] {
  const found = new Map<string, Asked>();
  for (const visit of tasks.flatMap(({ visits }) => visits))
    for (const question of visit.flow.questions) {
      if (question.type === 'note') continue;
      const asked = found.get(question.id) ?? { question, values: [] };
      found.set(question.id, asked);
      const value = visit.values[question.id];
      if (value !== undefined && isRelevant(question, visit.values)) asked.values.push({ value, visit });
    }
  return [...found.values()];
}

/** What was ticked, option by option, for one question of several choices (方式, 问题类别). */
export function choicesTable({ question, values }: Asked, day: string, words: Words): Block[] {
  if (question.type !== 'choices' || values.length === 0) return [];
  const { say, name } = words;
  const rows = question.options.map(({ id, label }) => {
    const count = values.filter(
      ({ value }) => Array.isArray(value) && value.some((one) => one === id),
    ).length;
    return [name(label), String(count), shareOf(count, values.length, words)];
  });
  return [
    {
      kind: 'table',
      title: called(question, words),
      head: [say('docx:column.option'), say('docx:column.times'), say('docx:column.share')],
      rows,
      widths: [8, 2, 3],
      note: noteOf(values.length, day, words),
    },
  ];
}

/** Items that were judged good or bad, in one table (JX-1.3, JX-3.2, MDJ-3.2). */
export function checksTable(asked: readonly Asked[], { day }: Material, words: Words): Block[] {
  const { say } = words;
  const judged = asked.filter(
    ({ question, values }) =>
      question.type === 'choice' && question.expect !== undefined && values.length > 0,
  );
  if (judged.length === 0) return [];
  const rows = judged.map(({ question, values }, index) => {
    const good = values.filter((one) => isGood(question, one)).length;
    const bad = values.length - good;
    return [
      String(index + 1),
      called(question, words),
      String(good),
      String(bad),
      shareOf(good, values.length, words),
    ];
  });
  return [
    {
      kind: 'table',
      title: say('docx:checks'),
      head: columns(words, ['number', 'item', 'good', 'bad', 'rate']),
      rows,
      widths: [1, 7, 2, 2, 3],
      note: say('docx:note.each', { day: words.date(day) }),
    },
  ];
}

/** Figures with a required threshold: at how many places it is met, and what the counts come to together (JX-3.2). */
export function figuresTable(asked: readonly Asked[], { day }: Material, words: Words): Block[] {
  const { say } = words;
  const figures = asked.filter(({ question, values }) => question.type === 'number' && values.length > 0);
  if (figures.length === 0) return [];
  const rows = figures.map(({ question, values }, index) => {
    const met = values.filter((one) => isGood(question, one)).length;
    return [
      String(index + 1),
      called(question, words),
      question.expect === undefined ? say('docx:none') : shareOf(met, values.length, words),
      togetherOf(question, values, words),
    ];
  });
  return [
    {
      kind: 'table',
      title: say('docx:figures'),
      head: columns(words, ['number', 'item', 'met', 'together']),
      rows,
      widths: [1, 6, 3, 5],
      note: say('docx:note.figures', { day: words.date(day) }),
    },
  ];
}

/** What the counts come to together, and beside it what was told without any: percentages alone can't be added. */
function togetherOf(question: Question, values: Asked['values'], words: Words): string {
  const together = pooled(values.map(({ value }) => value));
  if (together === null) return rangeOf(question, values, words);
  const { bare } = together;
  if (bare === 0) return pooledOf(together, words);
  const range = rangeOf(
    question,
    values.filter(({ value }) => !isCounts(value)),
    words,
  );
  return words.say('docx:pooled.bare', { pooled: pooledOf(together, words), bare, range });
}

/** From the least to the most. */
function rangeOf(question: Question, values: Asked['values'], { say, words }: Words): string {
  const numbers = values.flatMap(({ value }) =>
    typeof value === 'number' ? [value] : isCounts(value) ? [value.percent] : [],
  );
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  if (least === most) return words(describe(question, least));
  return say('docx:range', { from: describe(question, least), to: describe(question, most) });
}

/** What was said by level, for each question that asks it; of citizens who are few no more than everywhere else (JX-3.2, 7). */
export function levelsTables(asked: readonly Asked[], { day }: Material, words: Words): Block[] {
  return asked.flatMap(({ question, values }): Block[] => {
    if (question.type !== 'level' || values.length === 0) return [];
    const told = levelsTold(
      question,
      values.map(({ value }) => value),
    );
    if (told.kind === 'figures') {
      const figures = shortFigures(told.figures);
      const params = { title: called(question, words), figures, day: words.date(day) };
      return [{ kind: 'text', text: words.say('docx:levels.few', params) }];
    }
    const rows = ([5, 4, 3, 2, 1] as const).map((level) => {
      const count = told.counts[level - 1] ?? 0;
      return [words.say(`flow:level.${level}`), String(count), shareOf(count, values.length, words)];
    });
    return [
      {
        kind: 'table',
        title: called(question, words),
        head: columns(words, ['option', 'times', 'share']),
        rows,
        widths: [6, 2, 4],
        note: noteOf(values.length, day, words),
      },
    ];
  });
}

/** Answers in words, each behind what was asked; all together one paragraph. */
export function inOwnWords({ flow, values }: FilledIn, words: Words, except: readonly string[] = []): string {
  const said = flow.questions.flatMap((question) => {
    const value = values[question.id];
    if (question.type !== 'text' || typeof value !== 'string' || except.includes(question.id)) return [];
    if (!isRelevant(question, values)) return [];
    return [words.say('docx:answer', { title: called(question, words), answer: ended(value, words) })];
  });
  return said.join('');
}

/** What was said in words at each place or of each matter, with its day (JX-4.6, MDJ-2.3, MDJ-3.2). */
export function visitsInWords({ tasks }: Material, words: Words): Block[] {
  return tasks.flatMap(({ target, visits }) =>
    visits.flatMap((visit): Block[] => {
      const text = inOwnWords(visit, words);
      const name = words.name(visit.name ?? target);
      const lead = words.say('docx:lead.day', { name, day: words.date(visit.day) });
      return text === '' ? [] : [{ kind: 'text', lead, text }];
    }),
  );
}

/** Somebody's words as a sentence of their own, with the stop of the language that it stands in: figures have none of their own. */
export function ended(said: string, { language }: Pick<Words, 'language'>): string {
  const bare = said.trim();
  if (/[。！？!?.；;…”"）)]$/u.test(bare)) return bare;
  return `${bare}${language === 'zh-CN' || /[\u3400-\u9fff]/u.test(bare) ? '。' : '. '}`;
}

export type Column =
  | 'number'
  | 'item'
  | 'good'
  | 'bad'
  | 'rate'
  | 'met'
  | 'together'
  | 'option'
  | 'times'
  | 'share';

function columns({ say }: Words, names: readonly Column[]): string[] {
  return names.map((name) => say(`docx:column.${name}`));
}

export function noteOf(n: number, day: string, { say, date }: Words): string {
  return say('docx:note', { n, day: date(day) });
}

function isGood(
  { expect }: Exclude<Question, { type: 'note' }>,
  { value, visit }: Asked['values'][number],
): boolean {
  return expect === undefined || holds(expect, visit.values, value);
}
