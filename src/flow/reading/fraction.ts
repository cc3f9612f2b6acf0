import { rounded } from './arabic.ts';
import { chineseReadings, numeralRun } from './chinese.ts';

/**
 * `百分之九十二` → `92%`, `四分之三` → `75%`, `千分之五` → `0.5%`, `百分之八九十` → `80%或90%`, `一半` → `50%`,
 * `百分百` → `100%`. A fraction that is
 * no round percentage (三分之一) is taken out: its numbers count nothing.
 */
export function percentsForFractions(words: string): string {
  const halved = (
    words.includes('百') ? words.replace(/百分之?百(?![零一二两三四五六七八九十])/, '100%') : words
  ).replace('一半', '50%');
  if (!halved.includes('分之')) return halved;
  return halved.replace(fraction, (_, below: string, above: string) => {
    const base = scales[below] ?? chineseReadings(below)[0];
    const parts = above === '百' ? [100] : chineseReadings(above);
    if (base === undefined || base === 0 || parts.length === 0) return ' ';
    const percents = parts.map((part) => rounded((part / base) * 100));
    if (!percents.every((percent) => rounded(percent * 100) % 1 === 0)) return ' ';
    return percents.map((percent) => `${percent}%`).join('或');
  });
}

const fraction = new RegExp(`(${numeralRun})分之(${numeralRun}(?:\\.\\d+)?)`, 'g');
const scales: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 };

/** English and Chinese ways of saying halves and quarters of an hour or a day, and dozens, in digits. */
export function digitsForPhrases(words: string): string {
  return /[a-z]/.test(words)
    ? phrases.reduce((left, [pattern, plain]) => left.replace(pattern, plain), words)
    : words;
}

const phrases: [RegExp, string][] = [
  [/\bthree[ -]quarters of an hour\b/g, '3 quarters'],
  [/\b(?:a |one )?quarter(?: of)? an hour\b|\ba quarter hour\b/g, '1 quarter'],
  [/\b(?:an|one) hour and (?:a )?half\b/g, '1.5 hours'],
  [/\b(?:an|one) hour and (?:a )?quarter\b/g, '1.25 hours'],
  [/\b(\w+) hours and (?:a )?half\b/g, '$1 and a half hours'],
  [/\bone and (?:a )?half\b/g, '1.5'],
  [/\btwo and (?:a )?half\b/g, '2.5'],
  [/\bthree and (?:a )?half\b/g, '3.5'],
  [/\bfour and (?:a )?half\b/g, '4.5'],
  [/\b(\d+) and (?:a )?half\b/g, '$1.5'],
  [/\bhalf(?: of)?[ -](?:an? )?(hour|day)\b/g, '0.5 $1'],
  [/\bhalf a dozen\b/g, '6'],
  [/\btwo dozen\b/g, '24'],
  [/\b(?:a|one) dozen\b/g, '12'],
  [/\b(?:a )?couple(?: of)?(?= )/g, '2'],
  [/\ban? (?=(?:hour|minute|day|week|second)\b)/g, '1 '],
  [/\bper cent\b/g, 'percent'],
];
