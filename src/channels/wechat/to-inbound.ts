import type { Inbound } from '../channel.ts';
import { addressOf, isService } from './address.ts';
import { filesOf, kindOf } from './kind.ts';
import { takeMention } from './mention.ts';
import { readPlace } from './place.ts';
import type { Location, Message } from './puppet.ts';
import { readQuote } from './quote.ts';
import { isBody } from './xml.ts';

/** What the translator must know besides the message itself. */
export interface Surroundings {
  /** Our account's name; see `wechatAccount`. */
  account: string;
  /** The bot's id, and what it is called where the message was said. */
  self: { id: string; names: string[] };
  /** ISO instant; see `openStamps`. */
  sentAt: string;
  /** What the puppet says of a location message. */
  location?: Location;
}

/** @returns null for what no person said to us: our own messages, services of WeChat, notices, messages taken back */
export function toInbound(
  message: Message,
  { account, self, sentAt, location }: Surroundings,
): Inbound | null {
  const { talkerId, roomId } = message;
  if (!talkerId || talkerId === self.id || talkerId === roomId || isService(talkerId)) return null;
  const kind = kindOf(message);
  if (kind === null) return null;
  const common = {
    channel: 'wechat' as const,
    account,
    externalId: `${account}/${message.id}`,
    urn: addressOf(talkerId),
    ...(roomId ? { room: addressOf(roomId) } : {}),
    sentAt,
  };
  const said = message.text ?? '';
  const quote = kind === 'text' || kind === 'other' || kind === 'binary' ? readQuote(said) : undefined;
  if (kind === 'text' || quote !== undefined) return { ...common, ...readText(message, said, quote, self) };

  const place = kind === 'place' ? readPlace(said, location) : undefined;
  return {
    ...common,
    kind,
    // What puppets put here for other kinds is WeChat's own markup, which nobody typed.
    text: '',
    addressed: !roomId,
    slash: false,
    files: filesOf(message, kind),
    ...(place === undefined ? {} : { place }),
  };
}

type Said = Pick<Inbound, 'kind' | 'text' | 'addressed' | 'slash' | 'files' | 'place'>;

function readText(
  message: Message,
  said: string,
  quote: ReturnType<typeof readQuote>,
  self: Surroundings['self'],
): Said {
  const bare = { addressed: !message.roomId, slash: false, files: [] };
  const place = said.includes('pictype=location') ? readPlace(said) : undefined;
  if (place !== undefined) return { ...bare, kind: 'place', text: '', place };
  // A body that is no quote, in a message that calls itself a text: a puppet that knows no better.
  if (quote === undefined && isBody(said)) return { ...bare, kind: 'other', text: '' };

  const typed = quote?.reply ?? said;
  const toUs = quote !== undefined && (quote.authorId === self.id || self.names.includes(quote.author));
  const mentioned = 'mentionIdList' in message ? (message.mentionIdList ?? []) : [];
  const mention = message.roomId
    ? takeMention(typed, self.names, mentioned, self.id)
    : { text: typed, found: false };
  const command = /^[\s\u2005]*[/／]\s*duban(?=\s|$)\s*/iu.exec(mention.text);
  const addressed = !message.roomId || toUs || mention.found || command !== null;
  if (command === null) return { kind: 'text', text: mention.text, addressed, slash: false, files: [] };
  return {
    kind: 'text',
    text: mention.text.slice(command[0].length).trim(),
    addressed,
    slash: true,
    files: [],
  };
}
