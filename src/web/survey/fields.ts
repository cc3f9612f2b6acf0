import { isCounts } from '../../flow/counts.ts';
import type { Flow } from '../../flow/definition.ts';
import { type Fields, isOnForms } from '../../flow/fill.ts';
import type { Values } from '../../flow/value.ts';

/** What a form sends, as node:querystring reads it. */
export type Posted = Record<string, string | string[] | undefined>;

const prefix = 'a.';
export const fieldName = (question: string) => `${prefix}${question}`;

/** The answers among what a form sent. Line breaks are counted as one character, and what no database keeps is made visible. */
export function fieldsIn(flow: Flow, posted: Posted): Fields {
  const given = flow.questions.flatMap(({ id }): [string, string | string[]][] => {
    const value = Object.hasOwn(posted, fieldName(id)) ? posted[fieldName(id)] : undefined;
    if (value === undefined) return [];
    return [[id, Array.isArray(value) ? value.map(clean) : clean(value)]];
  });
  return Object.fromEntries(given);
}

function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\u0000', '\ufffd');
}

/** One field of a form that stands for itself. */
export function one(posted: Posted, name: string): string {
  const value = Object.hasOwn(posted, name) ? posted[name] : undefined;
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** Answers that stand, as a form would have sent them. */
export function fieldsFrom(flow: Flow, values: Values): Fields {
  const known = flow.questions.filter(isOnForms).flatMap(({ id }): [string, string | string[]][] => {
    const value = values[id];
    if (value === undefined) return [];
    if (isCounts(value)) return [[id, `${value.done}/${value.of}`]];
    return [[id, Array.isArray(value) ? value.map(String) : String(value)]];
  });
  return Object.fromEntries(known);
}
