import type { ReplyKind } from '../../flow/reply.ts';
import type { Inbound, InboundFile } from '../channel.ts';
import { isPrivateChat } from './address.ts';
import { envelope, type Self } from './envelope.ts';
import type { MessageEvent, MessageSkim, SlackFile } from './payload.ts';
import { mentions, plainText } from './plain-text.ts';
import { sentAt } from './sent-at.ts';

/** A person said it, now: no edit, deletion, join, bot, nor ourselves. */
export function isSpoken(event: MessageSkim, self: Self): boolean {
  if (!event.user || event.user === self.user || event.user === 'USLACKBOT') return false;
  return !event.bot_id && !event.hidden && (!event.subtype || spoken.has(event.subtype));
}

/** The subtypes with which people say something; every other tells of what happened to a message or a channel. */
const spoken: ReadonlySet<string> = new Set(['file_share', 'me_message', 'thread_broadcast']);

/** A message that {@link isSpoken}; undefined when the same one will come again in a fuller form. */
export function messageToInbound(event: MessageEvent, self: Self): Inbound | undefined {
  const { user, channel, ts } = event;
  if (event.type === 'app_mention' && lacksItsFile(event)) return undefined;
  const raw = event.text ?? '';
  return {
    ...envelope(self, user, channel),
    // `message` and `app_mention` bring the same message twice: one id.
    externalId: `slack:${self.team}/${channel}/${ts}`,
    kind: kindOf(event),
    text: plainText(raw, self.user, event.blocks),
    addressed:
      isPrivateChat(channel) ||
      event.type === 'app_mention' ||
      mentions(raw, self.user) ||
      event.parent_user_id === self.user,
    slash: false,
    files: (event.files ?? []).flatMap(toFile),
    sentAt: sentAt(ts),
  };
}

/**
 * Slack leaves `files` out of some mentions; the `message` event of the same id has them, and must not come second.
 * Seen by others too: github.com/slackapi/bolt-python/issues/925.
 */
function lacksItsFile(event: MessageEvent): boolean {
  if (event.files?.length) return false;
  return event.upload === true || JSON.stringify(event.blocks ?? null).includes('"type":"file"');
}

function kindOf(event: MessageEvent): ReplyKind {
  const kinds = (event.files ?? []).map(fileKind);
  if (kinds.length > 0)
    return kinds.find((kind) => kind === 'media') ?? kinds.find((kind) => kind === 'voice') ?? 'binary';
  if (event.text) return 'text';
  return event.attachments?.some((one) => one.is_share || one.is_msg_unfurl) ? 'forwarded' : 'other';
}

function fileKind(file: SlackFile): 'media' | 'voice' | 'binary' {
  const mime = file.mimetype ?? '';
  if (file.subtype === 'slack_audio' || mime.startsWith('audio/')) return 'voice';
  return mime.startsWith('image/') || mime.startsWith('video/') ? 'media' : 'binary';
}

function toFile(file: SlackFile): InboundFile[] {
  if (file.mode === 'tombstone' || file.mode === 'hidden_by_limit') return [];
  const found: InboundFile = {
    mime: file.mimetype || 'application/octet-stream',
    // Files of a shared channel come with no URL: it is asked for by the id when the file is fetched.
    source: { ref: file.url_private_download || file.url_private || file.id },
  };
  if (file.name) found.name = file.name;
  if (typeof file.size === 'number') found.size = file.size;
  return [found];
}
