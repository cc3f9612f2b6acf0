import { z } from 'zod';
import type { Inbound } from '../channel.ts';
import type { Forms } from '../form.ts';
import { commandToInbound } from './command-to-inbound.ts';
import type { Self } from './envelope.ts';
import { isSpoken, messageToInbound } from './message-to-inbound.ts';
import { CommandBody, MessageEvent, MessageSkim, PressBody, SubmissionBody } from './payload.ts';
import { pressToInbound } from './press-to-inbound.ts';
import { submissionToInbound } from './submission-to-inbound.ts';

/**
 * What Slack sent, as one of our messages; undefined for what is no message to us (edits, joins, other bots, ourselves,
 * a ticked box before "send"). Pure.
 * @param receivedAt ISO instant; only slash commands and dialogs need it, for which Slack says no time
 * @param words what a dialog stands for; without it none are opened
 * @throws ZodError for a message, press or command of a shape we don't know: better seen and sent again than dropped
 */
export function toInbound(
  body: unknown,
  self: Self,
  receivedAt: string,
  words?: Forms['words'],
): Inbound | undefined {
  const envelope = Body.safeParse(body);
  if (!envelope.success) return undefined;
  const { type, event, command } = envelope.data;
  if (type === 'event_callback') {
    const skim = MessageSkim.safeParse(event);
    return skim.success && isSpoken(skim.data, self)
      ? messageToInbound(MessageEvent.parse(event), self)
      : undefined;
  }
  if (type === 'block_actions') return pressToInbound(PressBody.parse(body), self);
  if (type === 'view_submission' && words !== undefined)
    return submissionToInbound(SubmissionBody.parse(body), self, receivedAt, words);
  if (command !== undefined) return commandToInbound(CommandBody.parse(body), self, receivedAt);
  return undefined;
}

const Body = z.object({
  type: z.string().optional(),
  event: z.unknown().optional(),
  command: z.string().optional(),
});
