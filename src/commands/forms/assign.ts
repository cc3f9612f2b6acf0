import { type Form, name } from './form.ts';

/** 指派: the task, and who gets it. */
export const assignForm: Form = {
  command: 'assign',
  title: 'forms:assign.title',
  fields: [
    { id: 'number', label: 'forms:task', hint: 'forms:task.hint', kind: 'number', required: true },
    { id: 'to', label: 'forms:assign.to', hint: 'forms:assign.to.hint', kind: 'text', required: true },
  ],
  compose: ({ number = '', to = '' }) => `${number} ${name(to)}`,
};
