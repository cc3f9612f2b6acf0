import { arabic, rounded } from './arabic.ts';
import { chineseReadings, numeralRun } from './chinese.ts';
import { digitsForWords } from './english.ts';
import { digitsForPhrases, percentsForFractions } from './fraction.ts';
import { type Measure, measureOf, unitPattern } from './measure.ts';

/** A number in a sentence with its unit. `values` has two members for 十五六; `measure` is null when none is written. */
export interface Quantity {
  values: number[];
  measure: Measure | null;
  /** Near this (二十来分钟), or put together from several units. */
  rough: boolean;
  from: number;
  to: number;
}

/**
 * The quantities a sentence names, in order; parts of one (`1小时20分`, `三块五`, `九成五`) are put together.
 * @param words normalised
 * @returns the words as they were searched (number words as digits, set phrases blanked) and what they name
 */
export function quantitiesIn(words: string): { words: string; found: Quantity[] } {
  const spaced = words.replace(setPhrases, blank).replace(hoursJoined, '$1 ');
  const plain = digitsForWords(digitsForPhrases(percentsForFractions(spaced)));
  const found: Quantity[] = [];
  for (const match of plain.matchAll(quantity)) found.push(quantityOf(match, plain));
  return { words: plain, found: joined(found, plain) };
}

/** Words with a 一 or 两 that count nothing, and times of day. */
const setPhrases =
  /(?<![零一二两三四五六七八九十百千万])(?:一(?:大半|小半|共|般|些|下|样|直|起|旦|定|点(?![零一二三四五六七八九0-9])|会儿?|切|向|边|律|致|次性|窗|路|流|把手)|万一)|统一|唯一|百姓|[大小多]半|对半|三心二意|两集中|两到位|\d{1,2}点(?:\d{1,2}分?|[半整钟])?|[一二两三四五六七八九十]{1,3}点(?:[一二三四五六七八九十]{1,3}分(?!钟)|[半整钟])|\d{1,2}:\d{2}(?::\d{2})?/g;
/** `1h20`: the letters end where the minutes begin. */
const hoursJoined = /(\d(?:h|hr|hrs))(?=\d)/g;
const blank = (phrase: string) => ' '.repeat(phrase.length);
const arabicRun = '(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?|\\.\\d+';
const plainRun = numeralRun.replace(/\|点.*\)\+$/, ')*');
const quantity = new RegExp(
  `(?<minus>负|零下|minus |(?<![\\d\\p{L}%)] ?)-)?(?<money>¥ ?)?(?:(?<half>半)|(?<number>(?:${arabicRun})${plainRun}|${numeralRun}))(?<scale>[wk](?![a-z]))?(?<near>来)?(?<more>个半)?(?: ?(?<unit>${unitPattern}))?(?<tail>半(?!个|小|天))?`,
  'gu',
);

function quantityOf(match: RegExpMatchArray, words: string): Quantity {
  const groups = match.groups ?? {};
  const from = match.index ?? 0;
  const to = from + match[0].length;
  const extra = groups.more !== undefined || groups.tail !== undefined ? 0.5 : 0;
  const size = (scales[groups.scale ?? ''] ?? 1) * (groups.minus === undefined ? 1 : -1);
  const read = groups.half !== undefined ? [0.5] : numberOf(groups.number ?? '');
  const values = read.map((value) => rounded((value + extra) * size));
  return { values, measure: measureAt(groups, words, from, to), rough: groups.near !== undefined, from, to };
}

const scales: Record<string, number> = { w: 1e4, k: 1e3 };

function measureAt(
  groups: Record<string, string | undefined>,
  words: string,
  from: number,
  to: number,
): Measure | null {
  if (/[第期拜周:$€£]$/.test(words.slice(0, from)) || /^:\d/.test(words.slice(to))) return 'other';
  const next = followed(words, from, to);
  if (groups.unit !== undefined) {
    const measure = measureOf(groups.unit);
    return measure === 'point' && next !== null ? 'other' : measure;
  }
  if (groups.more !== undefined) return 'piece';
  return groups.money === undefined ? next : 'yuan';
}

function numberOf(run: string): number[] {
  const plain = arabic(run);
  return plain === undefined ? chineseReadings(run) : [plain];
}

/** A number without a known unit: null when nothing of weight follows, else it counts what follows. */
function followed(words: string, from: number, to: number): Measure | null {
  const next = words.slice(to, to + 20);
  if (/^[a-z]/.test(next) || /[a-z]$/.test(words.slice(0, from))) return 'other';
  if (/^ [a-z]/.test(next) && !weightless.test(next)) return 'piece';
  return /^\p{Script=Han}/u.test(next) && !particles.test(next) ? 'piece' : null;
}

const weightless =
  /^ (?:about|or|so|i|think|maybe|the|in|at|for|of|was|were|total|to|and|please|approx|approximately|roughly)(?![a-z])/;
const particles =
  /^(?:左右|上下|前后|吧|啊|呀|的|了|呢|哦|嘛|就|都|才|即|或|到|至|和|与|之|我|谢|以|多|余|几|不|没|大概|大约)/;

function joined(found: Quantity[], words: string): Quantity[] {
  const whole: Quantity[] = [];
  for (const next of found) {
    const last = whole.at(-1);
    const sum = last === undefined ? undefined : sumOf(last, next, words.slice(last.to, next.from));
    if (sum !== undefined) whole[whole.length - 1] = sum;
    else whole.push(last === undefined ? next : shared(last, next, words.slice(last.to, next.from), whole));
  }
  return whole;
}

/** `1小时20分` is 80 minutes, `三块五` 3.5 yuan, `九成五` 9.5 tenths, `八成四五` 8.4 or 8.5. */
function sumOf(first: Quantity, second: Quantity, between: string): Quantity | undefined {
  const [a] = first.values;
  if (a === undefined || first.values.length > 1 || second.values.length === 0) return undefined;
  const whole = (measure: Measure, add: (part: number) => number): Quantity => ({
    values: second.values.map((part) => rounded(add(part))),
    measure,
    rough: true,
    from: first.from,
    to: second.to,
  });
  const near = /^ ?(?:又|零|and|,)? ?$/.test(between);
  const size = second.measure === 'quarter' ? 15 : 1;
  const timed =
    second.measure === null ||
    second.measure === 'minute' ||
    second.measure === 'point' ||
    second.measure === 'quarter';
  const below = (limit: number) => second.values.every((part) => part >= 0 && part * size < limit);
  if (near && first.measure === 'hour' && timed && below(60))
    return whole('minute', (part) => a * 60 + part * size);
  if (near && first.measure === 'minute' && second.measure === 'second' && below(60))
    return whole('minute', (part) => a + part / 60);
  if (between !== '' || !second.values.every((part) => part >= 1 && part <= 9 && part % 1 === 0))
    return undefined;
  if (first.measure === 'yuan' && (second.measure === null || second.measure === 'jiao'))
    return whole('yuan', (part) => a + part / 10);
  if (first.measure === 'tenth' && second.measure === null) return whole('tenth', (part) => a + part / 10);
  return undefined;
}

/** In `三到五个` and `3-5分钟` both ends have the unit that is written once. */
function shared(first: Quantity, second: Quantity, between: string, whole: Quantity[]): Quantity {
  if (!/^ ?(?:-|~|到|至|或者?|和|与|、|,|\/|or|to|and) ?$/.test(between)) return second;
  if (first.measure === null && second.measure !== null)
    whole[whole.length - 1] = { ...first, measure: second.measure };
  return first.measure !== null && second.measure === null ? { ...second, measure: first.measure } : second;
}
