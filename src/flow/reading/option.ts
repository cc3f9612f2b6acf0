import type { ChoiceOption } from '../questions/base.ts';
import { arabic } from './arabic.ts';
import { chinese } from './chinese.ts';
import { isCrossed, saysNone } from './crossed.ts';
import { cut } from './doubt.ts';
import { normalise, trimMarks } from './normalise.ts';
import {
  inEvery,
  type Mention,
  mentionsIn,
  type Named,
  namedBy,
  partlyNamedBy,
  type Wordings,
  wordingsOf,
} from './options.ts';
import { readPicks } from './picks.ts';
import { withoutThanks } from './pickWords.ts';
import { ambiguous, certain, inferred, type Reading, unread, wordsMax } from './reading.ts';
import { yesNoOf } from './yesNo.ts';

/** A list of options made ready for reading one of them. */
export interface OptionReader {
  options: readonly ChoiceOption[];
  wordings: Wordings;
  /** Replies that are a label or a number, and nothing else. */
  quick: Map<string, Reading<string>>;
  /** The indexes of `yes` and `no`, when there are such options. */
  yes: number;
  no: number;
}

/**
 * Reads which one of several options a reply names: by number, ordinal, letter, label, synonym, or a sentence with one of
 * these; yes and no words for options with the ids `yes` and `no`. Options are numbered from 1 in their order.
 * @param label the question's, in every language
 * @param more further wordings by option index
 */
export function optionReader(options: readonly ChoiceOption[], label = '', more: Named[] = []): OptionReader {
  const wordings = wordingsOf(options, label, more);
  const at = (id: string) => options.findIndex((option) => option.id === id);
  const [yes, no] = [at('yes'), at('no')];
  const reader = {
    options,
    wordings,
    quick: new Map<string, Reading<string>>(),
    yes: no < 0 ? -1 : yes,
    no: yes < 0 ? -1 : no,
  };
  for (const [index, { label }] of options.entries())
    for (const word of [String(index + 1), ...inEvery(label)])
      reader.quick.set(word, Object.freeze(searched(reader, normalise(word))));
  if (reader.yes >= 0)
    for (const word of plainYesNo) reader.quick.set(word, Object.freeze(searched(reader, word)));
  return reader;
}

const plainYesNo = '是 是的 有 对 好 好的 要 否 没有 不是 不要 不用 不用了 yes no'.split(' ');

export function readWith(reader: OptionReader, text: string): Reading<string> {
  const quick = reader.quick.get(text);
  if (quick !== undefined) return quick;
  if (text.length > wordsMax) return unread('flow:hint.choice');
  return searched(reader, normalise(text));
}

function searched(reader: OptionReader, words: string): Reading<string> {
  const count = reader.options.length;
  const plain = trimMarks(withoutThanks(words.replace(kindFaces, ' ').replace(/ {2,}/g, ' ')));
  const whole = namedBy(words, reader.wordings);
  const named = whole.length > 0 ? whole : namedBy(plain, reader.wordings);
  const picks = readPicks(plain, count, false);
  if (picks?.kind === 'maybe') return among(reader, [...picks.sets.flat(), ...named], false);
  if (picks?.kind === 'picked') {
    const labelled = picks.indexes.flatMap((index) => labelledBy(index + 1, reader));
    return among(reader, [...picks.indexes, ...labelled, ...named], picks.exact);
  }
  if (named.length > 0) return among(reader, named, true);
  const yesNo = yesNoFor(reader, words);
  if (yesNo !== undefined) return yesNo;
  if (picks?.kind === 'outside') return unread('flow:hint.choice.range', { count });
  return (
    sentence(reader, plain) ?? unread(picks?.kind === 'all' ? 'flow:hint.choice.one' : 'flow:hint.choice')
  );
}

/** Options that carry the number themselves: line 2 and `2次` or `2号窗口` are different answers to a "2". */
function labelledBy(number: number, { options }: OptionReader): number[] {
  return options.flatMap(({ label }, index) =>
    inEvery(label).some((one) => numberIn(normalise(one)) === number) ? [index] : [],
  );
}

