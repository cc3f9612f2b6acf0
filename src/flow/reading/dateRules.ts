import {
  type DateScene,
  type Days,
  dayOf,
  dayOfMonth,
  lastOfMonth,
  yearlessDays,
  yearlessMonthEnd,
} from './calendar.ts';

/** One way of writing a day: where it stands in a sentence, and which days it can be. */
export interface DateRule {
  pattern: RegExp;
  /** @param part the groups of the pattern, empty where one did not take part */
  days: (part: string[], scene: DateScene) => Days;
}

const month = '(\\d{1,2})月份?';
const day = '(\\d{1,2})(?!\\d)';
const aMonth = '(上上?个?月|本月|这个?月|当月|下下?个?月)';

/** Dates in numbers and Chinese, the most explicit first. The words are normalised, with Chinese numerals as digits. */
export const calendarRules: DateRule[] = [
  {
    pattern: new RegExp(`(?<!\\d)(\\d{4}) ?[-/.年] ?(\\d{1,2}) ?[-/.月] ?${day} ?[日号]?`, 'g'),
    days: ([y, m, d]) => ({ days: dayOf(Number(y), Number(m), Number(d)), exact: true }),
  },
  {
    pattern: /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)/g,
    days: ([y, m, d]) => ({ days: dayOf(Number(y), Number(m), Number(d)), exact: true }),
  },
  {
    pattern: /(?<![\d.])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/g,
    days: ([a, , b, y], scene) => ({ days: western(a, b, y, scene) }),
  },
  {
    pattern: new RegExp(`(?<!\\d)(\\d{2})年${month} ?${day} ?[日号]?`, 'g'),
    days: ([y, m, d]) => ({ days: dayOf(2000 + Number(y), Number(m), Number(d)) }),
  },
  {
    pattern: new RegExp(
      `(?:(\\d{4})|(今|本|明|后|去))年的?${month}[底末]|${month}[底末]|${aMonth}[底末]|月[底末]`,
      'g',
    ),
    days: ([y, word, m, alone, relative], scene) =>
      monthEnd(yearOf(y, word, scene), m || alone, relative, scene),
  },
  {
    pattern: /(?:(\d{4})年?|([今本明后去])年?)?年[底末]/g,
    days: ([y, word], scene) => ({ days: dayOf(yearOf(y, word, scene) ?? scene.today.year, 12, 31) }),
  },
  {
    pattern: new RegExp(`([今本明后去前])年的?${month} ?${day} ?[日号]?`, 'g'),
    days: ([word, m, d], scene) => ({ days: dayOf(yearOf('', word, scene) ?? 0, Number(m), Number(d)) }),
  },
  {
    pattern: new RegExp(
      `(?<!\\d)${month} ?${day} ?(?:[日号]|(?![天个周]))(?: ?(?:-|~|到|至|、|或者?|和) ?${day}(?:[日号]|(?![月天个]))(?!月))?`,
      'g',
    ),
    days: ([m, d, to], scene) => {
      const first = yearlessDays(Number(m), Number(d), scene);
      const last = to ? yearlessDays(Number(m), Number(to), scene) : [];
      return { days: first.length === 0 || (to && last.length === 0) ? [] : [...first, ...last] };
    },
  },
  {
    pattern: new RegExp(`${aMonth}的? ?${day} ?[日号]`, 'g'),
    days: ([relative = '', d = ''], { today }) => {
      const last = lastOfMonth(today.year, today.month + monthsAway(relative));
      const exists = Number(d) >= 1 && Number(d) <= Number(last.slice(8));
      return { days: exists ? [`${last.slice(0, 8)}${d.padStart(2, '0')}`] : [] };
    },
  },
];

/** The least explicit dates: `7/15`, `10-15号`, `15号`. They are looked for last. */
export const shortRules: DateRule[] = [
  {
    pattern: new RegExp(`(?<!\\d)(\\d{1,2})[日号]? ?(?:-|~|到|至|或者?|、) ?${day}[日号]`, 'g'),
    days: ([from, to], scene) => {
      const [first, last] = [dayOfMonth(Number(from), scene), dayOfMonth(Number(to), scene)];
      return { days: first.length > 0 && last.length > 0 ? [...first, ...last] : [] };
    },
  },
  {
    pattern: /(?<![\d.:/-])(\d{1,2}) ?[-/.] ?(\d{1,2})(?![\d:%/-]|\.\d| ?[天个周日号月年点人元次件小分])/g,
    days: ([a, b], scene) => {
      const monthFirst = Number(a) <= 12 ? yearlessDays(Number(a), Number(b), scene) : [];
      return { days: monthFirst.length > 0 ? monthFirst : yearlessDays(Number(b), Number(a), scene) };
    },
  },
  {
    pattern: /(?<!\d)(\d{1,2})[日号](?![窗楼线文])/g,
    days: ([d], scene) => ({ days: dayOfMonth(Number(d), scene) }),
  },
  {
    pattern: /(?<![\da-z])(\d{1,2})(?:st|nd|rd|th)(?![a-z])/g,
    days: ([d], scene) => ({ days: dayOfMonth(Number(d), scene) }),
  },
];

/**
 * `7/15/2026` has one reading, `3/4/2026` two: March 4 and 3 April. With two digits for the year, that may come first, and
 * only years near this one are meant.
 */
function western(a = '', b = '', y = '', { today }: DateScene): string[] {
  const year = y.length === 4 ? Number(y) : 2000 + Number(y);
  const found = [...dayOf(year, Number(a), Number(b)), ...dayOf(year, Number(b), Number(a))];
  if (y.length === 4) return [...new Set(found)];
  found.push(...dayOf(2000 + Number(a), Number(b), Number(y)));
  return [...new Set(found)].filter((day) => Math.abs(Number(day.slice(0, 4)) - today.year) <= 5);
}

function yearOf(y: string | undefined, word: string | undefined, { today }: DateScene): number | undefined {
  if (y) return Number(y);
  const away = word ? { 今: 0, 本: 0, 明: 1, 后: 2, 去: -1, 前: -2 }[word] : undefined;
  return away === undefined ? undefined : today.year + away;
}

/** How many months from this one: 下月 1, 下下个月 2, 上月 -1. */
function monthsAway(relative: string): number {
  const step = relative.startsWith('下') ? 1 : relative.startsWith('上') ? -1 : 0;
  return step * (/^下下|^上上/.test(relative) ? 2 : 1);
}

/** The last day of a named month, or of one counted from this. */
function monthEnd(year: number | undefined, m = '', relative = '', scene: DateScene): Days {
  const { today } = scene;
  if (m === '') return { days: [lastOfMonth(today.year, today.month + monthsAway(relative))] };
  return { days: endsOf(Number(m), year, scene) };
}

/** The last day of a month; the year as for any date when none is given. */
export function endsOf(month: number, year: number | undefined, scene: DateScene): string[] {
  if (year === undefined) return yearlessMonthEnd(month, scene);
  return month < 1 || month > 12 ? [] : [lastOfMonth(year, month)];
}
