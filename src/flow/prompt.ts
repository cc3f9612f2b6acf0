import type { Flow } from './definition.ts';
import { brief, isYesNo, optionsOf } from './describe.ts';
import type { Question } from './questions/question.ts';
import { positionOf } from './route.ts';
import type { Ask, Line, Param, Say } from './say.ts';
import type { Value, Values } from './value.ts';

/** The lines and options that ask one question. The session that asks fills in the target. */
export function prompt(flow: Flow, values: Values, question: Question): { lines: Line[]; ask?: Ask } {
  if (question.type === 'note') return { lines: [{ text: question.label }] };
  const { number, total } = positionOf(flow, values, question.id);
  const lines: Line[] = [{ key: 'flow:ask', params: { number, total, label: question.label } }];
  if (question.help !== undefined) lines.push({ text: question.help });
  if (question.type === 'number' && question.counts !== undefined)
    lines.push({ key: 'flow:ask.counts', params: { ...question.counts } });
  const many = question.type === 'choices';
  if (many) lines.push({ key: 'flow:ask.many' });
  if (question.type === 'photo') lines.push(photosWanted(question.min, question.max));
  // A question that was answered can be passed over too, but then the answer stays, which `change.now` says.
  if (!question.required && values[question.id] === undefined) lines.push({ key: 'flow:ask.optional' });
  const options = optionsOf(question);
  if (options.length === 0) return { lines };
  return { lines, ask: { target: 'session', question: question.id, options, many, numbered: true } };
}

function photosWanted(min: number, max: number): Line {
  if (min === 0) return { key: 'flow:ask.photo.max', params: { max } };
  return min === max
    ? { key: 'flow:ask.photo', params: { n: min } }
    : { key: 'flow:ask.photo.range', params: { min, max } };
}

/**
 * Asks which of several readings was meant, or whether the only one was.
 * @returns `doubt`: the value that a plain yes now means; null where yes and no are themselves answers, or there are several
 */
export function clarify(
  question: Question,
  candidates: Value[],
): { lines: Line[]; ask?: Ask; doubt: Value | null } {
  const options = optionsOf(question);
  const possible = isYesNo(question) ? options.map(({ id }): Value => id) : candidates;
  const [only = null] = possible;
  const doubt = possible.length === 1 ? only : null;
  const line: Line =
    doubt === null
      ? {
          key: 'flow:clarify',
          params: { candidates: { list: possible.map((value) => candidate(question, value)) } },
        }
      : { key: 'flow:confirm', params: { value: brief(question, doubt) } };
  const drawn = options.filter((option) => possible.some((value) => String(value) === option.id));
  if (drawn.length !== possible.length) return { lines: [line], doubt };
  const ask = { target: 'session', question: question.id, options: drawn, many: false, numbered: false };
  return { lines: [line], ask, doubt };
}

/** An option by the number that it has in the question's own list, so that a number answers both. */
function candidate(question: Question, value: Value): Param {
  const label = brief(question, value);
  const place = optionsOf(question).findIndex(({ id }) => id === String(value));
  if (place >= 0) return { key: 'flow:candidate.option', params: { number: place + 1, label } };
  return question.type === 'choices' ? { key: 'flow:candidate.set', params: { label } } : label;
}

/** The asked question without options: in its answered form, or left open. */
export function settled(flow: Flow, values: Values, question: Question, answer: Param | null): Say {
  const { number, total } = positionOf(flow, values, question.id);
  const { label } = question;
  if (answer === null) return { lines: [{ key: 'flow:ask', params: { number, total, label } }] };
  return { lines: [{ key: 'flow:settled', params: { number, total, label, answer } }] };
}
