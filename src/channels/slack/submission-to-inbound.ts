import type { Inbound } from '../channel.ts';
import type { Forms } from '../form.ts';
import { envelope, type Self } from './envelope.ts';
import { commandOf, ModalMetadata } from './modal.ts';
import type { SubmissionBody } from './payload.ts';

/**
 * A dialog that was filled in, as the slash command that it stands for; given where the command was, answered there to that person
 * alone. Undefined for a dialog that is not ours. The view's id is its own: a redelivery is met by it.
 */
export function submissionToInbound(
  { user, view }: SubmissionBody,
  self: Self,
  receivedAt: string,
  words: Forms['words'],
): Inbound | undefined {
  const command = commandOf(view.callback_id);
  if (command === undefined) return undefined;
  const { channel, language } = ModalMetadata.parse(JSON.parse(view.private_metadata));
  const text = words({ command, language }, valuesOf(view.state.values));
  if (text === null) return undefined;
  return {
    ...envelope(self, user.id, channel),
    externalId: `slack:view:${self.team}/${view.id}`,
    text,
    addressed: true,
    slash: true,
    sentAt: receivedAt,
  };
}

/** By field; a field that was left empty is missing. */
function valuesOf(blocks: SubmissionBody['view']['state']['values']): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [field, elements] of Object.entries(blocks))
    for (const { value, selected_date: date, selected_option: option } of Object.values(elements)) {
      const given = value ?? date ?? option?.value ?? '';
      if (given.trim() !== '') values[field] = given.trim();
    }
  return values;
}
