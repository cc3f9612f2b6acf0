import type { Text } from '../../flow/text.ts';
import { arrow, type Form, type FormField, name } from './form.ts';

/**
 * 派暗访: who goes where, and when.
 * @param activities those that the person may send for; asked which when there are several
 */
export function sendForm(activities: readonly { code: string; title: Text }[]): Form {
  const which: FormField = {
    id: 'activity',
    label: 'forms:send.activity',
    hint: 'forms:send.activity.hint',
    kind: 'choice',
    required: true,
    options: activities.map(({ code, title }) => ({ id: code, label: title })),
  };
  return {
    command: 'send',
    title: 'forms:send.title',
    fields: [
      ...(activities.length > 1 ? [which] : []),
      { id: 'from', label: 'forms:send.from', hint: 'forms:send.from.hint', kind: 'text', required: true },
      { id: 'to', label: 'forms:send.to', hint: 'forms:send.to.hint', kind: 'text', required: true },
      { id: 'day', label: 'forms:send.day', hint: 'forms:send.day.hint', kind: 'date', required: false },
    ],
    compose: ({ activity = '', from = '', to = '', day = '' }) =>
      `${activity} ${name(from)} ${arrow} ${name(to)} ${day}`.trim(),
  };
}
