import type { Params, SentenceKey } from '../say.ts';
import type { Value } from '../value.ts';

/**
 * What a reply was understood to mean.
 * - `value`: one meaning. `exact` is false when it was inferred from a sentence: the person is then told how it was read.
 * - `ambiguous`: several meanings, or one that is only likely; ask, never guess. There is always a candidate.
 * - `skip`: nothing to say (没有) where nothing needs to be said: as good as 跳过.
 * - `unread`: no meaning for this question; `hint` says in one short sentence what to send.
 */
export type Reading<V extends Value = Value> =
  | { kind: 'value'; value: V; exact: boolean }
  | { kind: 'ambiguous'; candidates: V[] }
  | { kind: 'skip' }
  | { kind: 'unread'; hint: SentenceKey; params?: Params };

/** What a reader may know besides the reply: the moment it was sent (ISO instant) and the campaign's time zone. */
export interface ReadingContext {
  at: string;
  zone: string;
  /** Which was meant was just asked, or the list explained: a number now is the one shown there. */
  asked?: boolean;
}

/** Words longer than this (UTF-16 units) are not searched for a choice, a number or a date. */
export const wordsMax = 300;

/** One meaning, said outright. */
export function certain<V extends Value>(value: V): Reading<V> {
  return { kind: 'value', value, exact: true };
}

/** One meaning, inferred: the person is told how it was read. */
export function inferred<V extends Value>(value: V): Reading<V> {
  return { kind: 'value', value, exact: false };
}

/** Ask which was meant. */
export function ambiguous<V extends Value>(candidates: V[]): Reading<V> {
  return { kind: 'ambiguous', candidates };
}

export function unread(
  hint: SentenceKey,
  params?: Params,
): { kind: 'unread'; hint: SentenceKey; params?: Params } {
  return params === undefined ? { kind: 'unread', hint } : { kind: 'unread', hint, params };
}
