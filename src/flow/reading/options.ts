import type { ChoiceOption } from '../questions/base.ts';
import type { Text } from '../text.ts';
import { cut, type Doubt, doubtAround, isEitherOr, isNegated } from './doubt.ts';
import { normalise, trimMarks } from './normalise.ts';
import { topicOf } from './weightless.ts';

/** The wordings of a list of options, made ready once. Options are meant by their index. */
export interface Wordings {
  /** A whole reply → the options it names. */
  whole: Map<string, number[]>;
  /** Finds wordings inside a sentence, the longest first. */
  inside: RegExp | null;
  /** What the question speaks of: its own words beside a wording add nothing. */
  topic: ReadonlySet<string>;
  count: number;
}

/** What a sentence says about options: which it names, in order, and how far it may be believed. */
export interface Mention {
  options: number[];
  doubt: Doubt;
  /** The sentence with `cut` in place of every wording. */
  rest: string;
  /** The wordings that were cut out, in order, one a `cut`. */
  said: string[];
}

/**
 * Makes the labels (in every language) and synonyms of options ready for searching.
 * @param label the question's
 * @param more further wordings by option index
 * @param alone wordings that count only as the whole reply
 */
export function wordingsOf(
  options: readonly ChoiceOption[],
  label = '',
  more: Named[] = [],
  alone: Named[] = [],
): Wordings {
  const whole = new Map<string, number[]>();
  const put = (option: number, normalised: string) => {
    const key = trimMarks(normalised);
    const known = whole.get(key) ?? [];
    if (key !== '' && !known.includes(option)) whole.set(key, [...known, option]);
  };
  const add = (option: number, wording: string) => {
    const normalised = normalise(wording);
    put(option, normalised);
    put(option, normalised.replace(/\s*\([^()]*\)/g, ''));
  };
  options.forEach((option, index) => {
    for (const wording of [...inEvery(option.label), ...(option.synonyms ?? [])]) add(index, wording);
  });
  for (const [option, wording] of more) add(option, wording);
  for (const [option, wording] of overlaps([...whole])) put(option, wording);
  const inside = patternOf([...whole.keys()]);
  for (const [option, wording] of alone) add(option, wording);
  return { whole, inside, topic: topicOf(normalise(label)), count: options.length };
}

/** A wording of the option at an index. */
export type Named = readonly [option: number, wording: string];

/** Which options a whole reply names outright; none when it is more or less than a wording. */
export function namedBy(words: string, wordings: Wordings): number[] {
  return wordings.whole.get(words) ?? wordings.whole.get(trimMarks(words)) ?? [];
}

/** The options named anywhere in a sentence; the longest wording wins, so 不满意 is never read as 满意. */
export function mentionsIn(words: string, wordings: Wordings): Mention | undefined {
  if (wordings.inside === null) return undefined;
  const options: number[] = [];
  const said: string[] = [];
  const rest = words.replace(wordings.inside, (wording) => {
    said.push(wording);
    for (const option of wordings.whole.get(wording) ?? [])
      if (!options.includes(option)) options.push(option);
    return cut;
  });
  return options.length === 0
    ? undefined
    : { options, doubt: doubtIn(words, rest, said, wordings), rest, said };
}

/** Two wordings that run into one another (没人 and 缺岗 in 没人缺岗) may say what neither does alone. */
function doubtIn(words: string, rest: string, said: string[], { topic }: Wordings): Doubt {
  if (isEitherOr(words)) return 'asked';
  const doubt = doubtAround(rest, topic);
  if (doubt !== 'none' || !rest.includes(cut + cut)) return doubt;
  return said.every((wording) => wording === said[0]) ? doubt : 'hedged';
}

/** Options whose wording holds the whole reply: `态度` for 服务态度差. What is left out must deny nothing. */
export function partlyNamedBy(words: string, wordings: Wordings): number[] {
  const part = trimMarks(words);
  if (part.length < 2 || /^[\d\s]+$/.test(part) || (/^[a-z]/.test(part) && part.length < 4)) return [];
  const found = new Set<number>();
  for (const [wording, options] of wordings.whole) {
    const at = wording.indexOf(part);
    if (at < 0) continue;
    const left = `${wording.slice(0, at)} ${wording.slice(at + part.length)}`;
    if (!isNegated(left)) for (const option of options) found.add(option);
  }
  return [...found].sort((a, b) => a - b);
}

/** Two wordings of one option run into one another: 服务态度 and 态度不好 make 服务态度不好. */
function overlaps(whole: [string, number[]][]): Named[] {
  const single = whole.flatMap(([wording, options]) =>
    options.length === 1 ? [[options[0] ?? 0, wording] as const] : [],
  );
  return single.flatMap(([option, first]) =>
    single.flatMap(([other, second]): Named[] => {
      if (other !== option || first.includes(second) || second.includes(first)) return [];
      for (let size = Math.min(first.length, second.length) - 1; size >= 2; size -= 1)
        if (/^\P{ASCII}/u.test(second) && first.endsWith(second.slice(0, size)))
          return [[option, first + second.slice(size)]];
      return [];
    }),
  );
}

/** An author's words in every language. */
export function inEvery(text: Text): string[] {
  return typeof text === 'string' ? [text] : Object.values(text);
}

/** Wordings of one character (是, 有) stand in too many other words to be searched for. */
function patternOf(wordings: string[]): RegExp | null {
  const long = wordings.filter(
    (wording) => wording.length > 1 && !/^\d+$/.test(wording) && !/^[a-z]{1,2}$/.test(wording),
  );
  if (long.length === 0) return null;
  const sources = long.sort((a, b) => b.length - a.length).map(guarded);
  return new RegExp(sources.join('|'), 'g');
}

/** Not inside a longer word or number: `三天` not in `十三天`, `satisfied` not in `dissatisfied`, `满意` not in `满意度`. */
function guarded(wording: string): string {
  const escaped = wording.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const before = /^[a-z0-9]/.test(wording)
    ? "(?<![a-z0-9'-])"
    : /^[一二两三四五六七八九十]/.test(wording)
      ? '(?<![一二两三四五六七八九十百千万0-9])'
      : '';
  const after = /[a-z0-9]$/.test(wording) ? '(?![a-z0-9-])' : '(?![度率])';
  return before + escaped + after;
}
