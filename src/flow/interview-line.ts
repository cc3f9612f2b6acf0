import type { Flow } from './definition.ts';
import { type LevelQuestion, readLevel } from './questions/level.ts';
import type { Question } from './questions/question.ts';
import { read } from './questions/reader.ts';
import type { TextQuestion } from './questions/text.ts';
import type { ReadingContext } from './reading/reading.ts';
import type { Reply } from './reply.ts';
import { isRelevant } from './route.ts';
import type { Value, Values } from './value.ts';

/** What was noted of one citizen who was asked on the spot (现场访谈 of JX-4.5): `满意 窗口3 等20分钟 无`. */
export interface InterviewLine {
  /** 5 to 1; null when none was said. */
  level: number | null;
  /** Answers to questions of the survey other than the level and the free words. */
  values: Values;
  /** Where, as said: 窗口3. */
  place: string | null;
  /** What is left, in the citizen's words; '' when there is nothing. */
  comment: string;
  /** It was said that there is no comment. */
  isSilent: boolean;
}

/** `doubt`: the words that may mean several things, and are not guessed. */
export type ReadLine = { kind: 'line'; line: InterviewLine } | { kind: 'doubt'; words: string };

/**
 * Reads one line as several answers, by what each part is: a level, a window, how long was waited, reasons where the level
 * asks for them, and free words. Parts stand apart by blanks or commas; what is only part of a sentence stays in it.
 * @param known the level that was said before, of a line that is corrected
 */
export function readInterviewLine(
  flow: Flow,
  said: string,
  context: ReadingContext,
  known: number | null = null,
): ReadLine {
  const parts = partsOf(said);
  const line: InterviewLine = { level: null, values: {}, place: null, comment: '', isSilent: false };
  const levelAt = parts.findIndex((part, index) => levelOf(part, index > 0) !== null);
  if (levelAt >= 0) line.level = levelOf(parts.splice(levelAt, 1)[0] ?? '', levelAt > 0);
  const waiting = flow.questions.find((one) => one.type === 'number' && one.unit === 'minutes');
  const bare = parts.filter((part) => bareNumber.test(part));
  if (bare.length > 1) return { kind: 'doubt', words: bare.join(' ') };
  const words: string[] = [];
  for (const part of parts) {
    const minutes = waiting === undefined ? undefined : waitIn(waiting, part, context);
    if (minutes === null || (minutes !== undefined && line.values[waiting?.id ?? ''] !== undefined))
      return { kind: 'doubt', words: part };
    if (minutes !== undefined && waiting !== undefined) line.values[waiting.id] = minutes;
    else if (line.place === null && isPlace(part)) line.place = part;
    else if (silence.test(part)) line.isSilent = true;
    else if (!takeReason(flow, line, line.level ?? known, part, context)) words.push(part);
  }
  line.comment = words.join(/[\u3400-\u9fff]/u.test(words.join('')) ? '，' : said.includes(',') ? ', ' : ' ');
  return { kind: 'line', line };
}

/** Where a survey keeps free words. */
export function commentQuestionOf({ questions }: Pick<Flow, 'questions'>): TextQuestion | undefined {
  return questions.find((one) => one.type === 'text');
}

/**
 * A level that was said in words; a bare number is none, for nobody saw a list that it could be a line of.
 * @param outright only in the level's own words
 */
export function levelSaid(word: string, outright = false): number | null {
  return levelOf(word, outright);
}

const question: LevelQuestion = { type: 'level', id: 'level', label: '', required: true };
const reply = (text: string): Reply => ({ kind: 'text', text, attachments: [], addressed: true });

/** Behind other words only what names a level outright is one. */
function levelOf(word: string, outright: boolean): number | null {
  if (word === '' || bareNumber.test(word)) return null;
  const reading = readLevel(question, reply(word), true);
  return reading.kind === 'value' && (reading.exact || !outright) ? reading.value : null;
}

const bareNumber = /^\d+$/;
const silence =
  /^(?:无|没|没有|没有?意见|无意见|没有?(?:别的|其他)?建议|暂无|没什么|没啥|nothing|none|no|nil|n\/a|no comments?|[-—/]+)$/iu;

const numeral = String.raw`(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百半]+)`;
const waitedChinese = new RegExp(
  `^(?:排队?)?(?:等|候)?(?:了|候|待)?(?:大?约|差不多|将近)?${numeral}个?(?:多|来)?(?:分钟?|半?小时|钟头|刻钟)(?:半|多|左右)?$`,
  'u',
);
const waitedEnglish =
  /^(?:wait(?:ed|ing|s)?[ :]+)?(?:for )?(?:about |around )?(?:\d+(?:\.\d+)?|half an?|an?|one|two|three) ?(?:minutes?|mins?|hours?|hrs?|h)(?: wait(?:ing)?)?$/i;
