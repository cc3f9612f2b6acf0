import {
  comingWeekday,
  type DateScene,
  type Days,
  dayOf,
  daysFrom,
  lastOfMonth,
  weekdayIn,
  yearlessDays,
} from './calendar.ts';
import { type DateRule, endsOf } from './dateRules.ts';
import { away } from './dayRules.ts';

const months =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])';
const day = '(\\d{1,2})(?:st|nd|rd|th)?(?![\\da-z])';
const year = '(?:(?:-|,? ?)(\\d{4})(?!\\d))?';
const weekdays = '(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rsday|urday|r|rs|nes|ur)?(?![a-z])';
const unit = '(day|week|month|year)s?';

/** Dates and days in English. The words are normalised, with number words as digits. */
export const englishRules: DateRule[] = [
  {
    pattern: new RegExp(`(?<![\\da-z])${day}(?: of)?[- ]?${months}\\.?${year}`, 'g'),
    days: ([d, name, y], scene) => dated(name, d, y, scene),
  },
  {
    pattern: new RegExp(`(?<![a-z])${months}\\.? ?(?:the )?${day}${year}`, 'g'),
    days: ([name, d, y], scene) => dated(name, d, y, scene),
  },
  {
    pattern: new RegExp(`(?<![a-z])end of ${months}(?: (\\d{4}))?`, 'g'),
    days: ([name, y], scene) => ({ days: endsOf(monthNamed(name), y ? Number(y) : undefined, scene) }),
  },
  {
    pattern: /(?<![a-z])(?:end of (?:the |this |(next) )?month|month[ -]end)(?![a-z])/g,
    days: ([next], { today }) => ({ days: [lastOfMonth(today.year, today.month + (next ? 1 : 0))] }),
  },
  {
    pattern: /(?<![a-z])(?:end of (?:the |this |(next) )?year|year[ -]end)(?![a-z])/g,
    days: ([next], { today }) => ({ days: dayOf(today.year + (next ? 1 : 0), 12, 31) }),
  },
  {
    pattern: new RegExp(`(?<![a-z])in (\\d{1,3}|an?) ${unit}(?:' time)?(?![a-z])`, 'g'),
    days: ([n, of], scene) => away(n, of, scene),
  },
  {
    pattern: new RegExp(
      `(?<![a-z\\d])(\\d{1,3}|an?) ${unit} (from now|from today|later|hence|ago)(?![a-z])`,
      'g',
    ),
    days: ([n = '', of, way], scene) => away(way === 'ago' ? `-${n.replace(/^an?$/, '1')}` : n, of, scene),
  },
  {
    pattern: new RegExp(`(?<![a-z])${weekdays} (?:of )?(next|this|last) week(?![a-z])`, 'g'),
    days: ([name, which], scene) => ({
      days: [weekdayIn(which === 'next' ? 1 : which === 'last' ? -1 : 0, weekdayNamed(name), scene)],
    }),
  },
  {
    pattern: new RegExp(`(?<![a-z])(?:(next|this|last|coming) )?${weekdays}`, 'g'),
    days: ([which = '', name], scene) => weekday(which, weekdayNamed(name), scene),
  },
  {
    pattern: /(?<![a-z])(?:this |the )?weekend(?![a-z])/g,
    days: (_, scene) => ({ days: [weekdayIn(0, 6, scene), weekdayIn(0, 7, scene)] }),
  },
  {
    pattern:
      /(?:the )?(day after tomorrow|day before yesterday)|(?<![a-z])(today|tonight|tomorrow|tmrw?|yesterday|this (?:morning|afternoon|evening))(?![a-z])/g,
    days: ([two, one], { today }) => ({
      days: [daysFrom(today, offsets[two || one || ''] ?? 0)],
      exact: true,
    }),
  },
];

/** Those that are not today. */
const offsets: Record<string, number> = {
  'day before yesterday': -2,
  yesterday: -1,
  tomorrow: 1,
  tmr: 1,
  tmrw: 1,
  'day after tomorrow': 2,
};

function dated(name = '', d = '', y = '', scene: DateScene): Days {
  const month = monthNamed(name);
  if (y === '') return { days: yearlessDays(month, Number(d), scene) };
  return { days: dayOf(Number(y), month, Number(d)), exact: true };
}

/** "Next Wednesday" is the coming one to some and next week's to others: both, unless they are the same day. */
function weekday(which: string, named: number, scene: DateScene): Days {
  const { today } = scene;
  if (which === '') return { days: comingWeekday(named, scene), weekday: named };
  const ahead = ((named - today.weekday + 6) % 7) + 1;
  const coming = daysFrom(today, ahead);
  if (which === 'coming') return { days: [coming] };
  const passed = daysFrom(today, ahead - 7 - (ahead === 7 ? 7 : 0));
  const near = which === 'next' ? coming : which === 'last' ? passed : daysFrom(today, ahead % 7);
  const far = weekdayIn(which === 'next' ? 1 : which === 'last' ? -1 : 0, named, scene);
  return { days: [...new Set([near, far])].sort() };
}

function monthNamed(name = ''): number {
  const names = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
  return names.indexOf(name.slice(0, 3)) + 1;
}

/** From 1 = Monday. */
function weekdayNamed(name = ''): number {
  return ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(name.slice(0, 3)) + 1;
}
