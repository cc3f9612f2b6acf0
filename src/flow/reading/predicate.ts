/**
 * What a Chinese yes/no question asks about, so that its own words can answer it: `窗口环境是否整洁` → `整洁`,
 * `是否需要回访` → `需要回访` and `回访`. None when the question itself denies, or asks about more than one thing: there
 * a 没有 could be either answer.
 */
export function predicateOf(label: string): string[] {
  const parts = plainly.test(label) ? ['', label.replace(plainly, '$1')] : label.split(asked);
  const [before = '', after = ''] = parts;
  if (parts.length !== 2 || denies.test(before) || denies.test(after)) return [];
  const predicate = /^[\p{Script=Han}A-Za-z]{2,12}/u.exec(after.replace(leading, ''))?.[0] ?? '';
  const rest = after.slice(after.indexOf(predicate) + predicate.length);
  if (predicate === '' || /[或及、/]/.test(rest) || /[或及还或者]/.test(predicate)) return [];
  const core = predicate.replace(/^(?:需要|愿意|希望|同意|接受|按规定|按要求|进一步|有)/, '');
  return core.length >= 2 && core !== predicate ? [predicate, core] : [predicate];
}

/** What stands before the words that answer: `能否“看明白”`, `是否还有差距`. */
const leading = /^[“‘"「『]?(?:都|已经|已|还|仍|能够|能|做到|得到)?/u;

/** A verb and how it ends, and the same denied: `看明白`, `看不明白`. */
const resulting = /^(\p{Script=Han})(明白|清楚|懂|到|通|完|成|好|见)$/u;

/** Words that deny a predicate outright. */
export function denialsOf(predicate: string): string[] {
  const unreached = resulting.test(predicate) ? [predicate.replace(resulting, '$1不$2')] : [];
  return [...denials.map((denial) => denial + predicate), ...unreached];
}

const denials =
  '不 没 没有 未 未能 没能 没做到 不能 不可以 不可 无法 无 不用 不要 不需要 无需 不必 不是'.split(' ');

/** `需要回访吗？` */
const plainly = /^(?:请问)?[您你]?([\p{Script=Han}]{2,8})[吗么][?？]?$/u;
const asked = /是否|是不是|能否|能不能|可否|有没有/;
const denies = /[不没未无非免禁除]/;