const notWaited =
  /^(?:没有?(?:等|排队)|不用(?:等|排队)|无需等候|未等候|随到随办|no wait(?:ing)?|no queue|did(?:n[o']t| not) wait)$/iu;

/** Minutes; null for words about time that are no number of minutes, undefined for other words. */
function waitIn(waiting: Question, part: string, context: ReadingContext): Value | null | undefined {
  if (notWaited.test(part)) return 0;
  const isTime = waitedChinese.test(part) || waitedEnglish.test(part);
  if (!isTime && !bareNumber.test(part)) return undefined;
  const reading = read(waiting, reply(part), context);
  return reading.kind === 'value' ? reading.value : null;
}

const placeMax = 24;
const placeWords =
  /^(?:\d+号(?:窗口?|柜台?)?|[a-z]?\d+窗口?|.{0,20}(?:窗口|柜台|大厅|服务中心)(?: ?[a-z]?\d+号?)?|(?:window|counter|desk|booth) ?(?:no\.? ?)?#?[a-z]?\d+)$/iu;
const noPlace = /[了个几多换跑没是在太很别各每这那]|不(?!动产)/u;

/** `窗口3`, `3号`, `不动产登记窗口`, `window 3`; but 跑了几个窗口 is a complaint. */
function isPlace(part: string): boolean {
  return part.length <= placeMax && placeWords.test(part) && !noPlace.test(part);
}

const reasonMax = 12;

/** Whether the words are options of a question that this level asks (态度差 of a dissatisfied citizen), which they then answer. */
function takeReason(
  flow: Flow,
  line: InterviewLine,
  given: number | null,
  part: string,
  context: ReadingContext,
): boolean {
  const level = flow.questions.find(({ type }) => type === 'level');
  if (level === undefined || given === null || part.length > reasonMax) return false;
  const values = { ...line.values, [level.id]: given };
  for (const one of flow.questions) {
    if (one.type !== 'choices' || !isRelevant(one, values)) continue;
    const reading = read(one, reply(part), context);
    if (reading.kind !== 'value' || !Array.isArray(reading.value)) continue;
    const before = line.values[one.id];
    const ids = [...(Array.isArray(before) ? before : []), ...reading.value] as string[];
    line.values[one.id] = [...new Set(ids)];
    return true;
  }
  return false;
}

const everyMark = /[\s,，;；、|｜。]+/u;
const marksAlone = /[,;|]+/u;
/** Of parts with blanks inside, the blanks that do not set anything apart. */
const together = [
  /(?:wait(?:ed|ing|s)?:? +)?(?:for +)?(?:about +|around +)?(?:\d+(?:\.\d+)?|half an?|an?) *(?:minutes?|mins?|hours?|hrs?)(?: +wait(?:ing)?)?/gi,
  /(?:no +(?:wait(?:ing)?|queue|comments?))/gi,
  /(?:排队)?等?(?:了|候|待)? *(?:大?约)? *\d+(?:\.\d+)? *(?:分钟?|个?半?小时|刻钟)/gu,
  /(?:窗口|柜台) +\d+号?|\d+号? +(?:窗口|柜台)|(?:window|counter|desk|booth) +(?:no\.? *)?#?[a-z]?\d+/giu,
  /(?:(?:not +(?:at all +)?|very +|extremely +|highly +|fairly +|quite +|completely +|totally +))+(?:dis|un)?satisfied/gi,
];
/** Of private use: no blank to any pattern, and nobody types it. */
const kept = '\ue000';

/** English without commas is taken apart at blanks; with them, the blanks belong to the words. */
function partsOf(said: string): string[] {
  const text = said.normalize('NFKC').trim();
  const isLatin = !/[\u3400-\u9fff]/u.test(text);
  const apart = isLatin && marksAlone.test(text) ? marksAlone : everyMark;
  const joined = together.reduce(
    (words, pattern) =>
      words.replace(pattern, (match, ...rest) => {
        const at = rest.find((one) => typeof one === 'number') ?? 0;
        const isApart = standsApart(words, at, at + match.length);
        return isApart ? match.replace(/(?<=\S)\s+(?=\S)/gu, kept) : match;
      }),
    text,
  );
  return joined
    .split(apart)
    .map((part) =>
      part
        .replaceAll(kept, isLatin ? ' ' : '')
        .trim()
        .replace(/[.!！]+$/u, ''),
    )
    .filter((part) => part !== '');
}

function standsApart(text: string, from: number, to: number): boolean {
  const edge = (letter: string | undefined) =>
    letter === undefined || everyMark.test(letter) || letter === '.';
  return edge(text[from - 1]) && edge(text[to]);
}
