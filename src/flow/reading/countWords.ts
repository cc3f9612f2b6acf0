import type { CountsAsked } from '../questions/number.ts';
import { languages } from '../text.ts';
import { normalise } from './normalise.ts';

/**
 * Signs that stand for what a clause says of its number, so that the 一 of 一审一核 counts nothing: the question's own words for
 * the part and the whole, then a piece of these or what is usually said of either.
 */
export const sign = { part: '\ue000', partly: '\ue001', whole: '\ue002', wholly: '\ue003' } as const;
export const signs = /[\ue000-\ue003]/g;

const made = new WeakMap<CountsAsked, [RegExp, string][]>();

/** Normalised words with the signs in place of what says which number is the part and which the whole. */
export function signed(words: string, asked: CountsAsked): string {
  const patterns = made.get(asked) ?? patternsOf(asked);
  made.set(asked, patterns);
  return patterns.reduce((left, [pattern, by]) => left.replace(pattern, by), words.replace(signs, ' '));
}

function patternsOf(asked: CountsAsked): [RegExp, string][] {
  const [part, whole] = [textsOf(asked.done), textsOf(asked.of)];
  const [ofPart, ofWhole] = [part.flatMap(piecesOf), whole.flatMap(piecesOf)];
  const usual = (list: readonly string[], others: readonly string[]) =>
    list.filter((word) => !others.includes(word));
  // What both are called by says nothing: with 按时办结 of 办件, 办结20件 may be either, and 按时18件 is the part.
  const unclear = ofPart.filter((word) => ofWhole.includes(word) || wholeWords.includes(word));
  return [
    [anyOf(part), sign.part],
    [anyOf(whole), sign.whole],
    [anyOf(unclear), ' '],
    [anyOf([...usual(ofPart, unclear), ...usual(partWords, ofWhole)]), sign.partly],
    [anyOf([...usual(ofWhole, unclear), ...usual(wholeWords, unclear)]), sign.wholly],
  ];
}

function textsOf(text: CountsAsked['of']): string[] {
  const words = typeof text === 'string' ? [text] : languages.map((language) => text[language]);
  return words.map(normalise);
}

/** Two Chinese characters side by side, an English word of weight with the number before it (`one review`). */
function piecesOf(text: string): string[] {
  const pairs = [...text].flatMap((_, at) => text.slice(at, at + 2).match(/^\p{Script=Han}{2}$/u) ?? []);
  const words = Array.from(text.matchAll(/(?:\b(?:one|two|three) )?[a-z]{4,}/g), ([word]) => word);
  return [...pairs, ...words.filter((word) => word !== 'with')];
}

const partWords = [
  ...['按时', '及时', '按期', '达标', '达到', '符合', '合格', '满足'],
  ...['on time', 'in time', 'complied', 'passed'],
];
const wholeWords =
  '一共 总共 共计 合计 总数 总计 总量 总件数 共 总 抽查 抽取 抽了 抽样 抽 检查 查了 受理 办理 办结 办件 收件 收到 事项 total altogether checked sampled handled received cases matters applications'.split(
    ' ',
  );

/** None of the words, where there are none. */
function anyOf(words: readonly string[]): RegExp {
  const sorted = [...new Set(words)].sort((a, b) => b.length - a.length);
  const sources = sorted.map((word) => {
    const plain = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return /^[a-z]/.test(word) ? `(?<![a-z])${plain}(?![a-z])` : plain;
  });
  return sources.length === 0 ? /(?!)/g : new RegExp(sources.join('|'), 'g');
}
