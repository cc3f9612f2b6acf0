import type { ChannelForm, Forms } from '../../../src/channels/form.ts';
import { composed, forms } from '../../../src/commands/forms/compose.ts';
import type { Form } from '../../../src/commands/forms/form.ts';
import { formIn } from '../../../src/conversation/dialogs.ts';
import type { Language } from '../../../src/flow/text.ts';

/** The forms of the house without the house: everybody may give every command, and it is asked in one language. */
export function fieldForms(language: Language): Forms {
  return {
    asked: async ({ text }) => {
      const form = forms.find(({ command }) => command === text);
      return form === undefined ? null : shown(form, language);
    },
    words: ({ command, language }, values) => {
      const rest = composed(command, values, language as Language);
      return rest === null ? null : `${command} ${rest}`;
    },
  };
}

export function shown(form: Form, language: Language): ChannelForm {
  return formIn(form, [], language);
}
