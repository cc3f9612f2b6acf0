import type { Inbound } from '../channel.ts';
import { envelope, type Self } from './envelope.ts';
import type { CommandBody } from './payload.ts';
import { unescapeText } from './plain-text.ts';

/** `/duban status`: the text is what follows the command. */
export function commandToInbound(command: CommandBody, self: Self, receivedAt: string): Inbound {
  return {
    ...envelope(self, command.user_id, command.channel_id),
    externalId: `slack:cmd:${command.trigger_id}`,
    text: unescapeText(command.text).trim(),
    addressed: true,
    slash: true,
    sentAt: receivedAt,
  };
}
