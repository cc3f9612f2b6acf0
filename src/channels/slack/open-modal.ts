import type { webApi } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { Forms } from '../form.ts';
import { envelope, type Self } from './envelope.ts';
import { slackCode, toFault } from './fault.ts';
import { modal } from './modal.ts';
import { CommandBody } from './payload.ts';
import { unescapeText } from './plain-text.ts';

/** How long the form may take to be found, and Slack to show it, ms: together less than the three seconds that Slack waits. */
const askedTimeoutMs = 800;
export const openTimeoutMs = 1_500;

/** Opens the dialog of a slash command, where it has one. */
export type OpenModal = (body: unknown, self: Self) => Promise<boolean>;

/**
 * Opens a dialog for a command without its words, before anything is stored: a trigger lasts three seconds. What goes wrong (an
 * expired trigger, a slow network, a database that is away) is no fault of the person: the command then goes its usual way,
 * and its fields are asked as text.
 * @param client with a timeout of {@link openTimeoutMs} and no retries
 * @returns whether there is a dialog now, so that nothing else is to be done
 */
export function modalOpener(client: webApi.WebClient, forms: Forms, log: Log): OpenModal {
  return async (body, self) => {
    const command = CommandBody.safeParse(body);
    if (!command.success) return false;
    const { user_id, channel_id, trigger_id, text } = command.data;
    const { urn, room } = envelope(self, user_id, channel_id);
    try {
      const asked = forms.asked({
        channel: 'slack',
        urn,
        room: room ?? null,
        text: unescapeText(text).trim(),
      });
      const form = await within(askedTimeoutMs, asked);
      const view = form === null ? undefined : modal(form, channel_id);
      if (view === undefined) return false;
      await client.views.open({ trigger_id, view });
      return true;
    } catch (error) {
      // Delivered twice: the first has opened it.
      if (slackCode(error) === 'exchanged_trigger_id') return true;
      log.warn({ reason: toFault(error, 'views.open').message }, 'a dialog was not opened; asked as text');
      return false;
    }
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the form took too long')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
