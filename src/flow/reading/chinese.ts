import { arabic, rounded } from './arabic.ts';

/** The signs a Chinese number is written with; `numeralRun` is the source of a pattern for one. */
const digits: Record<string, number> = {};
['零〇0', '一壹1', '二贰两俩2', '三叁仨3', '四肆4', '五伍5', '六陆6', '七柒7', '八捌8', '九玖9'].forEach(
  (signs, digit) => {
    for (const sign of signs) digits[sign] = digit;
  },
);
const tens: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
const digitSigns = '零〇一壹二贰两俩三叁仨四肆五伍六陆七柒八捌九玖';
export const numeralRun = `(?:[${digitSigns}十拾百佰千仟万亿廿卅0-9]|点(?=[${digitSigns}0-9]))+`;

/** A number in Chinese characters, digits between them allowed: `一万零五`, `一万二` (12,000), `3万5`, `三点五万`, `二〇二六`. */
export function chinese(run: string): number | undefined {
  if (run.length > 30) return undefined;
  const point = run.indexOf('点');
  if (point < 0) return whole(run.replace('廿', '二十').replace('卅', '三十'));
  const scale = run.endsWith('万') ? 1e4 : run.endsWith('亿') ? 1e8 : 1;
  const before = whole(run.slice(0, point));
  const after = row(run.slice(point + 1, scale === 1 ? undefined : -1));
  return before === undefined || after === undefined
    ? undefined
    : rounded(Number(`${before}.${after}`) * scale);
}

/** Every number a run can stand for: `十五六` is 15 or 16, `三五` 3 or 5; one for a plain number, none for no number. */
export function chineseReadings(run: string): number[] {
  const one = arabic(run) ?? chinese(run);
  if (one !== undefined) return [one];
  const pair = /([一二两三四五六七八])([二两三四五六七八九])/.exec(run);
  if (pair === null) return [];
  const [low, high] = [digits[pair[1] ?? ''] ?? 0, digits[pair[2] ?? ''] ?? 0];
  if (high !== low + 1 && !(low === 3 && high === 5)) return [];
  const readings = [1, 2].map((which) => chinese(run.replace(pair[0], pair[which] ?? '')));
  return readings.flatMap((reading) => (reading === undefined ? [] : [reading]));
}

function whole(run: string): number | undefined {
  const plain = arabic(run);
  if (plain !== undefined) return plain;
  for (const [sign, size] of [
    ['亿', 1e8],
    ['万', 1e4],
  ] as const) {
    const at = run.indexOf(sign);
    if (at < 0) continue;
    const head = whole(run.slice(0, at));
    const tail = run.slice(at + 1);
    const rest =
      tail === ''
        ? 0
        : tail.length === 1
          ? (digits[tail] ?? 0) * (size / 10)
          : whole(tail.replace(/^零/, ''));
    if (head === undefined || rest === undefined || rest >= size) return undefined;
    return rounded(head * size + rest);
  }
  const line = row(run);
  if (line !== undefined && line.length < 16 && (run.length === 1 || run.length > 2 || /[零〇]/.test(run)))
    return Number(line);
  return section(run);
}

/** Digits one after the other: `二〇二六` → `2026`. */
function row(run: string): string | undefined {
  let line = '';
  for (const sign of run) {
    const digit = digits[sign];
    if (digit === undefined) return undefined;
    line += digit;
  }
  return line === '' ? undefined : line;
}

/** Below ten thousand, with 千 百 十. A last digit alone counts a tenth of the unit before it: `三千五` is 3,500. */
function section(run: string): number | undefined {
  const decimal = /^(\d+\.\d+)([十百千])$/.exec(run);
  if (decimal !== null) return rounded(Number(decimal[1]) * (tens[decimal[2] ?? ''] ?? 1));
  let total = 0;
  let digit = -1;
  let last = 10_000;
  let zero = false;
  for (const sign of run) {
    const unit = tens[sign];
    if (unit === undefined) {
      const next = digits[sign];
      if (next === undefined || digit > 0) return undefined;
      if (next === 0) zero = true;
      digit = next === 0 ? -1 : next;
      continue;
    }
    if (unit >= last || (digit < 0 && unit !== 10)) return undefined;
    total += (digit < 0 ? 1 : digit) * unit;
    [last, digit, zero] = [unit, -1, false];
  }
  if (total === 0) return undefined;
  if (digit < 0) return zero ? undefined : total;
  return total + (zero || last === 10 ? digit : (digit * last) / 10);
}
