import type { Post } from '../channel.ts';
import { harmless } from './harmless.ts';

/**
 * Longest text of one message, in UTF-16 units, so that it stays under 2,000 with a mention. WeChat folds longer ones
 * behind "show all" and some puppets cut them.
 */
export const partMax = 1_900;
/** One post is never more messages than this: the rest is cut, for a flood gets an account restricted. */
export const partsMax = 4;
const labelMax = 200;

/**
 * The texts to send one after the other for a post. WeChat has no buttons: options are numbered lines under the text,
 * and stay whole when the text must be cut.
 */
export function toTexts(post: Pick<Post, 'text' | 'ask'>): string[] {
  const labels = post.ask?.numbered === true ? post.ask.options.map((option) => option.label) : [];
  const options = cut(numbered(labels), partMax * (partsMax - 1));
  const room = partMax * partsMax - options.length - 2;
  const body = cut(harmless(post.text).trim(), room);
  const whole = [body, options].filter((part) => part !== '').join('\n');
  return whole === '' ? [] : split(whole);
}

function numbered(labels: string[]): string {
  return labels.map((label, index) => `${index + 1}. ${cut(oneLine(label), labelMax)}`).join('\n');
}

function oneLine(text: string): string {
  return harmless(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, boundary(text, max - 1))}…`;
}

function split(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > partMax && parts.length < partsMax - 1) {
    const at = breakPoint(rest);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).replace(/^\s+/, '');
  }
  parts.push(cut(rest, partMax));
  return parts.filter((part) => part !== '');
}

/** The best place to end a message: a line's end, else a sentence's, else a gap, else between two characters. */
function breakPoint(text: string): number {
  const head = text.slice(0, partMax);
  for (const pattern of [
    /\n(?=[^\n]*$)/,
    /[。！？；.!?;](?=[^。！？；.!?;]*$)/,
    /[\s，,、](?=[^\s，,、]*$)/,
  ]) {
    const at = head.search(pattern);
    if (at >= partMax / 2) return at + 1;
  }
  return boundary(text, partMax);
}

const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** The last boundary between two characters at or before `max`; never inside an emoji. */
function boundary(text: string, max: number): number {
  const from = Math.max(0, max - 64);
  let at = from;
  for (const { index, segment } of characters.segment(text.slice(from, max + 64))) {
    if (from + index + segment.length > max) break;
    at = from + index + segment.length;
  }
  return at > from ? at : max;
}
