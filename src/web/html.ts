/** Markup that is safe to send: everything that was put into it has been escaped. */
export interface Html {
  readonly markup: string;
}

export type Part = string | number | Html | readonly Part[] | null | undefined | false;

/** html`<p>${words}</p>`: words are escaped, markup made by this function is not, and nothing is left out of `null` and `false`. */
export function html(fixed: TemplateStringsArray, ...parts: Part[]): Html {
  return { markup: fixed.reduce((made, next, index) => made + markupOf(parts[index - 1]) + next) };
}

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map(markupOf).join('');
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Also for attributes in quotes. Control characters, which no page may hold, become the replacement character. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (sign) => signs[sign] ?? '')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd');
}
