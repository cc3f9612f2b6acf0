import { readNumeral } from './reading/numeral.ts';

/**
 * A wish to correct: the question people call `number`, or without one the question answered last. `rest` is the new
 * answer as typed, '' when it still has to be asked for. `loose`: no number was named but an answer was (`改成92`),
 * which at a question for free words may just as well be the answer itself.
 */
export interface Change {
  kind: 'change';
  number: number | null;
  rest: string;
  loose: boolean;
}

/** Corrections longer than this are none (UTF-16 units): the longest answer, and some words before it. */
const changeMax = 4100;

/**
 * Reads `改`, `改3`, `改 3 92`, `改第三题：92`, `第3题改成92`, `把第3题改为不满意`, `改第二项 92`, `改成92`, `change 3`, `change 3 to 92`,
 * `change question 3: no`, `change to 92`, `改 18/20`. "改革到位了" and "改3号窗口为综合窗口" are answers.
 */
export function readChange(text: string): Change | null {
  if (text.length > changeMax || !begins.test(text)) return null;
  for (const pattern of numbered) {
    const match = pattern.exec(text);
    const number = match === null ? undefined : readNumeral(match[1] ?? '');
    if (number !== undefined) return { kind: 'change', number, rest: match?.[2] ?? '', loose: false };
  }
  if (last.test(text)) return { kind: 'change', number: null, rest: '', loose: false };
  const rest = (loose.exec(text) ?? share.exec(text))?.[1];
  return rest === undefined ? null : { kind: 'change', number: null, rest, loose: true };
}

const begins = /^\s*(?:[改更修重我把将请第]|[0-9０-９一二三四五六七八九十]{1,3}\s*题|change|edit)/i;
const ask = '(?:请|我(?:要|想))?(?:把|将)?\\s*';
const verb = '(?:改一下|更改|更正|修改|改正|重填|重答|改)';
const into = '(?:改成|改为|改到|改作|更正为|更改为|修改为|应该?改为|应该是|应为|改|更正|修改)';
const number = '([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})';
const end = '[。.!！~～\\s]*$';
/** What stands between the number and the answer; a blank alone will do, but not before a word that counts things. */
const between = '(?:\\s*(?:[:：,，、=]|改?成|改?为|到|to\\b|->|→)\\s*|\\s+(?![个号项家天次条名份分位]))';
const numbered = [
  `^\\s*${ask}${verb}\\s*第?\\s*${number}\\s*题?${end}`,
  `^\\s*${ask}${verb}\\s*第?\\s*${number}\\s*题?${between}([\\s\\S]+)$`,
  `^\\s*${ask}${verb}\\s*第\\s*${number}\\s*[题项条]${end}`,
  `^\\s*${ask}${verb}\\s*第\\s*${number}\\s*[题项条]${between}([\\s\\S]+)$`,
  `^\\s*${ask}第\\s*${number}\\s*[题项条]的?(?:答案)?\\s*${into}[:：\\s]*([\\s\\S]*)$`,
  `^\\s*${ask}${number}\\s*题的?(?:答案)?\\s*${into}[:：\\s]*([\\s\\S]*)$`,
  `^\\s*(?:change|edit)\\s+(?:my\\s+)?(?:(?:question|answer|item|number|no\\.?|q)\\s*)?#?\\s*${number}${end}`,
  `^\\s*(?:change|edit)\\s+(?:my\\s+)?(?:(?:question|answer|item|number|no\\.?|q)\\s*)?#?\\s*${number}(?:\\s*[:,=]\\s*|\\s+(?:to|into|as)\\s+|\\s+)([\\s\\S]+)$`,
].map((source) => new RegExp(source, 'iu'));
const last = new RegExp(
  `^\\s*${ask}(?:${verb}(?:一下)?(?:上一题|上一个|刚才的|刚才那题|答案)?[吧了]?|change(?: it| that| my answer| the last(?: one)?)?|edit)${end}`,
  'iu',
);
/** `改 18/20` names no question 18. */
const share =
  /^\s*(?:改|change)\s*([0-9０-９一二三四五六七八九十百]{1,9}\s*(?:[/／]|件|[个项宗笔]里|of\b|out of\b)[\s\S]+)$/iu;
const loose =
  /^\s*(?:改成|改为|更正为|修改为|应该改成|应该改为|change (?:it |that )?(?:to|into) )\s*[:：]?\s*(\S[\s\S]*)$/iu;
