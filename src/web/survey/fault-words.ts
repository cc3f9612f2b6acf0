import type { Line, SentenceKey } from '../../flow/say.ts';
import type { SurveyKey, View } from './view.ts';

/**
 * What is wrong with an answer, in a form's words: a chat asks people to reply, to send again, to give the number of an option
 * or to say yes, and a form has fields, options to tick and a button. The author's own words stand as they are.
 */
export function faultWords({ say, author }: View, line: Line): string {
  if ('text' in line) return author(line.text);
  const { key, params } = line;
  // What no field can lead to is told in general words sooner than in the chat's.
  return say(isOnForms(key) ? onForms[key] : 'fault.constraint', params);
}

/** Hints about what a form doesn't have: messages of a kind, photos, places, notes. */
type OnlyInChats = `flow:hint.${'kind.' | 'photo' | 'place' | 'note'}${string}`;
type FormFault =
  | Exclude<Extract<SentenceKey, `flow:hint.${string}`>, OnlyInChats>
  | 'flow:clarify'
  | 'flow:confirm'
  | 'flow:constraint';

function isOnForms(key: SentenceKey): key is FormFault {
  return Object.hasOwn(onForms, key);
}

/** By the sentence of the chat. A hint that is new there must get its words here. */
export const onForms: Record<FormFault, SurveyKey> = {
  'flow:clarify': 'fault.clarify',
  'flow:confirm': 'fault.confirm',
  'flow:constraint': 'fault.constraint',
  'flow:hint.press': 'fault.option',
  'flow:hint.choice': 'fault.option',
  'flow:hint.choice.range': 'fault.option',
  'flow:hint.choice.one': 'fault.choice.one',
  'flow:hint.choices': 'fault.option',
  'flow:hint.choices.min': 'fault.choices.min',
  'flow:hint.choices.max': 'fault.choices.max',
  'flow:hint.yes-no': 'fault.option',
  'flow:hint.level': 'fault.option',
  'flow:hint.number.count': 'fault.number.count',
  'flow:hint.number.percent': 'fault.number.percent',
  'flow:hint.number.minutes': 'fault.number.minutes',
  'flow:hint.number.hours': 'fault.number.hours',
  'flow:hint.number.days': 'fault.number.days',
  'flow:hint.number.yuan': 'fault.number.yuan',
  'flow:hint.number.counts': 'fault.number.counts',
  'flow:hint.counts.over': 'fault.counts.over',
  'flow:hint.counts.zero': 'fault.counts.zero',
  'flow:hint.counts.zero.skip': 'fault.counts.zero.skip',
  'flow:hint.number.one': 'fault.number.one',
  'flow:hint.number.integer': 'fault.number.integer',
  'flow:hint.number.min': 'fault.number.min',
  'flow:hint.number.max': 'fault.number.max',
  'flow:hint.number.between': 'fault.number.between',
  'flow:hint.text': 'fault.text',
  'flow:hint.free': 'fault.free',
  'flow:hint.text.min': 'fault.text.min',
  'flow:hint.text.max': 'fault.text.max',
  'flow:hint.date': 'fault.date',
  'flow:hint.date.one': 'fault.date.one',
  'flow:hint.date.impossible': 'fault.date.impossible',
  'flow:hint.date.earliest': 'fault.date.earliest',
  'flow:hint.date.latest': 'fault.date.latest',
  'flow:hint.date.between': 'fault.date.between',
};
