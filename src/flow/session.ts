import { z } from 'zod';
import { Value, Values } from './value.ts';

/**
 * One contact's run through one flow version, as kept between two events. Plain JSON: the engine holds nothing else.
 * `live` waits for an answer; `paused` waits for `继续`; the others have ended.
 */
export const SessionState = z.strictObject({
  status: z.enum(['live', 'paused', 'completed', 'left', 'expired']),
  /** The question being asked: the first that is open, or one that was gone back to; null once ended. */
  at: z.string().nullable(),
  values: Values,
  /** Optional questions the person passed over. */
  skipped: z.array(z.string()),
  /** Notes already said. */
  seen: z.array(z.string()),
  /** The question answered last: what a bare `改` means, and where photos that come afterwards belong. */
  last: z.string().nullable(),
  /** The one meaning that the person was asked to confirm; a yes takes it. */
  doubt: Value.nullable(),
  /** Unread replies in a row to the question being asked. */
  tries: z.int(),
  /** It was asked which of several meanings this question's reply had; that is no reply in vain. */
  clarified: z.boolean(),
  /** Why it is paused: the person wished it, could not be understood, or began or took up another one. */
  rest: z.enum(['wish', 'lost', 'aside']).nullable(),
  /** A correction whose number can mean several questions (ids); `rest` is the new answer as typed. */
  choosing: z.strictObject({ among: z.array(z.string()), rest: z.string() }).nullable(),
  /** A photo question that was gone back to: its next photo starts the count again. */
  restart: z.string().nullable(),
  /** Silence was met with a nudge already. */
  nudged: z.boolean(),
  /** When silence must next be looked at; ISO instant. */
  wakeAt: z.string().nullable(),
});
export type SessionState = z.infer<typeof SessionState>;

export function isEnded(state: SessionState): boolean {
  return state.at === null;
}
