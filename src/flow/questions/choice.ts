import { z } from 'zod';
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
  options: z.union([
    z.literal('yes-no').transform(() => yesNo),
    z.array(ChoiceOption).min(2).max(20),
  ]),
});
export type ChoiceQuestion = z.infer<typeof ChoiceQuestion>;
