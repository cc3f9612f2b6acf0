import type { SentenceKey } from '../say.ts';
import type { Params } from '../say.ts';
import type { Value } from '../value.ts';

/**
 * What a reply was understood to mean.
 * - `value`: one meaning. `exact` is false when it was inferred from a sentence: the person is then told how it was read.
 * - `ambiguous`: several meanings; ask which, never guess.
 * - `unread`: no meaning for this question; `hint` says in one short sentence what to send.
 */
export type Reading<V extends Value = Value> =
  | { kind: 'value'; value: V; exact: boolean }
  | { kind: 'ambiguous'; candidates: V[] }
  | { kind: 'unread'; hint: SentenceKey; params?: Params };

/** What a reader may know besides the reply: the moment it was sent (ISO instant) and the campaign's time zone. */
export interface ReadingContext {
  at: string;
  zone: string;
}
