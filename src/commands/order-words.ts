import { dueBy, dueOf, type Task } from '../campaign/rectification/record.ts';
import type { ReadingContext } from '../flow/reading/reading.ts';
import { dayAndWords } from './day-and-words.ts';

/** What an order says of its kind and day, and the words that are left. */
export type ReadOrder =
  | { kind: 'instant'; words: string }
  | { kind: 'task'; task: Task; words: string }
  /** No day, or one that can be several; `isReview`: of something that waits for an event. */
  | { kind: 'unclear'; candidates: string[]; isReview: boolean; words: string };

const instant = /^(?:立行立改|立即整改|马上整改|当场整改|at once|immediately|instant)[\s,，;；:：。.]*/iu;
const review = /(?:复查|复核|评估|回看|review(?:\s+(?:on|by))?)/iu;
/** 审批局成立后 is an event; 待常务会议通过后 a condition (DA-2). Said outright, either word decides. */
const conditional = /^(?:条件|condition|待|须经|经|如|若|subject to|once|if)\s*[:：]?\s*/iu;
const named = /^(?:事件|条件|event|condition)\s*[:：]?\s*/iu;
const dayAtEnd =
  /[\s,，;；]*(?:于|在|到|on|by)?\s*((?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}-\d{1,2}-\d{1,2}|\d{1,2} [a-z]{3,9}(?: \d{4})?)\s*$/iu;
const ends = /^[\s,，;；:：、]+|[\s,，;；:：、]+$/gu;

/** Reads what stands behind the number of `整改 12 …`. */
export function readOrder(said: string, context: ReadingContext): ReadOrder {
  const words = said.trim();
  const at = instant.exec(words);
  if (at !== null) return { kind: 'instant', words: words.slice(at[0].length).trim() };
  const parts = review.exec(words);
  if (parts !== null && parts.index > 0) {
    const bound = boundTask(words.slice(0, parts.index), words.slice(parts.index + parts[0].length), context);
    if (bound !== null) return bound;
  }
  const { day, candidates, words: requirement } = dayAndWords(words, context);
  if (day === null) return { kind: 'unclear', candidates, isReview: false, words: requirement };
  return { kind: 'task', task: { kind: 'dated', dueOn: day }, words: requirement };
}

/**
 * An order that a tapped day completes: what was asked for, and what it waits for, stand in the sentence that lacked the day.
 * @param said the order as it was read from that sentence; null where none was left to complete
 */
export function completed(
  tapped: Exclude<ReadOrder, { kind: 'unclear' }>,
  said: ReadOrder | null,
): Exclude<ReadOrder, { kind: 'unclear' }> {
  if (said === null) return tapped;
  const words = tapped.words === '' ? said.words : tapped.words;
  return tapped.kind === 'task' && said.kind === 'task'
    ? { kind: 'task', task: dueBy(said.task, dueOf(tapped.task)), words }
    : { ...tapped, words };
}

/** `3,4 立行立改`, `3和4`: numbers of several problems, of which each needs an order of its own; null for one. */
export function severalNumbers(said: string): { numbers: number[]; words: string } | null {
  const [list = ''] = several.exec(said.trim()) ?? [];
  const numbers = (list.match(/\d+/g) ?? []).map(Number);
  return numbers.length < 2 ? null : { numbers, words: said.trim().slice(list.length).trim() };
}

/** Not `3，7月10日`, `3，10 July` or `3，5个工作日内`: what follows a number of a problem is no part of a date. */
const several =
  /^[#＃]?\d{1,9}\s*号?(?:\s*(?:[,，、;；和与及&]|and\b)\s*[#＃]?\d{1,9}(?!\d|\s*[月日年天个周/.:：-]|\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|work|day|week))\s*号?(?:问题)?)+[\s:：,，、;；]*/iu;

/** `待征求意见后，8月1日复查` and `审批局成立后 复查 8月1日`; null when nothing is waited for. */
function boundTask(before: string, after: string, context: ReadingContext): ReadOrder | null {
  const atEnd = dayAtEnd.exec(before.replace(ends, ''));
  const awaitsSaid = (atEnd === null ? before : before.replace(ends, '').slice(0, atEnd.index)).replace(
    ends,
    '',
  );
  const isBound =
    conditional.test(awaitsSaid) || named.test(awaitsSaid) || /[后时]$|^(?:after|when)\b/iu.test(awaitsSaid);
  if (!isBound) return null;
  const { day, candidates, words } = dayAndWords(atEnd?.[1] ?? after, context);
  if (day === null) return { kind: 'unclear', candidates, isReview: true, words };
  const kind = conditional.test(awaitsSaid) && !/^(?:事件|event)/iu.test(awaitsSaid) ? 'condition' : 'event';
  const awaits = awaitsSaid.replace(named, '');
  const requirement = (atEnd === null ? words : after).replace(ends, '');
  return { kind: 'task', task: { kind, awaits, reviewOn: day }, words: requirement };
}
