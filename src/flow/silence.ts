import type { Flow } from './definition.ts';
import type { SessionState } from './session.ts';

/** A paused session waits this many times longer than a silent one: the person said that they would come back. */
const pausedPatience = 7;

/** When silence must next be looked at, after something happened `at` an ISO instant; null once the session ended. */
export function wakeAt({ silence }: Flow, state: SessionState, at: string): string | null {
  if (state.at === null) return null;
  if (state.status === 'paused') return after(at, silence.expireAfter * pausedPatience);
  return after(at, state.nudged ? silence.expireAfter - silence.nudgeAfter : silence.nudgeAfter);
}

/** The last instant reckoned: the sessions of one batch share theirs, and dates are a tenth of a step. */
let reckoned = { at: '', minutes: 0, instant: '' };

function after(at: string, minutes: number): string {
  if (reckoned.at !== at || reckoned.minutes !== minutes)
    reckoned = { at, minutes, instant: new Date(Date.parse(at) + minutes * 60_000).toISOString() };
  return reckoned.instant;
}
