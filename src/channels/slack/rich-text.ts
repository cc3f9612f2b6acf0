import type { types } from '@slack/bolt';
import { pieces } from './harmless.ts';

/** Longest text in one block, UTF-16 units: the limit Slack documents for its other text blocks. */
const blockTextMax = 3000;

/**
 * A text as blocks that Slack shows letter by letter: unlike `mrkdwn` (and unlike `text`), `rich_text` is not parsed,
 * so no `*`, `_`, `:x:`, `<!channel>` or `@here` in it means anything. Links are made for addresses written out.
 * @param mention Slack's user id of the person spoken to
 */
export function richText(text: string, mention?: string): types.RichTextBlock[] {
  const parts = pieces(text, blockTextMax).map((piece) => section(words(piece)));
  const first = parts[0];
  if (mention === undefined) return parts;
  const to: types.RichTextElement[] = [{ type: 'user', user_id: mention }];
  if (first === undefined) return [section(to)];
  return [section([...to, { type: 'text', text: ' ' }, ...elementsOf(first)]), ...parts.slice(1)];
}

function section(elements: types.RichTextElement[]): types.RichTextBlock {
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function elementsOf(block: types.RichTextBlock): types.RichTextElement[] {
  const [only] = block.elements;
  return only?.type === 'rich_text_section' ? only.elements : [];
}

function words(text: string): types.RichTextElement[] {
  return text
    .split(link)
    .filter((part) => part !== '')
    .map((part) => (isLink.test(part) ? { type: 'link', url: part } : { type: 'text', text: part }));
}

// Up to a blank, quote or bracket, or the punctuation that ends a Chinese or English clause.
const link =
  /(https?:\/\/[^\s<>"'`，。；：！？、（）【】「」《》]*[^\s<>"'`，。；：！？、（）【】「」《》.,;:!?)\]])/;
const isLink = /^https?:\/\/[^\s]+$/;
