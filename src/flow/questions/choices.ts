import { z } from 'zod';
import { cut, isNegated } from '../reading/doubt.ts';
import { normalise, trimMarks } from '../reading/normalise.ts';
import {
  inEvery,
  mentionsIn,
  namedBy,
  partlyNamedBy,
  type Wordings,
  wordingsOf,
} from '../reading/options.ts';
import { readPicks } from '../reading/picks.ts';
import { isNone } from '../reading/pickWords.ts';
import { ambiguous, certain, inferred, type Reading, unread, wordsMax } from '../reading/reading.ts';
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
  const words = normalise(reply.text);
  const wordings = readyFor(question);
  const plain = trimMarks(words);
  const named = namedBy(plain, wordings);
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
        options.map((_, index) => index).filter((index) => index !== noneOf(question)),
        false,
      );
    case 'none':
      return noneOf(question) < 0 ? chosen(question, [], false) : chosen(question, [noneOf(question)], false);
    case 'outside':
      return unread('flow:hint.choice.range', { count: options.length });
    case undefined:
      return sentence(question, plain, wordings);
  }
}

function sentence(question: ChoicesQuestion, words: string, wordings: Wordings): Reading<string[]> {
  const mention = mentionsIn(words, wordings);
  if (mention === undefined) {
    const partly = partlyNamedBy(words, wordings);
    return partly.length === 1 ? ambiguous([idsOf(question, partly)]) : unread('flow:hint.choices');
  }
  const { doubt, rest, options } = mention;
  const numbers = [...rest.matchAll(/\d+/g)].map((match) => Number(match[0]) - 1);
  // 不是态度差 takes the option back; 一次性告知没做到 says something about it, and is asked about.
  const takenBack = doubt === 'negated' && isNegated(rest.slice(0, rest.lastIndexOf(cut)));
  if (doubt === 'asked' || takenBack) return unread('flow:hint.choices');
  if (doubt !== 'none' || rest.includes(cut + cut) || numbers.some((index) => !options.includes(index)))
    return ambiguous([idsOf(question, options)]);
  return chosen(question, options, onlyListed.test(rest));
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

const ready = new WeakMap<ChoicesQuestion, Wordings>();

function readyFor(question: ChoicesQuestion): Wordings {
  const known = ready.get(question) ?? wordingsOf(question.options, inEvery(question.label).join(' '));
  ready.set(question, known);
  return known;
}

const onlyListed = new RegExp(
  `^(?:\\d{1,2} ?[.、:)]? ?)?${cut}(?: ?[,、;/&+。 ]? ?(?:和|与|及|跟|and|\\d{1,2} ?[.、:)]?)? ?${cut})*$`,
);
