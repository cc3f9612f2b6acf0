import { z } from 'zod';
import { Values } from './value.ts';

/**
 * One contact's run through one flow version, as kept between two events. Plain JSON: the engine holds nothing else.
 * `live` waits for an answer; `paused` waits for `继续`; the others have ended.
 */
export const SessionState = z.strictObject({
  status: z.enum(['live', 'paused', 'completed', 'left', 'expired']),
  /** The question being asked; null once ended. */
  at: z.string().nullable(),
  values: Values,
  /** Optional questions the person passed over. */
  skipped: z.array(z.string()),
  /** Questions asked so far and still relevant, in the order asked: the way back. */
  trail: z.array(z.string()),
  /** Unread replies in a row to the question being asked. */
  tries: z.int(),
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
