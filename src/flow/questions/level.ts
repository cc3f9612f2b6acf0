import { z } from 'zod';
import { cut, doubtAround } from '../reading/doubt.ts';
import { levelWords, levelWordsAlone } from '../reading/levelWords.ts';
import { normalise, trimMarks } from '../reading/normalise.ts';
import { type Mention, mentionsIn, type Named, namedBy, wordingsOf } from '../reading/options.ts';
import { readPicks } from '../reading/picks.ts';
import { moodIn, starsIn } from '../reading/rating.ts';
import { ambiguous, certain, inferred, type Reading, unread, wordsMax } from '../reading/reading.ts';
import type { Reply } from '../reply.ts';
import { answerable, type ChoiceOption } from './base.ts';

/**
 * The five levels of 国办发〔2019〕51号: 非常满意 = 5 … 非常不满意 = 1; the last two count as a negative rating.
 * Shown best first. The answer is the number.
 */
export const LevelQuestion = z.strictObject({ type: z.literal('level'), ...answerable });
export type LevelQuestion = z.infer<typeof LevelQuestion>;

/** The levels as shown, best first; an option's id is its value. */
export const levelOptions: readonly ChoiceOption[] = [
  { id: '5', label: { 'zh-CN': '非常满意', en: 'Very satisfied' } },
  { id: '4', label: { 'zh-CN': '满意', en: 'Satisfied' } },
  { id: '3', label: { 'zh-CN': '基本满意', en: 'Fairly satisfied' } },
  { id: '2', label: { 'zh-CN': '不满意', en: 'Dissatisfied' } },
  { id: '1', label: { 'zh-CN': '非常不满意', en: 'Very dissatisfied' } },
];

/**
 * Reads a level. The trap: the list is shown best first, so its line 1 is 非常满意, which is five stars. `1星` and `1分` are
 * marks, and a digit is the line that the person saw, but a bare `5` is also what praise is written with (五星), so which is
 * meant is asked once; a `5` again is then the line. 1 to 4 stay the lines, and the person is told how they were read:
 * this list, 1 for the best, is how such surveys are sent by text message everywhere, nobody praises with a mere 4, and to
 * ask after every 4 would put one question more before the dissatisfied only, some of whom would then be missing.
 */
export function readLevel(_question: LevelQuestion, reply: Reply, asked = false): Reading<number> {
  if (reply.press !== undefined) {
    const [id = ''] = reply.press.options;
    return /^[1-5]$/.test(id) && reply.press.options.length === 1
      ? certain(Number(id))
      : unread('flow:hint.press');
  }
  const quick = lines[reply.text];
  if (quick !== undefined) return asked && quick.kind === 'value' ? certain(quick.value) : quick;
  if (reply.text.length > wordsMax) return hint;
  const words = normalise(reply.text);
  const five = fiveIn(words);
  if (five !== undefined)
    return five === 'praise' ? either : asked ? certain(1) : five === 'bare' ? either : inferred(1);
  return levelIn(words) ?? hint;
}

/** A 5 alone: `bare`, with a pleased face, or with another. Undefined for anything else. */
function fiveIn(words: string): 'bare' | 'praise' | 'blame' | undefined {
  const mood = moodIn(words);
  const plain = mood === undefined ? words : words.replace(faces, ' ');
  if (!five.test(trimMarks(plain))) return undefined;
  return mood === undefined || mood === 0 || mood === 3 ? 'bare' : mood > 3 ? 'praise' : 'blame';
}

