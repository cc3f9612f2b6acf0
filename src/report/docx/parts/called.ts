import { titleOf } from '../../../commands/report-summary.ts';
import type { Question } from '../../../flow/questions/question.ts';
import type { Words } from '../words.ts';

/** What stands before an item of a checklist: 一、 （一） 1. Headings and rows of a report have numbers of their own. */
const mark =
  /^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}(?:\/\d{1,2}|[.．、]))\s*/u;

/** A question as the item that it asks about, without its number and without what it tells whoever answers it. */
export function called(question: Question, { words }: Words): string {
  const title = words(titleOf(question)).replace(mark, '');
  const asked = /^(.+?)[？?]/u.exec(title)?.[1];
  return asked ?? title;
}
