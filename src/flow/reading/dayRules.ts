import { comingWeekday, type DateScene, type Days, daysFrom, monthsFrom, weekdayIn } from './calendar.ts';
import type { DateRule } from './dateRules.ts';

const span = '(\\d{1,3})个?(天|周|星期|礼拜|月|年)';

/** Days counted from today or told by the week, in Chinese. The words are normalised, with numerals as digits. */
export const dayRules: DateRule[] = [
  {
    pattern: new RegExp(`${span}(?:之|以)?(后|前)`, 'g'),
    days: ([n, unit, way], scene) => away(way === '前' ? `-${n}` : n, unit, scene),
  },
  { pattern: /(\d{1,3})(日)(?:之|以)?后/g, days: ([n, unit], scene) => away(n, unit, scene) },
  { pattern: new RegExp(`再?过${span}`, 'g'), days: ([n, unit], scene) => away(n, unit, scene) },
  { pattern: /半个月(?:之|以)?后/g, days: (_, scene) => counted([14, 15], scene) },
  {
    pattern: /(上上?个?|本|这个?|下下?个?)?(?:周|星期|礼拜)([一二三四五六日天末1-7])/g,
    days: ([which = '', name = ''], scene) => weekday(which, name, scene),
  },
  { pattern: /今明[两2]?天/g, days: (_, scene) => counted([0, 1], scene) },
  { pattern: /明后[两2]?天/g, days: (_, scene) => counted([1, 2], scene) },
  {
    pattern: /(大前|前|昨|今|明|大后|(?<![以之然此往])后)[天日儿]|([今昨明])(?:早|晚|夜|晨)/g,
    days: ([word, part], scene) => ({ ...counted([offsets[word || part || ''] ?? 0], scene), exact: true }),
  },
];

/** What looks like a count of days but is none that this page can turn into one: within 3 days, 3 workdays from now. */
export const openSpan =
  /\d{1,3}个?(?:天|日|周|星期|礼拜|月|年)(?:之内|以内|内)|工作日|农历|阴历|初\d|(?<![a-z])within(?![a-z])|(?:work|business|working) ?days?|上旬|中旬|下旬|月初|月中|年初|年中/;

/** So many days, weeks, months or years from today; `a` is one. */
export function away(n = '', unit = '', { today }: DateScene): Days {
  const count = /^an?$/.test(n) ? 1 : Number(n);
  if (/天|日|day/.test(unit)) return { days: [daysFrom(today, count)] };
  if (/周|星期|礼拜|week/.test(unit)) return { days: [daysFrom(today, count * 7)] };
  return { days: [monthsFrom(today, /月|month/.test(unit) ? count : count * 12)] };
}

const offsets: Record<string, number> = { 大前: -3, 前: -2, 昨: -1, 今: 0, 明: 1, 后: 2, 大后: 3 };

function counted(offsetsInDays: number[], { today }: DateScene): Days {
  return { days: offsetsInDays.map((offset) => daysFrom(today, offset)) };
}

/** 下周三 lies in the week after this one, weeks starting on Monday; a bare 周三 is the coming one. */
function weekday(which: string, name: string, scene: DateScene): Days {
  const step = which.startsWith('下') ? 1 : which.startsWith('上') ? -1 : 0;
  const weeks = step * (/^下下|^上上/.test(which) ? 2 : 1);
  if (name === '末') return { days: [6, 7].map((day) => weekdayIn(weeks, day, scene)) };
  const day = /\d/.test(name) ? Number(name) : '一二三四五六日'.indexOf(name.replace('天', '日')) + 1;
  if (which !== '') return { days: [weekdayIn(weeks, day, scene)] };
  return { days: comingWeekday(day, scene), weekday: day };
}
