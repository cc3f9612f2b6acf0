import type { NumberUnit } from '../questions/number.ts';
import { rounded } from './arabic.ts';
import { cut, isNegated, isQuestion } from './doubt.ts';
import { factorOf, ownMeasure } from './measure.ts';
import { type Quantity, quantitiesIn } from './quantity.ts';
import { sharesIn } from './share.ts';

/**
 * The numbers a sentence can mean in one unit.
 * - `one`: that number; `exact` when the reply is the number, at most with the unit itself.
 * - `several`: a range, two numbers, 十五六, or 0.92 where percent are asked.
 * - `bound`: 不到20, 90%以上: no number. - `foreign`: only in another unit. - `none`: no number.
 */
export type Amount =
  | { kind: 'one'; value: number; exact: boolean }
  | { kind: 'several'; values: number[] }
  | { kind: 'bound' | 'foreign' | 'none' };

/** @param normalised the reply, normalised */
export function amountIn(normalised: string, unit: NumberUnit): Amount {
  if (nothing[unit]?.test(normalised.replace(fillers, ''))) return { kind: 'one', value: 0, exact: false };
  if (unit === 'percent' && everything.test(normalised)) return { kind: 'one', value: 100, exact: false };
  const shares = sharesIn(normalised, unit);
  if (shares !== undefined) return shares;
  const { words, found } = quantitiesIn(normalised.replace(/[,。.;! ]+$/, ''));
  const usable = found.filter((one) => one.values.length > 0);
  if (usable.length === 0) return { kind: 'none' };
  if (isQuestion(words) || isBound(words)) return { kind: 'bound' };
  const fitting = usable.filter((one) => one.measure !== null && factorOf(one.measure, unit) !== undefined);
  const bare = usable.filter((one) => one.measure === null);
  // A number without a unit beside one with it (`20分钟，不对，30`) may be the one that is meant.
  const chosen = usable.filter((one) => fitting.includes(one) || bare.includes(one));
  if (chosen.length === 0) return { kind: 'foreign' };
  const values = [...new Set(chosen.flatMap((one) => inUnit(one, unit)))];
  const [value, ...others] = values;
  if (value === undefined) return { kind: 'none' };
  if (others.length > 0) return { kind: 'several', values };
  // `抽查20件，18`: the 18 may be a count as well as a percentage.
  const counted = usable.some((one) => one.measure === 'piece');
  if (unit === 'percent' && fitting.length === 0 && counted) return { kind: 'several', values };
  if (isNegated(without(words, found).replace(approximations, ' '))) return { kind: 'bound' };
  const [only] = chosen;
  const whole =
    usable.length === 1 && only !== undefined && only.from === 0 && only.to === words.length && !only.rough;
  return { kind: 'one', value, exact: whole && (only.measure === null || only.measure === ownMeasure[unit]) };
}

/** Whether a sentence only says how many there should be, or at most or at least are. */
export function isBound(words: string): boolean {
  return bound.test(words.replace(approximations, ' '));
}

/** 一半 and 0.92 where percent are asked: a share of one, or that many hundredths? 一半 is clear. */
function inUnit(one: Quantity, unit: NumberUnit): number[] {
  if (one.measure !== null)
    return one.values.map((value) => rounded(value * (factorOf(one.measure ?? 'other', unit) ?? 1)));
  if (unit !== 'percent') return one.values;
  return one.values.flatMap((value) => (value > 0 && value < 1 ? [value, rounded(value * 100)] : [value]));
}

/** The words around the numbers: the 零 of 一百零五 denies nothing. */
function without(words: string, found: Quantity[]): string {
  return found.reduceRight((left, { from, to }) => `${left.slice(0, from)}${cut}${left.slice(to)}`, words);
}

/** Only a limit is named, or something else than what is. */
const bound =
  /不到|不足|超(?!级)|不满|不止|以[上下内外]|之[内上下]|[多大高]于|[少小低]于|至[少多]|最[少多高低]|起码|顶多|将近|接近|(?<!最)近(?=[\d零一二三四五六七八九十半])|快(?=[\d零一二三四五六七八九十半])|多|余|几|数[十百千]|[<>≤≥+]|如果|(?<![主只])要是|假如|希望|要求|规定|标准|目标|应达|力争|争取|计划|预计|承诺|原来|原先|本来|以前|去年|上[月周次]|比|(?<![a-z])(?:under|over|more than|less than|fewer|at least|at most|up to|above|below|nearly|almost|within|if|should|required|target|few|several|than)(?![a-z])/;

/** Words with a 不 or a 多 that only say "about". */
const approximations = /差不多|不好意思|没(?:有)?关系|多谢|谢谢[您你]?|thank you|thanks/g;

const fillers = /^(?:嗯|我|都|就|基本|其实|完全|根本|,| )+|[,。.! ]*(?:谢谢[您你]?|thanks)?[。.! ]*$/g;
const waited =
  /^(?:(?:没有?|没有用|不用|不需要?|无需|未|不必|没花时间)(?:排队?|等候|等待|等)(?:等|过|的|了|时间|候|待|就办了|,? ?(?:直接|马上|当场)就?办(?:理|好)?(?:的|了)*|啊|呀)*|没有?|无|零等待|随到随办|一到就办|直接办(?:理|的)?|none|nothing|(?:i )?(?:did not|didn't|didnt) (?:have to )?(?:wait|queue)(?: at all)?|(?:there was )?no (?:wait|waiting|queue|queuing|line)(?: time)?(?: at all)?)$/;
const free = /^(?:没有?收费|不收费|未收费|没花钱|免费的?|没收钱|free|free of charge|no (?:charge|fee|cost))$/;
const empty = /^(?:没有?|无|一[个件]都?没有|没有一[个件]|none|nothing|no one|nobody|no)$/;

/** The whole of what was asked about, where percent are asked. `基本全部` is no figure. */
const everything =
  /^(?:我们|这里|目前|现在)?(?:全部|全都|所有)(?:的|事项|都|均|是|有|达到|达标|做到|符合|落实|了)*[。.! ]*$|^(?:all|all of (?:them|it|these|those)|everything)[.! ]*$/;

/** Replies that mean nought: no wait, no charge, none. Percent have no such word: 没有 may be "no figure". */
const nothing: Partial<Record<NumberUnit, RegExp>> = {
  count: empty,
  minutes: waited,
  hours: waited,
  yuan: free,
};
