import type { types } from '@slack/bolt';
import type { Post } from '../channel.ts';
import { idOf, isPerson } from './address.ts';
import { controls, isClipped, numbered } from './controls.ts';
import { clip, escapeText, harmless } from './harmless.ts';
import { richText } from './rich-text.ts';

/** What is given to `chat.postMessage` and its like. `text` is for notifications when there are blocks, else shown. */
export interface SlackMessage {
  text: string;
  blocks?: types.KnownBlock[];
}

/**
 * Longest text with blocks, UTF-16 units. Slack refuses more than some 11,000 to 13,000 characters in all blocks of a
 * message, a limit it does not document (github.com/slackapi/bolt-js issues 2509 and 2867): half of it keeps clear.
 */
const blocksTextMax = 6000;
/** Slack advises 4,000 for `text`, counts what is escaped, and cuts at 40,000. */
const noticeMax = 3000;
const textOnlyMax = 39_000;

/** A post as Slack's blocks, nothing of which Slack acts on but the mention that we mean and the options. Pure. */
export function toMessage(post: Post): SlackMessage {
  const tap = post.ask === undefined ? [] : controls(post.ask);
  const list = post.ask === undefined || post.ask.options.length === 0 ? '' : numbered(post.ask);
  const shown = lines(harmless(post.text), listNeeded(post, tap) ? list : '');
  if (shown.length > blocksTextMax) return textOnly(post);
  const notice = lines(harmless(post.text), list);
  return {
    text: mention(post, clip(escapeText(clip(notice, noticeMax)), noticeMax + 1000)),
    blocks: [...richText(shown, mentioned(post)), ...tap],
  };
}

/** The same without blocks, for what is too long for them or was refused: options are numbered lines to be typed. */
export function textOnly(post: Post): SlackMessage {
  const list = post.ask === undefined || post.ask.options.length === 0 ? '' : numbered(post.ask);
  const room = Math.max(0, textOnlyMax - list.length - 1);
  return { text: mention(post, escapeText(lines(clip(harmless(post.text), room), clip(list, textOnlyMax)))) };
}

/** The list is in the message itself when the options are not, or not in full. */
function listNeeded(post: Post, tap: types.KnownBlock[]): boolean {
  if (post.ask === undefined) return false;
  return tap.length === 0 || (isClipped(post.ask) && !tap.some((block) => block.type === 'section'));
}

function lines(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

function mentioned(post: Post): string | undefined {
  const id = post.mention === undefined ? '' : idOf(post.mention);
  return isPerson(id) ? id : undefined;
}

function mention(post: Post, text: string): string {
  const id = mentioned(post);
  return id === undefined ? text : `<@${id}> ${text}`.trimEnd();
}
