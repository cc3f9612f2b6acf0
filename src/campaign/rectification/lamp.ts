import { z } from 'zod';
import { Text } from '../../flow/text.ts';
import { addWorkdays, type Calendar } from '../calendar.ts';
import { addDays } from '../day.ts';
import { refusal } from '../refusal.ts';

export const lampColours = ['green', 'blue', 'yellow', 'orange', 'red'] as const;

/**
 * One light of the table. Without a rule it is the light of everything; `left`: at most so many workdays are left;
 * `overdue`: at least so many days late. Places use colours in opposite senses (Suqian's blue is near due, Guangyuan's is
 * praise; DOMAIN 2.5), so the word always stands beside the colour.
 */
export const Lamp = z.strictObject({
  colour: z.enum(lampColours),
  word: Text,
  left: z.int().min(0).max(60).optional(),
  overdue: z.int().min(1).max(365).optional(),
});
export type Lamp = z.infer<typeof Lamp>;

/** From the calmest to the most urgent: the last one whose rule holds is lit. */
export const Lamps = z
  .array(Lamp)
  .min(1)
  .max(6)
  .refine(isOrdered, refusal('fault.lamps-order'))
  .default([
    { colour: 'green', word: { 'zh-CN': '按期推进', en: 'on plan' } },
    { colour: 'yellow', word: { 'zh-CN': '临近期限', en: 'near due' }, left: 3 },
    { colour: 'red', word: { 'zh-CN': '逾期', en: 'overdue' }, overdue: 1 },
  ]);

/** How urgent a rule is: nothing, then fewer and fewer workdays left, then later and later. */
function rank({ left, overdue }: Lamp): number {
  if (overdue !== undefined) return overdue;
  return left === undefined ? Number.NEGATIVE_INFINITY : -left;
}

function isOrdered(lamps: readonly Lamp[]): boolean {
  return lamps.every((lamp, index) => {
    const before = lamps[index - 1];
    const isRuled = (lamp.left === undefined) !== (lamp.overdue === undefined);
    return before === undefined
      ? lamp.left === undefined && lamp.overdue === undefined
      : isRuled && rank(lamp) > rank(before);
  });
}

/**
 * For each lamp the last due day (YYYY-MM-DD) that lights it or a more urgent one on `today`; null for the first, which
 * everything lights. What is due on a rest day is near due from as many workdays before.
 */
export function lampBounds(lamps: readonly Lamp[], today: string, calendar: Calendar): (string | null)[] {
  return lamps.map(({ left, overdue }) => {
    if (overdue !== undefined) return addDays(today, -overdue);
    if (left === undefined) return null;
    // Up to the day before the next workday beyond: a rest day in between has as many workdays left.
    return addDays(addWorkdays(calendar, today, left + 1), -1);
  });
}

/** The lamp of what is due by the end of a day. */
export function lampOf(lamps: readonly Lamp[], dueOn: string, today: string, calendar: Calendar): Lamp {
  const bounds = lampBounds(lamps, today, calendar);
  const lit = lamps.findLast((_, index) => {
    const bound = bounds[index];
    return bound === null || bound === undefined || dueOn <= bound;
  });
  if (lit === undefined) throw new Error('a table of lamps without a lamp');
  return lit;
}
