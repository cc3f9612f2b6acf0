import { z } from 'zod';
import { normalise, trimMarks } from '../reading/normalise.ts';
import { inEvery, namedBy, partlyNamedBy, wordingsOf } from '../reading/options.ts';
import { readPicks } from '../reading/picks.ts';
import { isNone, withoutThanks } from '../reading/pickWords.ts';
import { ambiguous, certain, inferred, type Reading, unread, wordsMax } from '../reading/reading.ts';
import { type SeveralReader, severalIn, withoutPraiseOfOthers } from '../reading/several.ts';
import type { Reply } from '../reply.ts';
import { answerable, ChoiceOption } from './base.ts';

/** Several of several options, `min` to `max` of them (inclusive). The answer is the options' ids in their order. */
export const ChoicesQuestion = z.strictObject({
  type: z.literal('choices'),
  ...answerable,
  options: z.array(ChoiceOption).min(2).max(20),
  min: z.int().min(0).default(1),
  max: z.int().min(1).optional(),
});
export type ChoicesQuestion = z.infer<typeof ChoicesQuestion>;

/**
 * Reads several options: `1、3`, `选1和3`, `前两个`, `全部`, labels in a sentence. `13` in a shorter list is asked about, and
 * so is anything that denies or limits an option. 都没有 is the option that says so, or nothing where nothing is allowed.
 */
export function readChoices(question: ChoicesQuestion, reply: Reply): Reading<string[]> {
  const { options } = question;
  if (reply.press !== undefined) {
    const known = reply.press.options.every((id) => options.some((option) => option.id === id));
    const pressed = options.flatMap((option, index) =>
      reply.press?.options.includes(option.id) ? [index] : [],
    );
    return known ? chosen(question, pressed, true) : unread('flow:hint.press');
  }
  if (reply.text.length > wordsMax) return unread('flow:hint.choices');
  const reader = readerOf(question);
  const plain = trimMarks(withoutPraiseOfOthers(trimMarks(withoutThanks(normalise(reply.text)))));
  const named = namedBy(plain, reader.wordings);
  const picks = readPicks(plain, options.length, true);
  if (named.length === 1 && picks?.kind !== 'picked') return chosen(question, named, true);
  switch (picks?.kind) {
    case 'picked':
      return chosen(question, picks.indexes, picks.exact);
    case 'maybe':
      return ambiguous(picks.sets.map((set) => idsOf(question, set)));
    case 'all':
      return chosen(
        question,
        options.map((_, index) => index).filter((index) => index !== reader.none),
        false,
      );
    case 'none':
      return chosen(question, reader.none < 0 ? [] : [reader.none], false);
    case 'outside':
      return unread('flow:hint.choice.range', { count: options.length });
    case undefined:
      return sentence(question, plain);
  }
}

function sentence(question: ChoicesQuestion, words: string): Reading<string[]> {
  const reader = readerOf(question);
  const several = severalIn(words, reader);
  if (several !== undefined)
    return several.doubtful
      ? ambiguous(several.sets.map((set) => idsOf(question, set)))
      : chosen(question, several.sets[0] ?? [], several.exact);
  const partly = partlyNamedBy(words, reader.wordings);
  return partly.length === 1 ? ambiguous([idsOf(question, partly)]) : unread('flow:hint.choices');
}

/** These options, if their number is allowed. */
function chosen(question: ChoicesQuestion, indexes: number[], exact: boolean): Reading<string[]> {
  const { min, max } = question;
  if (indexes.length < min) return unread('flow:hint.choices.min', { min });
  if (max !== undefined && indexes.length > max) return unread('flow:hint.choices.max', { max });
  const ids = idsOf(question, indexes);
  return exact ? certain(ids) : inferred(ids);
}

/** Ids in the order of the options. */
function idsOf({ options }: ChoicesQuestion, indexes: number[]): string[] {
  return options.flatMap(({ id }, index) => (indexes.includes(index) ? [id] : []));
}

/** The option that says "none of these", or -1. */
function noneOf({ options }: ChoicesQuestion): number {
  return options.findIndex(({ label, synonyms = [] }) => {
    return [...inEvery(label), ...synonyms].some((one) => isNone(trimMarks(normalise(one))));
  });
}

const readers = new WeakMap<ChoicesQuestion, SeveralReader>();

function readerOf(question: ChoicesQuestion): SeveralReader {
  const ready = readers.get(question);
  if (ready !== undefined) return ready;
  const label = inEvery(question.label).join(' ');
  const none = noneOf(question);
  const wordings = wordingsOf(question.options, label);
  const reader = { wordings, none, faults: none >= 0 || faulty.test(label) };
  readers.set(question, reader);
  return reader;
}

/** A question about what is wrong or missing. */
const faulty =
  /[不没未无差缺欠]|问题|(?<![a-z])(?:not|dissatisfied|wrong|missing|problems?|bad|poor)(?![a-z])/i;
