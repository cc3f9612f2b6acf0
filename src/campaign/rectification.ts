import { acknowledge, passOn } from './rectification/chase.ts';
import { accept, answer, askExtension, type Measure } from './rectification/fixing.ts';
import {
  changeDay,
  close,
  grant,
  refuseExtension,
  reopen,
  sendBack,
  verify,
} from './rectification/judging.ts';
import { type LedgerMoved, type LedgerRefusal, refuse, type Setting } from './rectification/moved.ts';
import type { Mover } from './rectification/mover.ts';
import { dismiss, dispute, uphold } from './rectification/objection.ts';
import { type Order, order } from './rectification/order.ts';
import type { Rectification } from './rectification/record.ts';

/** What can be done to a rectification. Days are YYYY-MM-DD, `unit` is a unit's id; reasons are people's own words. */
export type LedgerMove =
  | ({ kind: 'order' } & Order)
  | { kind: 'accept' }
  | { kind: 'dispute'; reason: string }
  | { kind: 'uphold'; unit: string | null }
  | { kind: 'dismiss'; reason: string }
  | ({ kind: 'plan' } & Measure)
  | ({ kind: 'reply' } & Measure)
  /** `verified`: in the knowledge that it was verified already. */
  | { kind: 'return'; question: string; reason: string; verified?: boolean }
  | { kind: 'ask-extension'; until: string; reason: string }
  | { kind: 'grant' }
  | { kind: 'refuse'; reason: string }
  | { kind: 'verify' }
  | { kind: 'close' }
  | { kind: 'reopen'; dueOn: string; reason: string }
  | { kind: 'change-day'; dueOn: string; reason: string }
  | { kind: 'acknowledge' }
  | { kind: 'pass-on' };

/**
 * Moves a rectification on (问题台账 → 销号): ordered → accepted → working → replied → verified → closed, with objections,
 * more time, answers sent back and the look back (DOMAIN 2.1, 2.6; MDJ-3.4). Pure: the record given is left as it was, and
 * a refusal changes nothing and says what to do instead.
 * @param record null before anything was ordered; then only an order can be made
 */
export function moveRectification(
  record: Rectification | null,
  move: LedgerMove,
  who: Mover,
  setting: Setting,
): LedgerMoved {
  if (move.kind === 'order') return order(record, move, who, setting);
  if (record === null) return notOrdered(who, setting);
  switch (move.kind) {
    case 'accept':
      return accept(record, who, setting);
    case 'dispute':
      return dispute(record, move.reason, who, setting);
    case 'uphold':
      return uphold(record, move.unit, who, setting);
    case 'dismiss':
      return dismiss(record, move.reason, who, setting);
    case 'plan':
    case 'reply': {
      const { owner, measure, steps } = move;
      return answer(record, { owner, measure, steps }, move.kind === 'reply', who, setting);
    }
    case 'return':
      return sendBack(record, move, who, setting);
    case 'ask-extension':
      return askExtension(record, { until: move.until, reason: move.reason }, who, setting);
    case 'grant':
      return grant(record, who, setting);
    case 'refuse':
      return refuseExtension(record, move.reason, who, setting);
    case 'verify':
      return verify(record, who, setting);
    case 'close':
      return close(record, who, setting);
    case 'reopen':
      return reopen(record, { dueOn: move.dueOn, reason: move.reason }, who, setting);
    case 'change-day':
      return changeDay(record, { dueOn: move.dueOn, reason: move.reason }, who, setting);
    case 'acknowledge':
      return acknowledge(record, who, setting);
    case 'pass-on':
      return passOn(record, who, setting);
  }
}

/** To order is the coordinators' affair: whoever else asks is told to wait for it. */
export function notOrdered(
  { coordinates }: Pick<Mover, 'coordinates'>,
  { number }: Pick<Setting, 'number'>,
): LedgerRefusal {
  return refuse(coordinates ? 'refused.not-ordered' : 'refused.not-yet', { number });
}
