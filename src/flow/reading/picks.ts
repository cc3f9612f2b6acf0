import { chinese } from './chinese.ts';
import { digitsForWords } from './english.ts';
import { isAll, isNone, withoutFillers } from './pickWords.ts';

/**
 * What a reply picks from a numbered list, by index from 0.
 * - `picked`: these. `exact` for numbers, not for letters, `前两个`, `最后一个`, ranges.
 * - `maybe`: one of these sets: `13` may be 13, or 1 and 3; `1-3` may be 1 to 3, or 1 and 3.
 * - `all`, `none`: 都选, 都没有. - `outside`: a number that the list doesn't have.
 */
export type Picks =
  | { kind: 'picked'; indexes: number[]; exact: boolean }
  | { kind: 'maybe'; sets: number[][] }
  | { kind: 'all' }
  | { kind: 'none' }
  | { kind: 'outside' };

/**
 * Reads numbers, ordinals and letters: `1` `一` `第二个` `选1和3` `1、3` `1 3` `A和C` `前两个` `最后一个` `全部` `都没有`
 * `the first two`. Only a reply that says nothing else is a pick: the 2 of "我等了2个小时" picks nothing, nor does "3个".
 * @param words normalised
 * @param count how many the list has
 * @param many whether several may be picked
 */
export function readPicks(words: string, count: number, many: boolean): Picks | undefined {
  if (words.length > 60) return undefined;
  if (/^[\d ,、]+$/.test(words)) return readJoined(words, count, many) ?? readList(words, count);
  const bare = withoutFillers(words);
  if (isAll(bare, count)) return { kind: 'all' };
  if (isNone(bare)) return { kind: 'none' };
  const core = digitsForWords(bare.replace(/ ones?$/, '').replace(/^the /, ''));
  return (
    readBlock(core, count) ??
    readRange(core, count, many) ??
    readJoined(core, count, many) ??
    readList(core, count)
  );
}

const number = '(\\d{1,2}|[一二两三四五六七八九十]{1,3})';
const block = new RegExp(`^(前|头|后|最后|末尾?|top|first|last|bottom) ?${number} ?(?:个|项|条|种|样)?$`);
const range = new RegExp(`^第?${number}(?:个|项)? ?(到|至|to|-|~) ?第?${number}(?:个|项)?$`);
const ordinal = new RegExp(`^(第)?${number}(个|项|条|号|种|题|样|st|nd|rd|th)?$`);
const fromEnd = new RegExp(`^(最后|末尾|倒数)第?${number}(?:个|项|条|种|样)?$`);
const separator = / ?(?:[,、;/&+. ]|和|与|跟|及|以及|还有|and) ?/;
const named: Record<string, number> = {
  首个: 1,
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
};

/** `前两个`, `最后三项`, `first two`; `最后一个` alone comes with the list. */
function readBlock(core: string, count: number): Picks | undefined {
  const match = block.exec(core);
  const size = match === null ? undefined : numberOf(match[2]);
  if (size === undefined) return undefined;
  if (size < 1 || size > count) return { kind: 'outside' };
  const start = /^(?:前|头|top|first)/.test(core) ? 0 : count - size;
  return { kind: 'picked', indexes: span(start, start + size - 1), exact: false };
}

/** `1到3`, `1 to 3` are all between; `1-3` and `1~3` may also be 1 and 3. Where one is wanted, it is one of the ends. */
function readRange(core: string, count: number, many: boolean): Picks | undefined {
  const match = range.exec(core);
  if (match === null) return undefined;
  const [from, to] = [numberOf(match[1]), numberOf(match[3])];
  if (from === undefined || to === undefined || from < 1 || to > count || from >= to)
    return { kind: 'outside' };
  const all = span(from - 1, to - 1);
  if (!many) return { kind: 'maybe', sets: [[from - 1], [to - 1]] };
  if (/[^-~]/.test(match[2] ?? '') || all.length === 2) return { kind: 'picked', indexes: all, exact: false };
  return { kind: 'maybe', sets: [all, [from - 1, to - 1]] };
}

/** `13`, `一三`, `AC`: one number, or several written together. */
function readJoined(core: string, count: number, many: boolean): Picks | undefined {
  const letters = many && /^[a-t]{2,}$/.test(core);
  if (!letters && !/^(?:\d{2,12}|[一二三四五六七八九]{2,12})$/.test(core)) return undefined;
  const single = [...core].map((sign) => (letters ? sign.charCodeAt(0) - 97 : (numberOf(sign) ?? 0) - 1));
  const rising = single.every(
    (at, place) => at >= 0 && at < count && (place === 0 || at > (single[place - 1] ?? 0)),
  );
  if (letters) return rising ? { kind: 'maybe', sets: [single] } : undefined;
  const whole = numberOf(core) ?? 0;
  const together = whole >= 1 && whole <= count;
  if (together && !(many && rising)) return { kind: 'picked', indexes: [whole - 1], exact: true };
  if (!many || !rising) return { kind: 'outside' };
  return { kind: 'maybe', sets: together ? [[whole - 1], single] : [single] };
}

function readList(core: string, count: number): Picks | undefined {
  const parts = core
    .replace(/(?<=[个项条号种题样\d一二两三四五六七八九十])第/g, ' 第')
    .split(separator)
    .filter((part) => part !== '');
  if (parts.length === 0 || parts.length > 20) return undefined;
  const indexes = new Set<number>();
  let exact = true;
  for (const part of parts) {
    const at = ordinalOf(part, core.startsWith('第'));
    const found = at ?? otherOf(part.replace(/^the /, ''), count);
    if (found === undefined) return undefined;
    if (found < 1 || found > count) return { kind: 'outside' };
    if (at === undefined) exact = false;
    indexes.add(found - 1);
  }
  return { kind: 'picked', indexes: [...indexes].sort((a, b) => a - b), exact };
}

/** `2`, `二`, `第二个`, `2号`; not `2个`, which is how many, unless a 第 came before it (`第一、二个`). */
function ordinalOf(part: string, counted: boolean): number | undefined {
  const match = ordinal.exec(part);
  if (match === null || (match[1] === undefined && !counted && /[个项条种样]/.test(match[3] ?? '')))
    return undefined;
  return numberOf(match[2]);
}

function otherOf(part: string, count: number): number | undefined {
  const end = fromEnd.exec(part);
  if (end !== null) {
    const back = numberOf(end[2]);
    return back === undefined || (end[1] !== '倒数' && back > 1) ? undefined : count + 1 - back;
  }
  if (part === 'last' || part === '最后') return count;
  return /^[a-t]$/.test(part) ? part.charCodeAt(0) - 96 : named[part];
}

function numberOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  return /^\d+$/.test(written) ? Number(written) : chinese(written);
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
