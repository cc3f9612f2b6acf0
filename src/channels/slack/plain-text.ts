import { RichEmoji } from './payload.ts';

/**
 * What the person typed, from what Slack made of it: the mention of the bot taken out, `&lt;` and its like as
 * characters again, `<@U1>` `<#C1|office>` `<https://x|x>` in words, `:+1:` as the emoji it stands for.
 * @param blocks the same message as rich text, where the emoji are
 */
export function plainText(raw: string, bot: string, blocks?: unknown): string {
  const words = withoutMention(raw, bot).replace(
    /<([^<>\n]+)>|&(?:amp|lt|gt);/g,
    (whole, inner: string | undefined) =>
      inner === undefined ? unescapeText(whole) : (token(inner) ?? whole),
  );
  return withEmoji(words, blocks);
}

export function mentions(raw: string, bot: string): boolean {
  return raw.includes(`<@${bot}>`) || raw.includes(`<@${bot}|`);
}

export function unescapeText(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name: 'amp' | 'lt' | 'gt') => characters[name]);
}

const characters = { amp: '&', lt: '<', gt: '>' };

function withoutMention(raw: string, bot: string): string {
  if (!mentions(raw, bot)) return raw;
  const mention = `<@${bot}(?:\\|[^>]*)?>`;
  return raw
    .replace(new RegExp(`^\\s*${mention}[\\s:：,，]*`), '')
    .replace(new RegExp(` ?${mention}`, 'g'), '')
    .trim();
}

/** Undefined for something in angle brackets that is not Slack's. */
function token(inner: string): string | undefined {
  const bar = inner.indexOf('|');
  const target = unescapeText(bar < 0 ? inner : inner.slice(0, bar));
  const label = bar < 0 ? '' : unescapeText(inner.slice(bar + 1));
  if (/^[@#][A-Z0-9]+$/.test(target)) return `${target[0]}${label.replace(/^[@#]/, '') || target.slice(1)}`;
  if (/^![a-z]/.test(target)) return label || `@${target.slice(1).split('^')[0]}`;
  if (/^[a-z][a-z0-9+.-]*:\S/i.test(target)) return link(target, label);
  return undefined;
}

/** Slack makes a link of `example.com` by itself: then the label is what was typed. */
function link(url: string, label: string): string {
  const bare = url.replace(/^(?:https?:\/\/|mailto:|tel:)/, '').replace(/\/$/, '');
  if (label === '') return url;
  return label === url || label.replace(/\/$/, '') === bare ? label : `${label} (${url})`;
}

function withEmoji(text: string, blocks: unknown): string {
  if (!text.includes(':')) return text;
  const names = new Map<string, string>();
  collectEmoji(blocks, names);
  return names.size === 0
    ? text
    : text.replace(/:[^\s:]+:(?::skin-tone-\d:)?/g, (name) => names.get(name) ?? name);
}

function collectEmoji(part: unknown, names: Map<string, string>): void {
  if (Array.isArray(part)) for (const one of part) collectEmoji(one, names);
  else if (typeof part === 'object' && part !== null) {
    const emoji = RichEmoji.safeParse(part);
    if (emoji.success) {
      const { name, unicode, skin_tone: tone } = emoji.data;
      const points = unicode.split('-').map((hex) => Number.parseInt(hex, 16));
      if (points.every((point) => point <= 0x10ffff))
        names.set(tone ? `:${name}::skin-tone-${tone}:` : `:${name}:`, String.fromCodePoint(...points));
    } else if ('elements' in part) collectEmoji(part.elements, names);
  }
}