function levelIn(words: string): Reading<number> | undefined {
  const outright = namedBy(words, wordings);
  const named = (outright.length > 0 ? outright : namedBy(words.replace(particles, ''), wordings)).map(
    levelAt,
  );
  if (named.length > 0) return one(named, labels.has(trimMarks(words)));
  const mood = moodIn(words);
  const plain = mood === undefined ? words : words.replace(faces, ' ').replace(/ {2,}/g, ' ').trim();
  const { marks, rest } = starsIn(plain.replace(denial, 'not').replace(greetings, ' '));
  const mention = mentionsIn(rest, wordings);
  if (mention !== undefined && mention.doubt !== 'none') return doubted(mention);
  const said = mention?.options.map(levelAt) ?? [];
  const line = lineIn(mention?.rest ?? (marks.length > 0 ? '' : rest));
  const all = [...new Set([...marks, ...said, ...(line === undefined ? [] : [line])])];
  const doubtfulMarks = mention === undefined && marks.length > 0 && doubtAround(`${cut}${rest}`) !== 'none';
  const strayNumber = mention !== undefined && line === undefined && /\d/.test(mention.rest);
  if (doubtfulMarks || strayNumber) return ambiguous(all);
  if (mood === undefined) return one(all, false);
  if (all.length === 0) return mood > 0 && trimMarks(rest) === '' ? inferred(mood) : undefined;
  if (!all.some((level) => against(level, mood))) return one(all, labels.has(trimMarks(plain)));
  return ambiguous([...new Set([...all, ...(mood > 0 ? [mood] : [])])]);
}

function one(levels: number[], exact: boolean): Reading<number> | undefined {
  const [level, ...others] = levels;
  if (level === undefined) return undefined;
  if (others.length > 0) return ambiguous(levels);
  return exact ? certain(level) : inferred(level);
}

/** What may be meant by a level that was denied or put in doubt: never the one denied. */
function doubted({ doubt, options, rest }: Mention): Reading<number> | undefined {
  const levels = options.map(levelAt);
  if (doubt === 'asked') return undefined;
  const several = rest.indexOf(cut) !== rest.lastIndexOf(cut);
  if (doubt === 'hedged' || several) return ambiguous(levels);
  const others = levels.flatMap((level) => insteadOf[level] ?? []).filter((level) => !levels.includes(level));
  return ambiguous([...new Set(others)]);
}

const insteadOf: Record<number, number[]> = { 5: [4, 3, 2], 4: [3, 2], 3: [4, 2], 2: [4, 3], 1: [3, 2] };

/** The line of the list that a number or letter names, beside a wording or alone. */
function lineIn(rest: string): number | undefined {
  const bare = trimMarks(rest.replaceAll(cut, ' '));
  const picks = bare === '' ? undefined : readPicks(bare, 5, false);
  return picks?.kind === 'picked' && picks.indexes.length === 1 ? levelAt(picks.indexes[0] ?? 0) : undefined;
}

function against(level: number, mood: number): boolean {
  return mood === 0 || (level > 3 && mood < 3) || (level < 3 && mood > 3) || (level === 3 && mood === 1);
}

function levelAt(index: number): number {
  return 5 - index;
}

const byIndex = (table: typeof levelWords): Named[] =>
  table.flatMap(([levels, words]) =>
    words.flatMap((word) => levels.map((level): Named => [5 - level, word])),
  );
const wordings = wordingsOf(levelOptions, '', byIndex(levelWords), byIndex(levelWordsAlone));
const labels = new Set(levelOptions.flatMap(({ label }) => Object.values(label).map(normalise)));
const hint: Reading<number> = Object.freeze(unread('flow:hint.level'));

const either: Reading<number> = Object.freeze(ambiguous([5, 1]));
const five = /^(?:我?[给打评]个?)?(?:5|五|five)[吧啊呀哦了的呢]*$/;

/** The commonest replies need no search. */
const lines: Record<string, Reading<number>> = Object.create(null);
for (const [index, option] of levelOptions.entries()) {
  if (index < 4) lines[String(index + 1)] = Object.freeze(inferred(levelAt(index)));
  for (const label of Object.values(option.label)) lines[label] = Object.freeze(certain(levelAt(index)));
}

/** 好的 is an acknowledgement, 可以的 a rating. */
const particles = /(?<=..)[的了吧啊呀哦啦]{1,2}[。!]*$/;
const faces = /\p{Extended_Pictographic}(?<![⭐🌟★☆])/gu;
const denial = /(?<![a-z])(?:was|is|were|are|am|do|does|did|have|has|had)(?: ?n[o']?t|nt)(?![a-z])/g;
const greetings =
  /一般(?:来说|来讲|情况下?)|good (?:morning|afternoon|evening|day|night|luck)|普通话|不好意思/g;
