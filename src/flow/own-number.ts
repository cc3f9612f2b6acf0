import { readNumeral } from './reading/numeral.ts';
import { inLanguage, languages, type Text } from './text.ts';

/** Whether an author's label begins with this number of its own, in any language: `二、…`, `2. …`, `（二）…`, `第2项…`. */
export function isOwnNumber(label: Text, number: number): boolean {
  return languages.some((language) => {
    const [, numeral = ''] = own.exec(inLanguage(label, language)) ?? [];
    return readNumeral(numeral) === number;
  });
}

const own =
  /^\s*(?:[(（第]\s*)?([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})\s*(?:[、.．)）项条题]|[:：])(?![0-9０-９])/u;
