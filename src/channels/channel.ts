import type { ReplyKind } from '../flow/reply.ts';
import type { Ask } from '../flow/say.ts';
import type { Place } from '../flow/value.ts';

export type ChannelName = 'slack' | 'wechat' | 'console';

/** A file that came with a message: either its bytes, or where this channel can fetch them from later. */
export interface InboundFile {
  name?: string;
  /** As the platform says; checked against the bytes when they are stored. */
  mime: string;
  /** Bytes, if the platform says. */
  size?: number;
  /** Opaque to all but the channel that made it; handed back to `Channel.fetch`. */
  source: { bytes: Uint8Array } | { ref: string };
}

/** One message from outside, translated: the same for every channel. */
export interface Inbound {
  channel: ChannelName;
  /** The login or workspace it came through, e.g. `slack:T1`, `wechat:bot`, `console`. */
  account: string;
  /** Unique for ever for one message of one platform; a redelivery has the same one. */
  externalId: string;
  /** The sender's address. */
  urn: string;
  /** The room's address, when it is a group chat. */
  room?: string;
  kind: ReplyKind;
  /** As typed, without the mention of the bot. */
  text: string;
  /** In a room: the bot was mentioned, its message quoted, its button pressed or its slash command used. */
  addressed: boolean;
  /** Typed as `/duban …`: always a command, never an answer. `text` is what follows. */
  slash: boolean;
  press?: { target: string; question: string; options: string[] };
  place?: Place;
  files: InboundFile[];
  /** When the platform says it was sent; ISO instant with the finest digits known: messages are taken in this order. */
  sentAt: string;
}

/** Where a message goes. `only` makes it visible to that one person in the room, where the channel can. */
export interface Destination {
  account: string;
  /** A room's address, or a person's address for a private chat. */
  address: string;
  only?: string;
}

/** A message ready for one channel: in one language, with its options, free of anything a platform would act on. */
export interface Post {
  /** Plain text; the channel escapes it. Lines are separated by \n. */
  text: string;
  ask?: Omit<Ask, 'options'> & {
    options: { id: string; label: string }[];
    /** With `many`: the label of the button that sends what is ticked. */
    send?: string;
  };
  /** The person addressed in a room. */
  mention?: string;
  files: { name: string; mime: string; bytes: Uint8Array }[];
}

/**
 * Why a message could not be sent.
 * - `rate`: try again after `retryAfterMs`. - `unreachable`: this address can't be written to (no private chat): use
 * another. - `refused`: never will be (bad content, revoked token). - `passing`: anything else; try again: for long when it
 * is the line, only a few times when it may be the message itself (`doubtful`), because what is behind it waits.
 */
export class SendFault extends Error {
  readonly kind: 'rate' | 'unreachable' | 'refused' | 'passing';
  readonly retryAfterMs: number | undefined;
  readonly doubtful: boolean;
  constructor(kind: SendFault['kind'], message: string, retryAfterMs?: number, doubtful = false) {
    super(message);
    this.name = 'SendFault';
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
    this.doubtful = doubtful;
  }
}

/**
 * How fast an address may be written to: at most `burst` messages in any stretch of `burst` × `everyMs`, each up to
 * `jitterMs` later than it might. No limit at all when `everyMs` is 0.
 */
export interface Budget {
  everyMs: number;
  burst: number;
  jitterMs: number;
}

/** The stretch of time that a budget limits, in ms. */
export function spanMs({ burst, everyMs }: Budget): number {
  return burst * everyMs;
}

/** One way of reaching people. Translates and carries; decides, stores and retries nothing. */
export interface Channel {
  readonly name: ChannelName;
  readonly budgets: { account: Budget; room: Budget };
  /** Connected and able to send, or the reason why not (shown by /healthz). */
  health(): { ready: boolean; reason?: string };
  start(): Promise<void>;
  stop(): Promise<void>;
  /** How many messages of the platform this becomes, where it may be more than one; its budget counts them. */
  parts?(post: Omit<Post, 'files'>, files: number): number;
  /** @returns the platform's id of the message; @throws SendFault */
  send(to: Destination, post: Post): Promise<string>;
  /** Replaces an earlier message, where the platform can. @throws SendFault */
  update?(to: Destination, messageId: string, post: Post): Promise<void>;
  /** The bytes of a file whose source is a `ref`. @throws SendFault */
  fetch?(ref: string, limit: number): Promise<Uint8Array>;
}

/**
 * Stores a message; resolves once it is committed, and only then may the channel acknowledge it. `false` when it was
 * stored before (a redelivery).
 */
export type Receive = (inbound: Inbound) => Promise<boolean>;
