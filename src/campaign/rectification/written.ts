import { vagueIn } from './lint.ts';

/** What a measure written in one piece, as in a report upwards (DA-2), lacks. `bound`: to an event, and to no day. */
export type WrittenFlaw =
  | { kind: 'no-owner' | 'no-date' }
  | { kind: 'vague'; words: string[] }
  | { kind: 'bound'; words: string };

const days =
  /(?:\d{4}\s*年)?\s*\d{1,2}\s*月(?:份)?(?:\s*\d{1,2}\s*[日号]|底|初|中旬|上旬|下旬)?|\d{4}-\d{1,2}-\d{1,2}|\d{1,3}\s*个?(?:工作日|天|周|月)(?:之)?内|(?:今年|年|本月|本周|月|周|季度)底|第[一二三四]季度|(?:长期|常态化)坚持/gu;
const daysInEnglish =
  /\b(?:by|before|until|from|on)\s+(?:the\s+end\s+of\s+)?(?:\d{1,2}\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b(?:\s+\d{1,4})?|\b(?:within|in)\s+\d{1,3}\s+(?:work(?:ing)?\s*)?(?:days?|weeks?|months?)\b/giu;

const owners =
  /(?:责任(?:人|单位|部门|科室|领导)|牵头(?:人|单位|部门)|负责人|承办(?:人|单位))\s*(?:[:：为是]|—+)?\s*[^\s,，。;；:：、]{2,}|由[^,，。;；]{2,20}?(?:负责|牵头|办理|承办|落实|组织|完成)|[^,，。;；\s]{2,20}(?:负责|牵头)|[^,，。;；\s]{1,20}(?:局长|科长|主任|处长|股长|所长|班长|组长|书记|负责同志|负责人)/gu;
const ownersInEnglish =
  /\b(?:owner|responsible|in charge|led by|answers for|head of|section|office|bureau|centre|manager)\b[^.;]{0,60}/giu;

const done =
  /已经?(?:全部|基本)?(?:完成|整改|落实|更换|更新|建立|配备|增设|修订|调整|到位|解决|公布|开通)|整改完毕|\b(?:done|completed|finished|already)\b/iu;
/** 审批局成立后; 待征求意见、常务会议通过后. */
const bound =
  /待?[^,，。;；]{2,30}(?:成立|通过|批复|到位|完工|建成|下达|印发|审议)(?:之)?后|\b(?:once|after|when)\s+[^.,;]{3,60}/iu;

/**
 * What is missing in a measure that somebody wrote in one piece with who and by when: nobody to answer for it, no day,
 * words that promise effort only. What is done already needs no day; what waits for an event needs one to look again.
 */
export function lintWritten(text: string): WrittenFlaw[] {
  const flaws: WrittenFlaw[] = [];
  if (!has(owners, text) && !has(ownersInEnglish, text)) flaws.push({ kind: 'no-owner' });
  const event = bound.exec(text)?.[0].trim();
  if (!has(days, text) && !has(daysInEnglish, text) && !done.test(text))
    flaws.push(event === undefined ? { kind: 'no-date' } : { kind: 'bound', words: event });
  // A day or a post makes no earnest of the measure beside it.
  const measure = [owners, ownersInEnglish, days, daysInEnglish].reduce(
    (left, pattern) => left.replace(pattern, ' '),
    text,
  );
  const words = vagueIn(measure);
  if (words.length > 0) flaws.push({ kind: 'vague', words });
  return flaws;
}

function has(pattern: RegExp, text: string): boolean {
  return text.search(pattern) >= 0;
}
