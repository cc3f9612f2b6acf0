import { type Form, ownSentence } from './form.ts';

/** 退回: the problem, which answer of the reply will not do, and why. */
export const returnForm: Form = {
  command: 'return',
  title: 'forms:return.title',
  fields: [
    { id: 'number', label: 'forms:problem', hint: 'forms:problem.hint', kind: 'number', required: true },
    {
      id: 'answer',
      label: 'forms:return.answer',
      hint: 'forms:return.answer.hint',
      kind: 'number',
      required: true,
    },
    {
      id: 'reason',
      label: 'forms:return.reason',
      hint: 'forms:return.reason.hint',
      kind: 'text',
      required: true,
    },
  ],
  compose: ({ number = '', answer = '', reason = '' }, language) =>
    `${number} ${answer} ${ownSentence(reason, language)}`,
};