function numberIn(label: string): number | undefined {
  const match = /(?<![\d.])\d+(?![\d.:~到至-])/.exec(label) ?? /[一二三四五六七八九十]+(?=号)/.exec(label);
  return match === null ? undefined : (arabic(match[0]) ?? chinese(match[0]));
}

function yesNoFor({ yes, no, options }: OptionReader, words: string): Reading<string> | undefined {
  if (yes < 0) return undefined;
  const reading = yesNoOf(words);
  if (reading?.kind !== 'ambiguous') return reading;
  return ambiguous(options.filter((_, index) => index === yes || index === no).map(({ id }) => id));
}

/** A sentence that holds a wording. */
function sentence(reader: OptionReader, words: string): Reading<string> | undefined {
  const mention = mentionsIn(words, reader.wordings);
  if (mention === undefined) {
    const partly = partlyNamedBy(words, reader.wordings);
    return partly.length > 0 && partly.length <= 5 ? among(reader, partly, false, true) : undefined;
  }
  const { doubt, rest } = mention;
  const numbered = [...rest.matchAll(numberBefore)].map((match) => Number(match[1]) - 1);
  const known = numbered.filter((index) => index >= 0 && index < reader.options.length);
  const found = [...new Set([...mention.options, ...known])];
  if (doubt === 'asked') return undefined;
  const [first = 0] = found;
  const decides = found.length === 1 && (first === reader.yes || first === reader.no);
  if (doubt === 'none' && decides && isCrossed(rest, first === reader.yes, reader.wordings.topic))
    return among(reader, [reader.yes, reader.no], false);
  if (doubt === 'none') return among(reader, found, onlyNumbered.test(rest), known.length < numbered.length);
  return found.length > 1 ? among(reader, found, false) : doubted(reader, first, mention);
}

/** What may be meant by an option that was denied or put in doubt: never, as a value, the one denied. */
function doubted(
  reader: OptionReader,
  index: number,
  { doubt, rest, said }: Mention,
): Reading<string> | undefined {
  const { options, yes, no } = reader;
  if (index === yes && flatDenial.test(rest)) return inferred('no');
  if (index === no && saysNone(rest, said)) return inferred('yes');
  if (index === yes || index === no) return among(reader, [yes, no], false);
  if (doubt === 'hedged') return among(reader, [index], false, true);
  const others = options.map((_, at) => at).filter((at) => at !== index);
  return others.length <= 5 ? among(reader, others, false, true) : undefined;
}

function among({ options }: OptionReader, indexes: number[], exact: boolean, ask = false): Reading<string> {
  const ids = options.flatMap(({ id }, at) => (indexes.includes(at) ? [id] : []));
  const [id] = ids;
  if (id === undefined) return unread('flow:hint.choice');
  if (ids.length > 1 || ask) return ambiguous(ids);
  return exact ? certain(id) : inferred(id);
}

/** Faces that take nothing back. */
const kindFaces = /(?![👍👎👌✅✔✖✗✘❌☑⭕🆗😡😠🤬💩🙄🙃😒😂🤣😅🙂])\p{Extended_Pictographic}/gu;
const numberBefore = new RegExp(`(?<![\\d.])(\\d{1,2})\\s*[.、:)\\],]?\\s*${cut}`, 'g');
const onlyNumbered = new RegExp(`^\\d{1,2} ?[.、:)\\],]? ?${cut}$`);
/** `不到位`, `没有落实`, `还没有告知`, `没人在岗`: the plain opposite of a yes. */
const flatDenial = new RegExp(
  `^(?:都|还|并|尚|也|目前|暂时|确实|服务|我|, )*(?:不|没有?|没有?人|无人|未|未能|没能|不能|没做到|未做到|不用|不需要|无需|不必|不是|不要|别|not ?|did not |no )${cut}[的了呢啊。!. ]*$`,
);
