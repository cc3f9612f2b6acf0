import { numeralRun } from './chinese.ts';
import { isNegated, isQuestion } from './doubt.ts';
import { digitsForWords } from './english.ts';
import { normalise, trimMarks } from './normalise.ts';
import { ambiguous, certain, inferred, type Reading, unread, wordsMax } from './reading.ts';
import { type Meaning, meanings } from './yesNoWords.ts';

export type YesNo = 'yes' | 'no';

/**
 * A yes or a no in either language: `是` `有` `嗯` `没有` `不用了` `sure` `no thanks`, with what is said after it
 * (`嗯，没有`, `yes, it was clean`). `没问题`, `不是没有`, `是，没有` can mean either: ambiguous. Words that only begin
 * with a denial (`没有推诿`, `no complaints`) are unread: what they deny may not be what was asked.
 */
export function readYesNo(text: string): Reading<YesNo> {
  if (text.length > wordsMax) return nothing;
  return yesNoOf(normalise(text)) ?? nothing;
}

/** The same for normalised words; undefined when they are neither. */
export function yesNoOf(normalised: string): Reading<YesNo> | undefined {
  const whole = meaningOf(normalised);
  if (whole === 'yes' || whole === 'no') return outright[whole];
  if (whole === 'either') return either;
  if (isQuestion(normalised)) return undefined;
  const clauses = normalised
    .replace(aside, ',')
    .split(between)
    .filter((clause) => clause !== '');
  return combined(clauses);
}

/** What comes first decides; what follows may agree, go on, or make it doubtful. */
function combined(clauses: string[]): Reading<YesNo> | undefined {
  let said: YesNo | undefined;
  let nodded = false;
  let denials = 0;
  let more = false;
  for (const clause of clauses) {
    const passing = thanks.test(clause) || (said === 'yes' && smooth.test(clause));
    const meaning = passing ? 'filler' : meaningOf(clause);
    if (meaning === undefined && said === undefined) return undefined;
    if (meaning === 'either' || (meaning === undefined && contrast.test(clause))) return either;
    if (meaning === undefined && isNumberInstead(clause, clauses[0] ?? '')) return either;
    if (meaning === 'nod') nodded = true;
    else if (meaning === undefined) {
      more = true;
      if (isNegated(clause)) denials += 1;
    } else if (meaning !== 'filler') {
      if (said !== undefined && said !== meaning) return either;
      said = meaning;
    }
  }
  if (said === undefined) return nodded ? inferredAs.yes : undefined;
  if (denials > (said === 'yes' ? 0 : 1)) return either;
  return more ? inferredAs[said] : outright[said];
}

/** `不对，是84`: a number in place of an earlier one, and no answer to this question at all. */
function isNumberInstead(clause: string, first: string): boolean {
  const words = digitsForWords(clause);
  return onlyNumber.test(words) || (wrong.test(first) && /\d/.test(words));
}

/** The meaning of one whole clause: as it stands, or without marks, thanks, repetition (`对对对`) and particles. */
function meaningOf(words: string): Meaning | undefined {
  const known = meanings.get(words);
  if (known !== undefined) return known;
  if (words.length > 40) return undefined;
  const polite = trimMarks(words).replace(politely, '');
  const bare = trimMarks(polite).replace(/^(.{1,3}?)[ ,]*(?:\1[ ,]*)+$/u, '$1');
  if (bare === '对了') return undefined;
  const core = bare.replace(leading, '');
  return (
    meanings.get(bare) ??
    meanings.get(bare.replace(particles, '')) ??
    meanings.get(core.replace(particles, ''))
  );
}

const either: Reading<YesNo> = Object.freeze(ambiguous<YesNo>(['yes', 'no']));
const nothing: Reading<YesNo> = Object.freeze(unread('flow:hint.yes-no'));
const outright = { yes: Object.freeze(certain<YesNo>('yes')), no: Object.freeze(certain<YesNo>('no')) };
const inferredAs = { yes: Object.freeze(inferred<YesNo>('yes')), no: Object.freeze(inferred<YesNo>('no')) };

/** English goes on without a mark (`yes it was`); Chinese may put a space where a comma stands. */
const aside = /(?<=^\w{1,4} (?:please|thanks)) | (?=(?:it|they|he|she|we|i|there|that|this)(?![a-z]))/g;
const between = /[,。.;!、~]+ ?| (?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) /;
const leading = /^(?:那就|我们?|还是|暂时|目前|现在|先)(?=.)/;
const particles = /[的了啊呀哦喔噢啦呢哈嘛咯滴哒哟吧呐嘞]{1,4}$/;
const politely = /[ ,]?(?:谢谢|多谢|感谢|麻烦)[您你了啦]{0,2}[!。.]?$|,? (?:please|sir|madam)$/;
const thanks = /^(?:谢谢|多谢|感谢|麻烦|辛苦)[您你了啦]*$|^(?:thanks|thank you|please)$/;
const wrong = /^(?:不对|不是|错|no(?![a-z])|nope|wrong|incorrect)/;
const onlyNumber = new RegExp(
  `^(?:应该?|应当|是|为|改成?|填|写|大概|大约|约|it's|its|it is|it was|should be|make it|about| )*(?:\\d+(?:\\.\\d+)?|${numeralRun})(?: |%|分钟?|成|percent|minutes?|mins?|吧|了|的|才对)*$`,
);
/** After a yes it agrees; alone it may mean either. */
const smooth = /^没有?(?:任何)?问题|^no problems?/;
const contrast =
  /但|不过|可是|只是|然而|除|有时|一半|部分|^but(?![a-z])|however|except|sometimes|partly|mostly/;
