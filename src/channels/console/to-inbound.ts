import { z } from 'zod';
import type { Inbound, InboundFile } from '../channel.ts';

/** The longest text taken, in UTF-16 units; far above what any question accepts. */
export const textMax = 20_000;

const common = {
  /** Made by the page, once for a message, the same at every attempt to send it. */
  id: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
  as: z.string().min(1).max(200),
  room: z.string().min(1).max(200).optional(),
  /** In a room: said to the bot. */
  addressed: z.boolean().default(false),
};

/** A text or a press as the page posts it. The text of a press is the wording of the options, for people to read. */
export const PostedText = z.strictObject({
  ...common,
  text: z.string().min(1).max(textMax),
  press: z
    .strictObject({
      target: z.string().min(1).max(200),
      question: z.string().max(200),
      options: z.array(z.string().min(1).max(200)).min(1).max(50),
    })
    .optional(),
});
export type PostedText = z.infer<typeof PostedText>;

/** What goes with a photo, whose bytes are the body of the request. */
export const PostedPhoto = z.strictObject({ ...common, name: z.string().min(1).max(200).optional() });
export type PostedPhoto = z.infer<typeof PostedPhoto>;

/** @param sentAt ISO instant, see `openStamps` */
export function textToInbound(posted: PostedText, sentAt: string): Inbound {
  // Postgres keeps no NUL in a text, and none can be typed.
  const typed = posted.text.replaceAll('\u0000', '\uFFFD');
  if (posted.press) {
    return { ...envelope(posted, sentAt), kind: 'text', text: typed, addressed: true, press: posted.press };
  }
  const { text, mentioned } = withoutMention(typed);
  const command = /^\s*[/／]duban(?:\s+|$)/iu.exec(text);
  return {
    ...envelope(posted, sentAt),
    kind: 'text',
    text: command ? text.slice(command[0].length) : text,
    slash: command !== null,
    addressed: posted.room === undefined || posted.addressed || mentioned || command !== null,
  };
}

/** @param sentAt ISO instant, see `openStamps` */
export function photoToInbound(
  posted: PostedPhoto,
  mime: string,
  bytes: Uint8Array,
  sentAt: string,
): Inbound {
  const file: InboundFile = { mime, size: bytes.byteLength, source: { bytes } };
  if (posted.name !== undefined) file.name = posted.name.replaceAll('\u0000', '\uFFFD');
  return { ...envelope(posted, sentAt), kind: 'media', files: [file] };
}

function envelope(posted: PostedPhoto | PostedText, sentAt: string): Inbound {
  return {
    channel: 'console',
    account: 'console',
    externalId: `${posted.as}/${posted.id}`,
    urn: posted.as,
    ...(posted.room === undefined ? {} : { room: posted.room }),
    kind: 'other',
    text: '',
    addressed: posted.room === undefined || posted.addressed,
    slash: false,
    files: [],
    sentAt,
  };
}

// `@督办组` and `@督办员` are somebody else; `@督办状态`, without a space, is how people type on a phone.
const mention =
  /(^|\s)[@＠](?:(?:bot|duban)(?![A-Za-z0-9_-])|(?:督办|机器人)(?![员组科室处局]))[\s:：,，]*/iu;

function withoutMention(typed: string): { text: string; mentioned: boolean } {
  const found = mention.exec(typed);
  if (!found) return { text: typed, mentioned: false };
  const before = typed.slice(0, found.index);
  const after = typed.slice(found.index + found[0].length);
  return { text: before && after ? `${before}${found[1]}${after}` : `${before}${after}`, mentioned: true };
}
