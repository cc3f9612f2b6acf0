import type { Attachment, Place } from './value.ts';

/** What kind of message a person sent; all but `text` and `media` get one polite hint. */
export type ReplyKind =
  | 'text'
  | 'media'
  | 'place'
  | 'sticker'
  | 'voice'
  | 'forwarded'
  | 'red-packet'
  | 'binary'
  | 'other';

/** One reply as the engine sees it. `text` is as typed; `press` is a tapped button or select. */
export interface Reply {
  kind: ReplyKind;
  text: string;
  attachments: Attachment[];
  place?: Place;
  press?: { question: string; options: string[] };
  /** In a private chat always; in a room when the bot is mentioned, quoted or its button tapped. */
  addressed: boolean;
}
