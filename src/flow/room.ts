import type { Question } from './questions/question.ts';
import type { Reading } from './reading/reading.ts';
import type { SentenceKey } from './say.ts';

/**
 * Whether something said in a room, without speaking to the bot, is meant as an answer (docs/decisions/0005). The person
 * has a question open there, but people in a room also talk to one another: what can't be an answer is left alone, and
 * what is doubtful is asked about once a question at most.
 * @param isFresh whether nothing was said about a reply to this question yet
 */
export function isMeant(question: Question, text: string, reading: Reading, isFresh: boolean): boolean {
  switch (reading.kind) {
    case 'value':
      if (isFree(question)) return !isTalk(text);
      return reading.exact || !toOthers.test(text);
    case 'ambiguous':
      return isFresh && !toOthers.test(text);
    case 'skip':
      return true;
    case 'unread':
      return isFresh && nearMisses.has(reading.hint) && text.length <= nearMissMax && !toOthers.test(text);
  }
}

/** Questions that take any words at all. */
export function isFree(question: Question): boolean {
  return question.type === 'text' || question.type === 'place';
}

/** Courtesies, words to others, and signs without letters. */
export function isTalk(text: string): boolean {
  return toOthers.test(text) || !/[\p{L}\p{N}]/u.test(text) || courtesies.test(text);
}

/** Spoken to somebody else, or asked. */
const toOthers = /(?:^|\s)@\S|[?？]\s*$/u;
const courtesies =
  /^(?:(?:好|行|可以|收到|明白|知道|了解|谢谢|多谢|感谢|辛苦|不客气|抱歉|哈|呵|嗯|哦|噢|早|在|来)(?:的|了|啦|吧|哈|嗯|哦|您|你|大家|各位)*[，,。.!！~～\s]*)+$|^(?:ok|okay|thanks|thank you|got it|hi|hello|morning|sure|welcome|sorry)[.!\s]*$/iu;
const nearMissMax = 20;
/** Hints for what is an answer of the right kind, but not one that can be taken. */
const nearMisses: ReadonlySet<SentenceKey> = new Set<SentenceKey>([
  'flow:hint.choice.range',
  'flow:hint.choice.one',
  'flow:hint.choices.min',
  'flow:hint.choices.max',
  'flow:hint.counts.over',
  'flow:hint.counts.zero',
  'flow:hint.counts.zero.skip',
  'flow:hint.number.one',
  'flow:hint.number.integer',
  'flow:hint.number.min',
  'flow:hint.number.max',
  'flow:hint.number.between',
  'flow:hint.date.one',
  'flow:hint.date.impossible',
  'flow:hint.date.earliest',
  'flow:hint.date.latest',
  'flow:hint.date.between',
]);
