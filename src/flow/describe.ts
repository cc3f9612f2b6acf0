import type { Question } from './questions/question.ts';
import type { Option, Param } from './say.ts';
import type { Value } from './value.ts';

/** What can be chosen at a question, in the order shown; none for open questions. */
export function optionsOf(question: Question): Option[] {
  switch (question.type) {
    case 'choice':
    case 'choices':
      return question.options.map(({ id, label }) => ({ id, label }));
    case 'level':
      return ([5, 4, 3, 2, 1] as const).map((level) => ({ id: String(level), label: { key: `flow:level.${level}` } }));
    case 'note':
    case 'number':
    case 'text':
    case 'date':
    case 'photo':
    case 'place':
      return [];
  }
}

/** An answer in words, for "I understood: …", lists and reports. */
export function describe(question: Question, value: Value): Param {
  switch (question.type) {
    case 'choice':
    case 'choices':
    case 'level': {
      const ids = Array.isArray(value) ? value.map(String) : [String(value)];
      return { list: ids.map((id) => labelOf(question, id)) };
    }
    case 'number':
      return { key: `flow:unit.${question.unit}`, params: { n: Number(value) } };
    case 'date':
      return { date: String(value) };
    case 'photo':
      return { key: 'flow:photos', params: { n: Array.isArray(value) ? value.length : 0 } };
    case 'place':
      return describePlace(value);
    case 'note':
    case 'text':
      return String(value);
  }
}

function labelOf(question: Question, id: string): Param {
  const label = optionsOf(question).find((option) => option.id === id)?.label;
  return label ?? id;
}

function describePlace(value: Value): Param {
  if (typeof value !== 'object' || Array.isArray(value)) return String(value);
  if (value.label !== undefined) return value.label;
  return `${value.latitude ?? '?'}, ${value.longitude ?? '?'}`;
}
