import { levelSaid } from '../flow/interview-line.ts';
import { taskMarked } from './open-task.ts';

/** What an inspector said behind 访谈. `number`: the task, where it was given. `draft`: of the button that was tapped. */
export type Said =
  | { do: 'nothing' }
  | { do: 'lines'; number: number | null; lines: string[] }
  | { do: 'confirm' | 'cancel'; draft: string | null }
  | { do: 'correct'; at: number; words: string };

/** People that one message, or what waits to be confirmed, tells of. */
export const peopleMax = 50;

const confirmed = /^(?:confirm(?: ([0-9a-f-]{36}))?|确认(?:无误|登记|提交)?|确定)[。.!！]*$/iu;
const calledOff = /^(?:cancel(?: ([0-9a-f-]{36}))?|取消|作废|不登记了?)[。.!！]*$/iu;
const corrected =
  /^(?:第\s*(\d{1,2})\s*[条行个位]|(?:line|no\.?)\s*(\d{1,2})(?!\d))[\s:：,，、]*(\S[\s\S]*)$/iu;

/** Whether words without 访谈 before them can be about what waits to be confirmed. */
export function isAboutNoted(text: string): boolean {
  const said = text.trim();
  return confirmed.test(said) || calledOff.test(said) || (corrected.test(said) && !said.includes('\n'));
}

export function readSaid(rest: string): Said {
  const text = rest.trim();
  const yes = confirmed.exec(text);
  if (yes !== null) return { do: 'confirm', draft: yes[1] ?? null };
  const no = calledOff.exec(text);
  if (no !== null) return { do: 'cancel', draft: no[1] ?? null };
  const [, place, line, words] = corrected.exec(text) ?? [];
  if (words !== undefined && !text.includes('\n'))
    return { do: 'correct', at: Number((place ?? line ?? '').normalize('NFKC')), words };
  const { number, words: told } = taskMarked(text);
  const lines = told
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const [first, second] = lines;
  if (first === undefined) return { do: 'nothing' };
  return { do: 'lines', number, lines: second === undefined ? [first] : lines.map(withoutNumber) };
}

/** `1. 满意 …`, `2、不满意`: lines that were numbered. */
function withoutNumber(line: string): string {
  return line.replace(/^(?:\d{1,2}\s*[.、)）:：]|[①-⑳])\s*/u, '');
}

/** Nothing stands between a level and its count but a blank: `满意-2人` is no count of anything. */
const counted = /^(?:([1-9]\d?)\s*[人名位]\s*)?([\p{L}][\p{L}\s]*?)(?:\s*([1-9]\d?)\s*[人名位]?)?$/u;

/** A part that is meant as a count and is none that could be read: `-2人`, `3人` apart from its level, `x2`, `不满意人2`. */
const oddCount =
  /(?:^|[\s,，、;；。])(?:[^\p{L}\d\s,，、;；。]*\s*\d+(?:[-~—.]\d+)?\s*(?:多|来|几)?[人名位]|[x×*~+-]+\s*\d+|[^\s,，、;；。]*(?:满意|satisfied)[^\s,，、;；。]*\d+\s*[人名位]?)(?=$|[\s,，、;；。])/iu;

/** Whether a line that is not levels alone holds something like a count of people: that is asked about, never guessed. */
export function holdsOddCount(words: string): boolean {
  return oddCount.test(words.normalize('NFKC'));
}

/**
 * `满意` of one, `满意 满意 不满意` or `满意3人、不满意1人` of several: nothing but levels. Null for anything else, and where a
 * level with a count behind it is not said in its own words.
 */
export function levelsIn(words: string): number[] | null {
  const said = words
    .normalize('NFKC')
    .split(/[,、;；。]+|(?<=[\u3400-\u9fff])\s+(?!\d)/u)
    .filter((part) => part !== '');
  const levels: number[] = [];
  for (const part of said) {
    const [, before, word = '', after] = counted.exec(part.trim()) ?? [];
    const isCounted = before !== undefined || after !== undefined;
    const level = levelSaid(word.trim(), isCounted);
    if (level === null || (before !== undefined && after !== undefined)) return null;
    levels.push(...Array.from({ length: Number(before ?? after ?? 1) }, () => level));
  }
  return levels.length > 0 && levels.length <= peopleMax ? levels : null;
}
