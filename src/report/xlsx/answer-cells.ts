import { sentence } from '../../conversation/wording.ts';
import { isCounts } from '../../flow/counts.ts';
import type { Flow } from '../../flow/definition.ts';
import { describe } from '../../flow/describe.ts';
import type { NumberUnit } from '../../flow/questions/number.ts';
import type { Question } from '../../flow/questions/question.ts';
import { inLanguage, type Language } from '../../flow/text.ts';
import { Value } from '../../flow/value.ts';
import { asksCitizens } from '../../satisfaction/citizens.ts';
import { type Cell, dayCell } from './cell.ts';

/** An answer in cells: as a number, a day or words, by its question's type; the counts behind a share. */
export interface AnswerCells {
  answer: Cell;
  done: Cell;
  of: Cell;
}

/** How the answers of one questionnaire stand in a table. */
export interface AnswerTable {
  /** Those that are asked, in their order. */
  questions: readonly AskedQuestion[];
  byId: ReadonlyMap<string, AskedQuestion>;
}

export interface AskedQuestion {
  id: string;
  label: string;
  /** The word for its unit; '' without one. */
  unit: string;
  /** Counts may stand behind it. */
  counted: boolean;
  /** What one citizen thinks: not told one by one, neither in the cells nor in the words that were typed. */
  ofCitizens: boolean;
  /** @throws ZodError when the value is none of ours */
  cells(value: unknown): AnswerCells;
}

export function answerTable(flow: Flow, language: Language): AnswerTable {
  const questions = flow.questions
    .filter(({ type }) => type !== 'note')
    .map((question) => asked(question, language));
  return { questions, byId: new Map(questions.map((one) => [one.id, one])) };
}

function asked(question: Question, language: Language): AskedQuestion {
  const words = wordsOf(question, language);
  const ofCitizens = asksCitizens(question);
  const untold: AnswerCells = {
    answer: sentence(language, 'exports:answers.citizens'),
    done: null,
    of: null,
  };
  return {
    ofCitizens,
    id: question.id,
    label: inLanguage(question.label, language),
    unit: question.type === 'number' ? unitWord(question.unit, language) : '',
    counted: question.type === 'number' && question.counts !== undefined,
    cells: (given) => (ofCitizens ? untold : cellsOf(question, valueIn(given), words)),
  };
}

/** Most values are bare words or numbers, which are one of the kinds as they are: zod took half of the time of an export. */
function valueIn(given: unknown): Value {
  return typeof given === 'string' || typeof given === 'number' ? given : Value.parse(given);
}

function cellsOf(question: Question, value: Value, words: (value: Value) => string): AnswerCells {
  const bare = (answer: Cell): AnswerCells => ({ answer, done: null, of: null });
  switch (question.type) {
    case 'number':
      if (isCounts(value)) return { answer: value.percent, done: value.done, of: value.of };
      return bare(typeof value === 'number' ? value : words(value));
    case 'date':
      return bare(typeof value === 'string' && isDay(value) ? dayCell(value) : words(value));
    case 'photo':
      return bare(Array.isArray(value) ? value.length : words(value));
    case 'text':
    case 'note':
      return bare(typeof value === 'string' ? value : words(value));
    case 'choice':
    case 'choices':
    case 'level':
    case 'place':
      return bare(words(value));
  }
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

/** Different answers to one question that are remembered in words: few questions have more options. */
const rememberedMax = 1_000;

/** Answers in words; the same ones come again and again, and wording one takes longer than writing a row. */
function wordsOf(question: Question, language: Language): (value: Value) => string {
  const known = new Map<string | number, string>();
  return (value) => {
    const key = typeof value === 'object' ? JSON.stringify(value) : value;
    const words = known.get(key) ?? sentence(language, 'exports:words', { words: describe(question, value) });
    if (known.size < rememberedMax) known.set(key, words);
    return words;
  };
}

function unitWord(unit: NumberUnit, language: Language): string {
  return unit === 'count' ? '' : sentence(language, `flow:unit.${unit}`, { n: '' }).trim();
}
