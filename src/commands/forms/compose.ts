import type { Language } from '../../flow/text.ts';
import { assignForm } from './assign.ts';
import { extendTaskForm } from './extend-task.ts';
import type { Form, FormValues } from './form.ts';
import { inviteForm } from './invite.ts';
import { reassignForm } from './reassign.ts';
import { returnForm } from './return.ts';
import { sendForm } from './send.ts';

/** All forms there are; of 派暗访 without the activities that it is asked for. */
export const forms: readonly Form[] = [
  assignForm,
  reassignForm,
  extendTaskForm,
  returnForm,
  sendForm([]),
  inviteForm,
];

/** What a person would have typed behind that command; null when it has no form. */
export function composed(command: string, values: FormValues, language: Language): string | null {
  return forms.find((form) => form.command === command)?.compose(values, language) ?? null;
}
