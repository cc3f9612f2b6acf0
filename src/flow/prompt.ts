import type { Flow } from './definition.ts';
import { describe, optionsOf } from './describe.ts';
import type { Question } from './questions/question.ts';
import { positionOf } from './route.ts';
import type { Ask, Line, Say } from './say.ts';
import type { Value, Values } from './value.ts';

/** The lines and options that ask one question. The session that asks fills in the target. */
export function prompt(flow: Flow, values: Values, question: Question): { lines: Line[]; ask?: Ask } {
  if (question.type === 'note') return { lines: [{ text: question.label }] };
  const { number, total } = positionOf(flow, values, question.id);
  const lines: Line[] = [{ key: 'flow:ask', params: { number, total, label: question.label } }];
  if (question.help !== undefined) lines.push({ text: question.help });
  const options = optionsOf(question);
  const many = question.type === 'choices';
  if (many) lines.push({ key: 'flow:ask.many' });
  if (question.type === 'photo' && question.min > 0) lines.push({ key: 'flow:ask.photo', params: { n: question.min } });
  if (!question.required) lines.push({ key: 'flow:ask.optional' });
  if (options.length === 0) return { lines };
  return { lines, ask: { target: 'session', question: question.id, options, many, numbered: true } };
}

/** Asks which of several readings was meant. */
export function clarify(question: Question, candidates: Value[]): { lines: Line[]; ask?: Ask } {
  const list = candidates.map((value) => describe(question, value));
  const options = optionsOf(question).filter((option) => candidates.some((value) => String(value) === option.id));
  const line: Line = { key: 'flow:clarify', params: { candidates: { list } } };
  if (options.length !== candidates.length) return { lines: [line] };
  return { lines: [line], ask: { target: 'session', question: question.id, options, many: false, numbered: false } };
}

/** The asked question in its answered form, without options. */
export function settled(flow: Flow, values: Values, question: Question, value: Value): Say {
  const { number, total } = positionOf(flow, values, question.id);
  const label = question.label;
  return { lines: [{ key: 'flow:settled', params: { number, total, label, answer: describe(question, value) } }] };
}
