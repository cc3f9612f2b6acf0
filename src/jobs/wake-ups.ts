import { sendDueDigests } from '../conversation/digest.ts';
import { sendDueReminders } from '../conversation/remind.ts';
import type { TurnOptions } from '../conversation/turn.ts';
import { wakeSessions } from '../conversation/wake.ts';
import { type Loop, startLoop } from './loop.ts';

/** Rows looked at by one tick of each kind. */
const tickMax = 500;

/**
 * What the passing of time brings: silence in a conversation, reminders, digests. All of it is state in Postgres, found
 * by query, so nothing is lost with a process and nothing needs cancelling.
 */
export function startWakeUps(options: TurnOptions, pollMs: number): Loop {
  return startLoop('wake-ups', pollMs, options.log, () => wakeUp(options));
}

/** One look at everything that is due. @returns how much was done */
export async function wakeUp(options: TurnOptions): Promise<number> {
  const reminded = await sendDueReminders(options, tickMax);
  const digested = await sendDueDigests(options, tickMax);
  const woken = await wakeSessions(options, tickMax);
  const count = reminded + digested + woken;
  if (count > 0) options.said();
  return count;
}
