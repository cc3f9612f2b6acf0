import { arabic } from './arabic.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';
import { normalise, trimMarks } from './normalise.ts';

/**
 * One whole number or decimal written in any way: `12` `１２` `1,200` `1.2万` `十二` `壹拾贰` `一万二` `三点五` `负三`
 * `twelve` `minus three`. Undefined when the words are no number, or more than one.
 */
export function readNumeral(text: string): number | undefined {
  if (text.length > 60) return undefined;
  let words = trimMarks(normalise(text));
  const minus = /^(?:负|-|minus )/.exec(words)?.[0].length ?? 0;
  words = words.slice(minus);
  const number = arabic(words) ?? chinese(words) ?? english(words);
  return number === undefined ? undefined : minus > 0 ? -number : number;
}
