import { z } from 'zod';
import { compareShare, isCounts } from './counts.ts';
import type { Value, Values } from './value.ts';

/**
 * When something holds: ODK's `relevant` and `constraint`, written as data so that a campaign file needs no
 * formula language. `question` names an earlier answer; without it the test is of the answer itself. An answer
 * that is missing fails every test but `answered: false` and `not`. Counts are tested by the share they are.
 */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | {
      question?: string | undefined;
      answered?: boolean | undefined;
      is?: string | number | undefined;
      in?: (string | number)[] | undefined;
      includes?: string | undefined;
      atLeast?: number | undefined;
      atMost?: number | undefined;
    };

const scalar = z.union([z.string(), z.number()]);
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
    z
      .strictObject({
        question: z.string().optional(),
        answered: z.boolean().optional(),
        is: scalar.optional(),
        in: z.array(scalar).min(1).optional(),
        includes: z.string().optional(),
        atLeast: z.number().optional(),
        atMost: z.number().optional(),
      })
      .refine((test) => Object.keys(test).some((name) => name !== 'question'), 'a condition needs a test'),
  ]),
);

/** Whether the condition holds. `own` is the answer under test, for conditions without `question`. */
export function holds(condition: Condition, values: Values, own?: Value): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, values, own));
  if ('any' in condition) return condition.any.some((part) => holds(part, values, own));
  if ('not' in condition) return !holds(condition.not, values, own);
  const value = condition.question === undefined ? own : values[condition.question];
  if (condition.answered !== undefined && (value !== undefined) !== condition.answered) return false;
  if (value === undefined) return condition.answered === false;
  const plain = isCounts(value) ? value.percent : value;
  if (condition.is !== undefined && plain !== condition.is) return false;
  if (condition.in !== undefined && !condition.in.some((one) => one === plain)) return false;
  if (
    condition.includes !== undefined &&
    !(Array.isArray(value) && value.some((one) => one === condition.includes))
  )
    return false;
  if (condition.atLeast !== undefined && !(against(value, condition.atLeast) >= 0)) return false;
  if (condition.atMost !== undefined && !(against(value, condition.atMost) <= 0)) return false;
  return true;
}

/** How an answer stands to a limit: < 0, 0 or > 0; a share by its counts. NaN for what is no number, which meets none. */
function against(value: Value, limit: number): number {
  if (isCounts(value)) return compareShare(value, limit);
  return typeof value === 'number' ? value - limit : Number.NaN;
}

/** The questions a condition looks at. */
export function mentions(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(mentions);
  if ('any' in condition) return condition.any.flatMap(mentions);
  if ('not' in condition) return mentions(condition.not);
  return condition.question === undefined ? [] : [condition.question];
}
