import type { Language } from '../../flow/text.ts';

const digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 一, 十, 十一, 二十, 九十九 … for 1 to 99. */
export function chineseNumeral(n: number): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : digits[tens]}十`;
  return `${ten}${ones === 0 && tens > 0 ? '' : digits[ones]}`;
}

/** What stands before a heading (GB/T 9704-2012, 7.3.3): 一、 （一） 1. · I. 1. (1) */
export function numbering(language: Language, level: 1 | 2 | 3, n: number): string {
  if (language === 'en') {
    if (level === 1) return `${roman(n)}. `;
    return level === 2 ? `${n}. ` : `(${n}) `;
  }
  // Beyond 99 the words grow longer than they help.
  const numeral = n > 99 ? String(n) : chineseNumeral(n);
  if (level === 1) return `${numeral}、`;
  return level === 2 ? `（${numeral}）` : `${n}. `;
}

function roman(n: number): string {
  const signs: [number, string][] = [
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let left = n;
  let out = '';
  for (const [value, sign] of signs)
    while (left >= value) {
      out += sign;
      left -= value;
    }
  return out;
}

/** 2026年7月15日 · 15 July 2026, without a weekday: the date line of a paper (7.3.5.4). @param day YYYY-MM-DD */
export function longDate(language: Language, day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  if (language === 'zh-CN') return `${year}年${month}月${date}日`;
  const name = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2000, month - 1, 1),
  );
  return `${date} ${name} ${year}`;
}
