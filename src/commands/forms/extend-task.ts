import { type Form, ownSentence } from './form.ts';

/** 任务延期: the task, its new day, and why. */
export const extendTaskForm: Form = {
  command: 'extend-task',
  title: 'forms:extend.title',
  fields: [
    { id: 'number', label: 'forms:task', hint: 'forms:task.hint', kind: 'number', required: true },
    {
      id: 'until',
      label: 'forms:extend.until',
      hint: 'forms:extend.until.hint',
      kind: 'date',
      required: true,
    },
    {
      id: 'reason',
      label: 'forms:extend.reason',
      hint: 'forms:extend.reason.hint',
      kind: 'text',
      required: false,
    },
  ],
  compose: ({ number = '', until = '', reason = '' }, language) =>
    `${number} ${until} ${ownSentence(reason, language)}`.trim(),
};
