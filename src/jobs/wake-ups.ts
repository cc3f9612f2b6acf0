import { chaseRectifications } from '../conversation/chase.ts';
import { sendDueDigests } from '../conversation/digest.ts';
import { sendDueReminders } from '../conversation/remind.ts';
import type { TurnOptions } from '../conversation/turn.ts';
import { wakeSessions } from '../conversation/wake.ts';
import { type Loop, startLoop } from './loop.ts';
import { digestDrawer } from './overview-picture.ts';
import { askForWeeklies } from './weekly.ts';

/** Rows looked at by one tick of each kind. */
const tickMax = 500;

/**
 * What the passing of time brings: silence in a conversation, reminders, digests, weekly pictures. All of it is state in Postgres, found
 * by query, so nothing is lost with a process and nothing needs cancelling.
 */
export function startWakeUps(options: TurnOptions, pollMs: number): Loop {
  return startLoop('wake-ups', pollMs, options.log, () => wakeUp(options));
}

/**
 * One look at everything that is due; what fails in one kind keeps no other from being done.
 * @returns how much was done; @throws the first fault, after all kinds had their turn
 */
export async function wakeUp(options: TurnOptions): Promise<number> {
  const faults: unknown[] = [];
  let count = 0;
  const digests = (given: TurnOptions, limit: number) => sendDueDigests(given, limit, digestDrawer(given));
  for (const look of [sendDueReminders, digests, askForWeeklies, chaseRectifications, wakeSessions])
    await look(options, tickMax).then(
      (done) => {
        count += done;
      },
      (fault) => faults.push(fault),
    );
  if (count > 0) options.said();
  if (faults.length > 0) throw faults[0];
  return count;
}
