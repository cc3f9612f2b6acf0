import { z } from 'zod';
import { amountIn } from '../reading/amount.ts';
import { hasNoFigure } from '../reading/baffled.ts';
import { type CountsFound, countsIn } from '../reading/counts.ts';
import { measureOf, ownMeasure } from '../reading/measure.ts';
import { normalise } from '../reading/normalise.ts';
import { ambiguous, certain, inferred, type Reading, unread, wordsMax } from '../reading/reading.ts';
import type { Reply } from '../reply.ts';
import { Text } from '../text.ts';
import type { Counts } from '../value.ts';
import { answerable } from './base.ts';

/** Units a number may be asked in; replies in a related unit are converted (半小时 → 30 minutes). */
export const NumberUnit = z.enum(['count', 'percent', 'minutes', 'hours', 'days', 'yuan']);
export type NumberUnit = z.infer<typeof NumberUnit>;

/**
 * Counts behind a percentage, as their owner calls them: `{ of: 办件, done: 按时办结 }`. Asked for, never insisted on: whoever
 * knows the share only answers with that.
 */
export const CountsAsked = z.strictObject({ of: Text, done: Text });
export type CountsAsked = z.infer<typeof CountsAsked>;

/** A number in `unit`; `min` and `max` are inclusive (民法典 1259: 以上、以下 include the number). */
export const NumberQuestion = z.strictObject({
  type: z.literal('number'),
  ...answerable,
  unit: NumberUnit.default('count'),
  integer: z.boolean().default(false),
  min: z.number().optional(),
  max: z.number().optional(),
  /** Only with `unit: percent`: the counts are asked for, kept and added up. */
  counts: CountsAsked.optional(),
});
export type NumberQuestion = z.infer<typeof NumberQuestion>;

/**
 * Reads a number: digits, Chinese numerals or English words, with or without a unit, in a sentence or alone. A range,
 * two numbers or 0.92 for percent are ambiguous; a mere limit (不到半小时, 90%以上) is not read as the number in it. 没有数据
 * passes over an optional question. Where counts are asked for they are read first, and every reading of them is told.
 */
export function readNumber(question: NumberQuestion, reply: Reply): Reading<number | Counts> {
  const text = reply.press?.options[0] ?? reply.text;
  if (reply.press === undefined ? bare.test(text) : pressed.test(text)) {
    const value = Number(text);
    // 0.92 may be a share of one; 92 is 92.
    if (question.unit !== 'percent' || reply.press !== undefined || value >= 1 || value <= 0)
      return faultOf(question, value) ?? (question.counts === undefined ? certain(value) : bareShare(value));
  }
  if (reply.press !== undefined) return unread('flow:hint.press');
  const [, digits, unit] = withUnit.exec(text) ?? [];
  if (unit !== undefined && measureOf(unit) === ownMeasure[question.unit])
    return faultOf(question, Number(digits)) ?? certain(Number(digits));
  if (text.length > wordsMax) return hintOf(question);
  if (!question.required && !plainNo.test(text) && hasNoFigure(text)) return { kind: 'skip' };
  const words = normalise(text);
  if (question.counts !== undefined) {
    const found = countsIn(words, question.counts);
    if (found !== undefined) return ofCounts(question, found);
  }
  const amount = amountIn(words, question.unit);
  switch (amount.kind) {
    case 'one':
      return (
        faultOf(question, amount.value) ?? (amount.exact ? certain(amount.value) : inferred(amount.value))
      );
    case 'several': {
      const possible = amount.values.filter((value) => faultOf(question, value) === undefined);
      return possible.length > 0
        ? ambiguous(possible)
        : (faultOf(question, amount.values[0] ?? 0) ?? hintOf(question));
    }
    case 'bound':
      return unread('flow:hint.number.one', example(question));
    case 'foreign':
    case 'none':
      return hintOf(question);
  }
}

/** Where counts are asked for, a bare 18 is sooner one of them than a percentage, which is asked; a bare 95 is told back as one. */
function bareShare(value: number): Reading<number> {
  return value < rarelyBelow ? ambiguous([value]) : inferred(value);
}

/** Shares that offices report are seldom lower, counts of a window's cases seldom higher. */
const rarelyBelow = 50;

function ofCounts(question: NumberQuestion, found: CountsFound): Reading<number | Counts> {
  switch (found.kind) {
    case 'one':
      return faultOf(question, found.counts.percent) ?? inferred(found.counts);
    case 'ask':
      return ambiguous(found.candidates);
    case 'over':
      return unread('flow:hint.counts.over');
    case 'zero':
      return unread(question.required ? 'flow:hint.counts.zero' : 'flow:hint.counts.zero.skip');
    case 'unclear':
      return hintOf(question);
  }
}

/** 没有 alone may also be nought. */
const plainNo = /^\s*(?:没有?|无|暂无)\P{L}*$/u;
const bare = /^\d{1,12}(?:\.\d{1,6})?$/;
const withUnit = /^(\d{1,12}(?:\.\d{1,6})?)(\D{1,7})$/;
const pressed = /^-?\d{1,15}(?:\.\d{1,9})?$/;

function hintOf(question: NumberQuestion): Reading<number> {
  if (question.counts !== undefined)
    return unread('flow:hint.number.counts', { ...example(question), ...question.counts });
  return unread(`flow:hint.number.${question.unit}`, example(question));
}

/** A number that this question would take. */
function example({ unit, min, max }: NumberQuestion): { example: number } {
  const usual = unit === 'percent' ? 92 : unit === 'hours' || unit === 'days' ? 3 : 20;
  return { example: Math.min(max ?? Number.POSITIVE_INFINITY, Math.max(min ?? usual, usual)) };
}

function faultOf({ integer, min, max }: NumberQuestion, value: number): Reading<number> | undefined {
  const low = min !== undefined && value < min;
  const high = max !== undefined && value > max;
  if (min !== undefined && max !== undefined && (low || high))
    return unread('flow:hint.number.between', { min, max });
  if (low) return unread('flow:hint.number.min', { min });
  if (high) return unread('flow:hint.number.max', { max });
  if (integer && !Number.isInteger(value)) return unread('flow:hint.number.integer');
  return undefined;
}
