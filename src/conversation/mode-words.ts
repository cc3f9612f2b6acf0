import type { Mode } from '../campaign/activities/activity.ts';
import type { Param } from '../flow/say.ts';
import type { Text } from '../flow/text.ts';

/** What the task of a mode is, behind "please". */
export function does(mode: Mode, target: Text): Param {
  return { key: `modes:does.${mode}`, params: { target } };
}

/** "3 windows checked": how many of what a mode counts are done. */
export function counted(mode: Mode, count: number): Param {
  return { key: `modes:count.${mode}`, params: { count } };
}

/** "3 windows in all". */
export function inAll(mode: Mode, count: number): Param {
  return { key: `modes:total.${mode}`, params: { count } };
}

/** What a mode counts, behind a number. */
export function counters(mode: Mode): { what: Param; unit: Param } {
  return { what: { key: `modes:what.${mode}` }, unit: { key: `modes:unit.${mode}` } };
}

/** What to say for the next one; `more` when enough are done. */
export function nextWords(mode: Mode): { next: Param; more: Param } {
  return { next: { key: `modes:next.${mode}` }, more: { key: `modes:more.${mode}` } };
}

/** How many visits are asked for: a number, or from one to another; of a walk-through all that is listed (MDJ-1.1). */
export function needed(mode: Mode, min: number, max: number): Param {
  return isExact(mode, min, max) ? min : { key: 'modes:range', params: { min, max } };
}

/** Whether neither fewer nor more are asked for. */
export function isExact(mode: Mode, min: number, max: number): boolean {
  return mode === 'walkthrough' || min === max;
}
