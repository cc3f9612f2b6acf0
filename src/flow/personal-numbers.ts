import type { Flow } from './definition.ts';
import type { Values } from './value.ts';

/**
 * Numbers by which somebody could be found: of phones, of identity cards (15 digits, or 18 of which the last may be an X), and
 * all that are as long, with blanks, dashes or brackets among their digits. A day is none, nor is a sum of money.
 */
const numbers =
  /(?<day>(?<!\d)(?:19|20)\d\d(?:([-/.])\d{1,2}\2\d{1,2}|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d))|[+(]?\d(?:[ \t()\-–—.·]{0,2}\d){6,}[xX]?(?!\d)(?! ?(?:元|块|万|yuan))/gu;

/** Whether a text holds such a number. */
export function holdsNumber(text: string): boolean {
  return withoutNumbers(text) !== text;
}

/** A text with what stands for such numbers in their place (最小必要, PIPL art. 6: what is not needed is not kept). */
export function withoutNumbers(text: string): string {
  const plain = narrow(text);
  const mark = /\p{Script=Han}/u.test(text) ? '［已隐去号码］' : '[removed]';
  let made = '';
  let from = 0;
  for (const match of plain.matchAll(numbers)) {
    if (match.groups?.day !== undefined) continue;
    made += text.slice(from, match.index) + mark;
    from = match.index + match[0].length;
  }
  return made + text.slice(from);
}

/** Answers with no such number in free words; the very same where there is none. */
export function valuesWithoutNumbers(flow: Flow, values: Values): Values {
  const masked = flow.questions.flatMap(({ id, type }): [string, string][] => {
    const value = values[id];
    return type === 'text' && typeof value === 'string' && holdsNumber(value)
      ? [[id, withoutNumbers(value)]]
      : [];
  });
  return masked.length === 0 ? values : { ...values, ...Object.fromEntries(masked) };
}

/** Digits, dashes and blanks of full width as narrow ones, one for one, so that places stay the same. */
function narrow(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\u2002-\u200a]/gu, ' ')
    .replace(/[\u2010-\u2012\u2212]/gu, '-');
}
