import { isWeightless } from './weightless.ts';

/** How far a wording in a sentence may be taken at its word. */
export type Doubt = 'none' | 'hedged' | 'negated' | 'asked';

/** Stands where an option's wording was cut out of a sentence. */
export const cut = '\u0001';

/**
 * Judges a sentence from which every option's own wording was cut, so that the 不 of 不满意 is not counted. Beside a
 * wording only words that add nothing are let pass; other clauses may say anything but what takes it back. A sentence
 * wrongly doubted costs one more tap, a "not satisfied" taken for "satisfied" costs the truth.
 * - `asked`: a question, no answer (`满意是什么意思？`).
 * - `negated`: denied in its own clause (`不能说…`, `谈不上…`, `…才怪`, `wasn't …`).
 * - `hedged`: compared, wished, limited, mocked, taken back by another clause, or said with words not known here.
 */
export function doubtAround(masked: string, topic?: ReadonlySet<string>): Doubt {
  if (masked === cut) return 'none';
  const words = masked.replace(idioms, ' ');
  if (question.test(words)) return 'asked';
  const clauses = words.split(clauseEnd);
  const own = clauses.filter((clause) => clause.includes(cut));
  if (own.some((clause) => negation.test(clause))) return 'negated';
  if (hedge.test(words) || attribute.test(words)) return 'hedged';
  if (!own.every((clause) => isWeightless(clause, topic))) return 'hedged';
  const place = clauses.findIndex((clause) => clause.includes(cut));
  const takenBack = clauses.some(
    (clause, at) => negation.test(clause) && (at > place || clause.trim().length < 4 || saying.test(clause)),
  );
  return takenBack ? 'hedged' : 'none';
}

const clauseEnd = /[,。;!.…\n]+/;

/** `满不满意`, `满意不满意`: a question in which the wording itself takes part. */
export function isEitherOr(words: string): boolean {
  return /(\p{L}{1,2})[不没]\1/u.test(words);
}

/** The words hold a denial anywhere. */
export function isNegated(words: string): boolean {
  return negation.test(words.replace(idioms, ' '));
}

/** The words are a question, not an answer: `满不满意`, `20分钟？`. */
export function isQuestion(words: string): boolean {
  return question.test(words);
}

const negation = new RegExp(
  [
    '[不没未无莫勿甭难岂否欠缺少零卜冇弗毋差距除]|非(?!常)|别(?!的|人)|哪[里能有]|何[来曾谈]|怪|休想|反对|拒绝|才怪|[个你][头屁鬼妹]|个毛|锤子|算了',
    "n't(?![a-z])",
    '(?<![a-z])(?:not|no|nope|nah|never|none|nor|neither|nothing|nobody|nowhere|hardly|barely|scarcely|rarely|seldom|without|cannot|cant|dont|didnt|doesnt|wasnt|isnt|arent|werent|aint|wont|couldnt|wouldnt|shouldnt|havent|hasnt|hadnt|un|dis|non|lack[a-z]*|fail[a-z]*|far|less|least|little|anything|except|deny|denied|refuse[a-z]*|too|bu|mei)(?![a-z])',
    '[👎❌✖✗✘😡😠🤬💩🙄🙃😒]',
  ].join('|'),
  'u',
);

const hedge = new RegExp(
  [
    '以[上下内]|[比更若但虽稍略被逼假伪或]|最(?!后)|越来越|如果|(?<![主只])要是|希望|不过|可是|可惜|然而|尽管|只是|要么|可能|也许|似乎|好像|大概|几乎|将近|有时|有的|有点|有些|部分|一半|半|基本|大致|大体|相对|勉强|还算|本来|原来|以为|曾经|以前|之前|上次|从前|必须|强制|所谓|呵呵|反话|骗|玩笑|听说|据说|别人',
    '(?<![a-z])(?:more|most|mostly|than|better|worse|if|would|could|should|might|may|must|hope|wish|but|although|though|however|almost|nearly|maybe|perhaps|possibly|probably|sometimes|partly|partially|somewhat|fairly|rather|quite|kinda|sorta|kind of|sort of|used to|before|unless|until|or|supposed|supposedly|expected|enough|as if|yeah right|lol|kidding|sarcas[a-z]*)(?![a-z])',
    '[😂🤣😅🙂]',
  ].join('|'),
  'u',
);

const question =
  /[?]|吗|么$|(?:^|[,.] ?)(?:am i|was i|are we|were we|is it|was it|is that)(?![a-z])|(?<![没不多])(?:什么|怎么|啥|咋)|为何|凭什么|多少|几个|哪[个些儿种一]|谁|是否|(\p{L}{1,2})[不没]\1|^(?:what|why|how|which|who|whose|when|where)(?![a-z])/u;

/** `满意的地方…` says nothing yet; what the rest says counts. */
const attribute = new RegExp(`${cut}的(?=[\\p{L}])(?![呢啊呀哦吧了])`, 'u');

/** An earlier clause that ends like this has its object in the next one: `我不觉得，满意`. */
const saying = /(?:说|讲|觉得|认为|感到|感觉|算|是|上|想|think|say|that|feel|very|so)\s*$/;

/** Set phrases in which a 不 or 没 denies nothing that was asked. */
const idioms =
  /不好意思|没(?:有)?关系|没想到|不得不说|没的说|没得说|没话说|没毛病|没什么说的|没(?:有|啥|什么)?意见|不愧|不用谢|不客气|不用等|没等多久|没怎么等|(?:不用|没有?|无需)排队|没有?问题|无论如何|毫无疑问|no problem|no doubt|no complaints?/g;
