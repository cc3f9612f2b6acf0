import { sentence } from '../../conversation/wording.ts';
import type { Pooled } from '../../flow/counts.ts';
import type { Param, Params, SentenceKey } from '../../flow/say.ts';
import { inLanguage, type Language, type Text } from '../../flow/text.ts';
import { shownFrom } from '../../satisfaction/small-cells.ts';
import { longDate } from './numerals.ts';

/** How things are said in one language. */
export interface Words {
  language: Language;
  say(key: SentenceKey, params?: Params): string;
  /** Something within a sentence, alone. */
  words(param: Param): string;
  name(text: Text): string;
  /** @param day YYYY-MM-DD */
  date(day: string): string;
}

export function wordsIn(language: Language): Words {
  return {
    language,
    say: (key, params) => sentence(language, key, params),
    words: (param) => sentence(language, 'docx:as-is', { words: param }),
    name: (text) => inLanguage(text, language),
    date: (day) => longDate(language, day),
  };
}

/**
 * `3/5（60%）`; of fewer than five the counts alone (`1/1`): a percentage of one says more than is known. A dash where nothing was
 * counted.
 */
export function shareOf(count: number, n: number, { say }: Words): string {
  if (n === 0) return say('docx:none');
  if (n < shownFrom) return say('docx:counts', { count, n });
  return say('docx:share', { count, n, percent: Math.round((count * 1000) / n) / 10 });
}

/** What the counts of several places (`n`) come to together: `85%（17/20，共2处）`; of fewer than five the counts alone. */
export function pooledOf({ counts, n }: Pooled, { say }: Words): string {
  return say(counts.of < shownFrom ? 'docx:pooled.few' : 'docx:pooled', { ...counts, n });
}
