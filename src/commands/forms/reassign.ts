import { arrow, type Form, name } from './form.ts';

/** 移交: from whom to whom; the command shows what would go, and asks first. */
export const reassignForm: Form = {
  command: 'reassign',
  title: 'forms:reassign.title',
  fields: [
    {
      id: 'from',
      label: 'forms:reassign.from',
      hint: 'forms:reassign.from.hint',
      kind: 'text',
      required: true,
    },
    { id: 'to', label: 'forms:reassign.to', hint: 'forms:reassign.to.hint', kind: 'text', required: true },
  ],
  compose: ({ from = '', to = '' }) => `${name(from)} ${arrow} ${name(to)}`,
};
