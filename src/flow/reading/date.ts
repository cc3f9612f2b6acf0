import {
  type DateBounds,
  type DateScene,
  type Days,
  dayOf,
  dayOfMonth,
  isWithin,
  todayAt,
  weekdayOf,
} from './calendar.ts';
import { chinese } from './chinese.ts';
import { calendarRules, type DateRule, shortRules } from './dateRules.ts';
import { dayRules, openSpan } from './dayRules.ts';
import { cut, isNegated, isQuestion } from './doubt.ts';
import { digitsForWords } from './english.ts';
import { englishRules } from './englishDays.ts';
import { normalise } from './normalise.ts';
import {
  ambiguous,
  certain,
  inferred,
  type Reading,
  type ReadingContext,
  unread,
  wordsMax,
} from './reading.ts';

/**
 * A calendar day in a reply, as YYYY-MM-DD. Words are taken relative to `context.at` in `context.zone`.
 * - A month and day without a year: the next one from today on, but ambiguous when it passed less than 60 days ago. The
 *   same for 15号 alone within this month. `bounds` decide where only one of the two would be taken.
 * - 7/15 is month and day, as Chinese and Americans write it, unless only the other order exists; with the year last
 *   (3/4/2026) both orders are in use, so both are asked about.
 * - 下周三 lies in the week after this one (weeks start on Monday); a bare 周三 is the coming one; "next Wednesday" is
 *   ambiguous unless both understandings agree.
 * - 7月15日前 is the 15th itself (practice for "X日前"; the person is told). 之后, 两周内, 工作日 name no day: unread.
 * Exact are full dates and 今天, 明天 and their like; everything else tells the person how it was read.
 */
export function readDate(text: string, context: ReadingContext, bounds: DateBounds = {}): Reading<string> {
  if (isoDay.test(text) && isReal(text)) return isWithin(text, bounds) ? certain(text) : outside(bounds);
  if (text.length > wordsMax) return unread('flow:hint.date');
  const words = digitsIn(normalise(text).replace(/ (?=[年月日号])|(?<=[年月]) /g, ''));
  if (
    !/\d|[天日儿早晚周期拜月年]|day|to|mon|tue|wed|thu|fri|sat|sun|week|this|end/.test(words) ||
    words.length > wordsMax
  )
    return unread('flow:hint.date');
  if (openSpan.test(words)) return unread('flow:hint.date.one');
  const scene = { today: todayAt(context.at, context.zone), bounds };
  const { found, rest } = search(words, scene);
  if (found.length === 0) return bareNumber(words, scene);
  if (isQuestion(rest) || isNegated(rest) || later.test(rest)) return unread('flow:hint.date.one');
  return settle(found, rest, bounds);
}

function isReal(iso: string): boolean {
  return dayOf(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)), Number(iso.slice(8))).length > 0;
}

/** 七月十五日 → 7月15日, but not the 三 of 周三. */
function digitsIn(words: string): string {
  if (!/[零〇一二两三四五六七八九十廿卅]|[a-z]{3}/.test(words)) return words;
  const plain = words
    .replace(/元月/g, '1月')
    .replace(/(?<![周期拜])[零〇一二两三四五六七八九十廿卅]+/g, (run) => {
      const number = chinese(run);
      return number === undefined ? run : String(number);
    });
  return digitsForWords(plain);
}

function search(words: string, scene: DateScene): { found: Days[]; rest: string } {
  const found: Days[] = [];
  let rest = words;
  const apply = (rule: DateRule) => {
    rest = rest.replace(rule.pattern, (_, ...more: unknown[]) => {
      const offset = more.findIndex((part) => typeof part === 'number');
      found.push(
        rule.days(
          more.slice(0, offset).map((part) => (typeof part === 'string' ? part : '')),
          scene,
        ),
      );
      return cut;
    });
  };
  const [digits, latin] = [/\d/.test(words), /[a-z]{3}/.test(words)];
  if (digits || /[底末]/.test(words)) for (const rule of calendarRules) apply(rule);
  if (latin) for (const rule of englishRules) apply(rule);
  if (chineseDay.test(rest)) for (const rule of dayRules) apply(rule);
  if (digits && /\d/.test(rest)) for (const rule of shortRules) apply(rule);
  return { found, rest };
}

/** A number alone may be a day of the month: asked about, not guessed. */
function bareNumber(words: string, scene: DateScene): Reading<string> {
  const days = /^\d{1,2}$/.test(words) ? dayOfMonth(Number(words), scene) : [];
  return days.length > 0 ? ambiguous(days) : unread('flow:hint.date');
}

function settle(found: Days[], rest: string, bounds: DateBounds): Reading<string> {
  if (found.some(({ days }) => days.length === 0)) return unread('flow:hint.date.impossible');
  const dated = found.filter(({ weekday }) => weekday === undefined);
  const days = [...new Set((dated.length > 0 ? dated : found).flatMap((one) => one.days))];
  if (dated.length > 0)
    for (const { weekday, days: named } of found)
      if (weekday !== undefined && days.every((day) => weekdayOf(day) !== weekday)) days.push(...named);
  const taken = days.filter((day) => isWithin(day, bounds));
  const [day] = taken;
  if (day === undefined) return outside(bounds);
  if (days.length > 1 || unsure.test(rest)) return ambiguous(taken);
  return found.length === 1 && found[0]?.exact === true && bare.test(rest) ? certain(day) : inferred(day);
}

function outside({ earliest, latest }: DateBounds): Reading<string> {
  if (earliest !== undefined && latest !== undefined)
    return unread('flow:hint.date.between', { earliest: { date: earliest }, latest: { date: latest } });
  if (earliest !== undefined) return unread('flow:hint.date.earliest', { earliest: { date: earliest } });
  return unread('flow:hint.date.latest', { latest: { date: latest ?? '' } });
}

const isoDay = /^\d{4}-\d{2}-\d{2}$/;
const chineseDay = /[天日儿早晚夜晨周期拜月年]/;
const bare = new RegExp(`^[^\\p{L}\\p{N}]*${cut}[^\\p{L}\\p{N}]*$`, 'u');
const later = new RegExp(`${cut} ?(?:之后|以后|过后|后)|(?<![a-z])(?:after|since) (?:the )?${cut}`);
const unsure =
  /可能|也许|或许|争取|尽量|希望|如果|(?<![a-z])(?:maybe|perhaps|possibly|hopefully|if|before)(?![a-z])/;
