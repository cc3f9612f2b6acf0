import { drawing, shortcode } from './drawings.ts';
import { variants } from './variants.ts';

/**
 * Words in the one form that readers compare: lower case, half width, simplified, without invisible characters, with
 * single spaces. ① ⑴ ❶ 1️⃣ become digits standing alone (①③ is not 13), chat shortcodes (`:+1:`, `[强]`) their emoji.
 * Applying it twice changes nothing.
 */
export function normalise(text: string): string {
  const lower = (ascii.test(text) ? text : fold(text)).toLowerCase();
  const drawn = lower.includes(':') || lower.includes('[') ? lower.replace(shortcode, drawing) : lower;
  return drawn.replace(spaces, ' ').trim();
}

/** Without the marks and spaces at both ends that say nothing: `“满意。”` → `满意`. A question mark stays. */
export function trimMarks(normalised: string): string {
  let from = 0;
  let to = normalised.length;
  while (from < to && marks.has(normalised[from] ?? '')) from += 1;
  while (to > from && marks.has(normalised[to - 1] ?? '')) to -= 1;
  return normalised.slice(from, to);
}

const marks = new Set(' "\'“”《》「」『』【】()[],.。、;:!~·');

const ascii = /^[\x00-\x7f]*$/;
const spaces = /[\s\x00-\x1f\x7f-\x9f]+/g;
const invisible = /[\p{Cf}\p{Mn}\p{Emoji_Modifier}]/gu;
const enclosed =
  /[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u2160-\u216b\u2170-\u217b㈠-㈩㊀-㊉🅰🅱]|[0-9]\ufe0f?\u20e3/gu;
const variant = new RegExp(`[${Object.keys(variants).join('')}]`, 'g');

function fold(text: string): string {
  const wide = text
    .replace(enclosed, (sign) => ` ${insideOf(sign)} `)
    .normalize('NFKC')
    .toLowerCase();
  const seen = wide.replace(invisible, '');
  // What an invisible sign kept apart may now belong together.
  return (seen === wide ? wide : seen.normalize('NFKC')).replace(variant, (sign) => variants[sign] ?? sign);
}

/** What stands in the circle, bracket or key: `②` → `2`, `㈢` → `三`, `Ⅳ` → `4`. */
function insideOf(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if (sign === '🅰') return 'a';
  if (sign === '🅱') return 'b';
  if (code >= 0x2776 && code <= 0x2793) return String(((code - 0x2776) % 10) + 1);
  if (code >= 0x24eb && code <= 0x24f4) return String(code - 0x24eb + 11);
  if (code >= 0x24f5 && code <= 0x24fe) return String(code - 0x24f5 + 1);
  if (code >= 0x2160 && code <= 0x217b) return String(((code - 0x2160) % 16) + 1);
  return sign.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
}
