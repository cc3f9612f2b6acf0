import { element, isBody } from './xml.ts';

/** A message that answers another one: whose, and what was typed underneath. */
export interface Quote {
  author: string;
  authorId?: string;
  reply: string;
}

/**
 * A quoting message in either of its forms: as text, 「name：quoted」, a dashed line, the reply; or as WeChat's own body
 * (type 57).
 */
export function readQuote(text: string): Quote | undefined {
  return isBody(text) ? fromBody(text) : fromText(text);
}

function fromText(text: string): Quote | undefined {
  if (!text.startsWith('「')) return undefined;
  // The last dashed line counts: what is quoted may be a quoting message itself.
  const found = /^「([^：:\n]{1,128})[：:][\s\S]*」\n\s*(?:[-—–]\s?){5,}\s*\n([\s\S]*)$/.exec(text);
  return found?.[1] === undefined ? undefined : { author: found[1].trim(), reply: found[2] ?? '' };
}

function fromBody(text: string): Quote | undefined {
  const refers = text.indexOf('<refermsg>');
  if (refers < 0 || element(text.slice(0, refers), 'type') !== '57') return undefined;
  const referred = text.slice(refers);
  const author = element(referred, 'displayname') ?? '';
  // In a room `fromusr` is the room and `chatusr` the person.
  const authorId = element(referred, 'chatusr') || element(referred, 'fromusr');
  const reply = element(text.slice(0, refers), 'title') ?? '';
  return authorId ? { author, authorId, reply } : { author, reply };
}
