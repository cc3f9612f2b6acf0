import { isCounts } from './counts.ts';
import type { Question } from './questions/question.ts';
import type { Option, Param } from './say.ts';
import type { Value } from './value.ts';

const levels = ([5, 4, 3, 2, 1] as const).map(
  (level): Option => ({ id: String(level), label: { key: `flow:level.${level}` } }),
);
const made = new WeakMap<Question, Option[]>();

/** What can be chosen at a question, in the order shown; none for open questions. Shared by all who ask: not to be changed. */
export function optionsOf(question: Question): Option[] {
  switch (question.type) {
    case 'choice':
    case 'choices': {
      const options = made.get(question) ?? question.options.map(({ id, label }) => ({ id, label }));
      made.set(question, options);
      return options;
    }
    case 'level':
      return levels;
    case 'note':
    case 'number':
    case 'text':
    case 'date':
    case 'photo':
    case 'place':
      return [];
  }
}

/** Whether yes and no are the answers to a question. */
export function isYesNo(question: Question): boolean {
  if (question.type !== 'choice' || question.options.length !== 2) return false;
  return question.options.every(({ id }) => id === 'yes' || id === 'no');
}

/** An answer in words, for "I understood: …", lists and reports. */
export function describe(question: Question, value: Value): Param {
  switch (question.type) {
    case 'choice':
    case 'choices':
    case 'level': {
      const ids = Array.isArray(value) ? value.map(String) : [String(value)];
      return ids.length === 0 ? { key: 'flow:nothing' } : { list: ids.map((id) => labelOf(question, id)) };
    }
    case 'number':
      if (isCounts(value)) return { key: 'flow:share', params: { ...value } };
      return { key: `flow:unit.${question.unit}`, params: { n: Number(value) } };
    case 'date':
      return { date: String(value) };
    case 'photo': {
      const n = Array.isArray(value) ? value.length : 0;
      return n === 0 ? { key: 'flow:nothing' } : { key: 'flow:photos', params: { n } };
    }
    case 'place':
      return describePlace(value);
    case 'note':
    case 'text':
      return String(value);
  }
}

/** Longest part of a person's own words that is said back (characters). */
const briefMax = 60;
const breaks = /[\n\r\t]|\s\s/;

/** The same for a line of chat: counts come before their share, long words of a person's own are cut, and on one line. */
export function brief(question: Question, value: Value): Param {
  if (isCounts(value)) return { key: 'flow:share.counted', params: { ...value } };
  const words = describe(question, value);
  if (typeof words !== 'string' || (words.length <= briefMax && !breaks.test(words))) return words;
  const characters = [...words.replace(/\s+/g, ' ').trim()];
  return characters.length > briefMax ? `${characters.slice(0, briefMax).join('')}…` : characters.join('');
}

function labelOf(question: Question, id: string): Param {
  const label = optionsOf(question).find((option) => option.id === id)?.label;
  return label ?? id;
}

function describePlace(value: Value): Param {
  if (typeof value !== 'object' || Array.isArray(value) || isCounts(value)) return String(value);
  if (value.label !== undefined) return value.label;
  return `${value.latitude ?? '?'}, ${value.longitude ?? '?'}`;
}
