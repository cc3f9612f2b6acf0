import { chinese } from './chinese.ts';
import { trimMarks } from './normalise.ts';

/** Everything is picked: `全部`, `都选`, `以上都是`, `两个都要` of two, `all of them`. */
export function isAll(bare: string, count: number): boolean {
  const match = all.exec(bare);
  if (match === null) return false;
  if (bare.startsWith('both')) return count === 2;
  return match[1] === undefined || chinese(match[1]) === count;
}

/** Nothing is picked: `都没有`, `一个都没有`, `以上都不是`, `none of them`. */
export function isNone(bare: string): boolean {
  return none.test(bare);
}

/** Without the words around a pick: `我选第二个吧，谢谢` → `第二个`. A 不 stays, and then it is no pick. */
export function withoutFillers(words: string): string {
  return trimMarks(words.replace(lead, '').replace(tail, ''));
}

/** Without the courtesy at the end, which answers nothing: `不需要回访，谢谢` → `不需要回访`. */
export function withoutThanks(words: string): string {
  const bare = words.replace(courtesy, '');
  return bare === '' ? words : bare;
}

const courtesy =
  /[\s,。.;!~]{0,9}(?:(?:谢谢|多谢|感谢|麻烦|辛苦)[您你了啦]{0,2}|(?:thank you|thanks|thx|cheers)(?: (?:a lot|so much|very much))?)[\s。.!~]{0,9}$/;
const all =
  /^(?:以上|上面)?(?:全部|所有|每个|每项|(?:([两三四五六七八九]|\d)[个项]))?(?:也?都|全|皆)(?:选择?|选上|勾上?|要|是|有|对)?$|^(?:以上|上面)?(?:全部|所有的?|每个|每项)(?:选择?|选上|勾上?|要|是|有)?$|^(?:all|every one|everything|both)(?: (?:of )?(?:them|these|those|the above|above))?$/;
const none =
  /^(?:以上|上面|这些|哪个|一[个项]|统统)?(?:全|都|也)?(?:没有?|不是|不选|无|不要|没选|不符合?|不对)$|^没有一[个项]$|^(?:none|neither|nothing|no one|no)(?: (?:of )?(?:them|these|those|the above|above|apply|applies))*$|^not any(?: of them)?$/;
const lead =
  /^(?:我的?|就|那|嗯|应该|觉得|想|答案?|是|为|选项|选择?|勾选?|回[复答]|答复|[:, ]|(?:i'd|i'll|i|would|like|choose|chose|pick|take|select|option|number|answer|is|it's|my|no\.)(?![a-z]))+(?=.)/;
const tail =
  /[\s,.。!~]{0,9}(?:(?:吧|的|了|啊|哦|呢|呀|哈|嘛|,|。|!| )|谢谢[您你]?|多谢|please|thanks|thank you){0,9}$/;
