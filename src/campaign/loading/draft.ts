import { z } from 'zod';
import { Condition } from '../../flow/condition.ts';
import { yesNo } from '../../flow/questions/choice.ts';
import { Text } from '../../flow/text.ts';
import { Deadline } from '../deadline.ts';
import { CalendarAdditions } from '../holidays.ts';
import { Clock } from '../instant.ts';

/**
 * A file with faults, read as far as it can be: what is missing or of a wrong kind is undefined, lists keep their
 * places. The checks between parts run on this, so that all faults are told at once, not the shape's first.
 */
export const Draft = z.object({
  units: list(z.object({ id: word(), name: some(Text), parent: word(), aliases: list(z.string()) })),
  people: list(z.object({ role: word(), unit: word(), console: word() })),
  rooms: list(z.object({ id: word() })),
  quiet: some(z.object({ from: some(Clock), to: some(Clock) })),
  reminders: some(z.object({ at: some(Clock) })),
  ledger: some(z.object({ leadingGroup: word() })),
  calendar: some(CalendarAdditions),
  activities: list(
    z.object({
      id: word(),
      mode: word(),
      coordinator: word(),
      participants: some(z.array(z.string())),
      inspectors: some(z.number()),
      pairs: list(z.object({ inspector: word(), inspected: word() })),
      visits: some(z.object({ min: z.number(), max: z.number() })),
      checklist: word(),
      report: word(),
      deadline: some(Deadline),
      reportBy: some(Deadline),
      at: word(),
      objects: some(z.array(z.string())),
      matters: list(z.object({ unit: word() })),
      days: some(z.object({ min: z.number(), max: z.number() })),
      routes: list(
        z.object({ units: some(z.array(z.string())), under: word(), to: some(z.array(z.string())) }),
      ),
    }),
  ),
  survey: word(),
  flows: list(
    z.object({
      id: word(),
      anonymous: some(z.boolean()),
      questions: list(
        z.object({
          id: word(),
          type: word(),
          required: some(z.boolean()),
          relevant: some(Condition),
          constraint: some(Condition),
          expect: some(Condition),
          problem: some(Text),
          options: some(
            z.union([z.literal('yes-no').transform(() => yesNo), z.array(z.object({ id: z.string() }))]),
          ),
          unit: word(),
          integer: some(z.boolean()),
          counts: some(z.looseObject({})),
          evidenceOf: list(z.string()),
          min: some(z.number()),
          max: some(z.number()),
          earliest: word(),
          latest: word(),
        }),
      ),
    }),
  ),
});
export type Draft = z.infer<typeof Draft>;
export type DraftFlow = NonNullable<Draft['flows'][number]>;
export type DraftQuestion = NonNullable<DraftFlow['questions'][number]>;
export type DraftActivity = NonNullable<Draft['activities'][number]>;

function some<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined);
}

function list<T extends z.ZodType>(item: T) {
  return z.array(item.optional().catch(undefined)).catch([]);
}

function word() {
  return some(z.string());
}
