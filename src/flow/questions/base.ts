import { z } from 'zod';
import { Condition } from '../condition.ts';
import { Text } from '../text.ts';

/** What every question has. */
export const base = {
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  label: Text,
  /** A second, smaller line under the label. */
  help: Text.optional(),
  /** Asked only when this holds (ODK `relevant`). */
  relevant: Condition.optional(),
};

/** What every question that takes an answer has. */
export const answerable = {
  ...base,
  /** What reports call it; without one they use the label, which asks. */
  title: Text.optional(),
  required: z.boolean().default(true),
  /** Must hold of the answer (ODK `constraint`), or the person is told `constraintMessage` and asked again. */
  constraint: Condition.optional(),
  constraintMessage: Text.optional(),
  /** What a good state looks like; an answer that fails it is a problem worth a finding. */
  expect: Condition.optional(),
  /** Short name of the problem when `expect` fails; `{{chosen}}` in it, where options are asked for, are those that were chosen. */
  problem: Text.optional(),
};

/** One thing to choose. `synonyms` are further wordings that people use for it. */
export const ChoiceOption = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  label: Text,
  synonyms: z.array(z.string().min(1)).optional(),
});
export type ChoiceOption = z.infer<typeof ChoiceOption>;
