import { z } from 'zod';
import { type OptionReader, optionReader, readWith } from '../reading/option.ts';
import { inEvery, type Named } from '../reading/options.ts';
import { denialsOf, predicateOf } from '../reading/predicate.ts';
import { certain, type Reading, unread } from '../reading/reading.ts';
import type { Reply } from '../reply.ts';
import { answerable, ChoiceOption } from './base.ts';

/** The two options of a yes/no question. */
export const yesNo: ChoiceOption[] = [
  { id: 'yes', label: { 'zh-CN': '是', en: 'Yes' } },
  { id: 'no', label: { 'zh-CN': '否', en: 'No' } },
];

/** One of several options; `options: yes-no` for a yes/no question. The answer is the option's id. */
export const ChoiceQuestion = z.strictObject({
  type: z.literal('choice'),
  ...answerable,
  options: z.union([z.literal('yes-no').transform(() => yesNo), z.array(ChoiceOption).min(2).max(20)]),
});
export type ChoiceQuestion = z.infer<typeof ChoiceQuestion>;

/**
 * Reads one option. A yes/no question also understands yes and no words, and its own predicate: to "环境是否整洁",
 * 整洁 is a yes and 不整洁 a no, while 不太整洁 and 基本整洁 are asked about.
 */
export function readChoice(question: ChoiceQuestion, reply: Reply): Reading<string> {
  if (reply.press !== undefined) {
    const [id = ''] = reply.press.options;
    const known = reply.press.options.length === 1 && question.options.some((option) => option.id === id);
    return known ? certain(id) : unread('flow:hint.press');
  }
  return readWith(readerOf(question), reply.text);
}

const readers = new WeakMap<ChoiceQuestion, OptionReader>();

function readerOf(question: ChoiceQuestion): OptionReader {
  const ready = readers.get(question);
  if (ready !== undefined) return ready;
  const yes = question.options.findIndex(({ id }) => id === 'yes');
  const asks = question.options.length === 2 && yes >= 0 && question.options.some(({ id }) => id === 'no');
  const label = typeof question.label === 'string' ? question.label : question.label['zh-CN'];
  const more = asks ? predicateWords(label, yes) : [];
  const reader = optionReader(question.options, inEvery(question.label).join(' '), more);
  readers.set(question, reader);
  return reader;
}

/** The predicate as a yes, and plainly denied as a no; of two options, so the other index is the no. */
function predicateWords(label: string, yes: number): Named[] {
  return predicateOf(label).flatMap((words): Named[] => [
    ...['', '能', '可以'].map((able): Named => [yes, able + words]),
    ...denialsOf(words).map((denied): Named => [1 - yes, denied]),
  ]);
}
