import type { NumberUnit } from '../questions/number.ts';
import type { Amount } from './amount.ts';
import { chineseReadings, numeralRun } from './chinese.ts';
import { digitsForWords } from './english.ts';

/**
 * A part of a whole: `45/50`, `nine out of ten`, `20件里18件`, `十有八九`. Where percent are asked it may well be 90, but that
 * is for the person to say; where anything else is asked it is no number. Undefined when the words name no such part.
 * @param words normalised
 */
export function sharesIn(words: string, unit: NumberUnit): Amount | undefined {
  if (unit !== 'percent' && !outright.test(words)) return undefined;
  const plain = digitsForWords(words);
  const [, part, all, ...more] = outOf.exec(plain) ?? [];
  if (part !== undefined && (unit !== 'percent' || more.some((one) => one !== undefined)))
    return { kind: 'none' };
  if (unit !== 'percent') return undefined;
  if (part !== undefined) return percents([Number(part)], Number(all));
  if (asPercent.test(plain)) return undefined;
  const english = ofMany.exec(plain);
  if (english !== null) return percents([Number(english[1])], Number(english[2]));
  const chinese = within.exec(plain);
  const [whole] = chineseReadings(chinese?.[1] ?? '');
  return whole === undefined ? undefined : percents(chineseReadings(chinese?.[2] ?? ''), whole);
}

function percents(parts: number[], all: number): Amount {
  const values = parts.map((part) => Math.round((10_000 * part) / all) / 100);
  return values.length > 0 && values.every((value) => value <= 100)
    ? { kind: 'several', values }
    : { kind: 'none' };
}

const outright = /\/|out of/;
const outOf = /(\d+)(?: [a-z]+)? ?(?:\/|out of(?: the| every| all)?) ?(\d+)(.*\/)?/;
const ofMany = /(?<!\d)(\d+)(?: [a-z]+)? (?:of|in)(?: the| every| all)? (\d+)/;
/** Where a percentage is written, the counts beside it are not what was asked. */
const asPercent = /%|percent|百分|\d ?成|[一二三四五六七八九]成/;
const counted = '(?:个|件|项|人|笔|份|宗|户|起|条|家|次)?(?:事项|业务|窗口|审批|申请)?';
const within = new RegExp(
  `(${numeralRun})${counted}(?:,? ?(?:里面?|之?中间?|当中|其中)(?:头|只|也|仅|有|是)*|(?:只|仅)?有) ?(${numeralRun})`,
);
