import type { Mode } from '../campaign/activities/activity.ts';
import type { Param } from '../flow/say.ts';
import { isExact, nextWords } from './mode-words.ts';

/** How far a task that is not reported is, for one person. */
export interface Standing {
  mode: Mode;
  visitsDone: number;
  visitsMin: number;
  visitsMax: number;
  /** They have a record of it that is not finished. */
  begun: boolean;
  /** Days of service handed in that are not over; false for a mode without such days as well. */
  planned: boolean;
}

/** What a person does next with a task, in the words of its mode. */
export function nextStep({ mode, visitsDone, visitsMin, visitsMax, begun, planned }: Standing): Param {
  if (begun) return { key: 'commands:task.next.resume' };
  const params = nextWords(mode);
  if (visitsDone >= visitsMax || (visitsDone >= visitsMin && isExact(mode, visitsMin, visitsMax)))
    return { key: 'commands:task.next.report', params };
  if (visitsDone >= visitsMin) return { key: 'commands:task.next.either', params };
  return { key: 'commands:task.next.checkin', params: { next: firstOf(mode, visitsDone, planned) } };
}

/** Two modes have something before their record: days to hand in (JX-2.4), matters to list (MDJ-1.1). */
function firstOf(mode: Mode, visitsDone: number, planned: boolean): Param {
  if (mode === 'experience' && !planned) return { key: 'modes:next.first.experience' };
  if (mode === 'walkthrough' && visitsDone === 0) return { key: 'modes:next.first.walkthrough' };
  return nextWords(mode).next;
}
