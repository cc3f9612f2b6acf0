import type { Mover } from '../../campaign/rectification/mover.ts';
import {
  type CaseMoved,
  type CaseSetting,
  closed,
  entered,
  outOfTurn,
  refuse,
  to,
  todayOf,
  unfit,
} from './moved.ts';
import { type Again, type CallResult, type RatingCase, roundsMax, triesMin } from './record.ts';

/**
 * 回访: somebody who may see the contact has called, and what the rater said of the fix. Who put it right never closes the
 * case: what they heard is kept, and closes when somebody else says the same. 不满意 brings it back once (二次整改).
 */
export function callBack(
  record: RatingCase,
  result: CallResult,
  who: Mover,
  setting: CaseSetting,
): CaseMoved {
  const { number } = setting;
  const refused = unfit(who, setting);
  if (refused !== null) return refused;
  if (record.stage !== 'calling-back') return outOfTurn(record, setting, 'refused.call-stage');
  if (!record.contact) return refuse('refused.no-contact', { number });
  if (!setting.isOwner) return confirm(record, result, who, setting);
  const isFixer = record.fixers.includes(who.id);
  if (!isFixer && record.called?.result === result) return settle(record, result, setting);
  if (result === 'unreachable') return missed(record, who, setting);
  // Against themselves anybody may say it.
  if (isFixer && !comesBack(record, result)) return to(record, { called: { result, by: who.id } });
  return settle(record, result, setting);
}

/** Somebody who did not call vouches for what somebody else heard. */
function confirm(record: RatingCase, result: CallResult, who: Mover, setting: CaseSetting): CaseMoved {
  const { number } = setting;
  const { called, fixers } = record;
  if (called === null) return refuse('refused.not-called', { number });
  if (fixers.includes(who.id)) return refuse('refused.fixer', { number });
  if (called.result !== result)
    return refuse('refused.other-result', { number, result: { key: `cases:result.${called.result}` } });
  return settle(record, result, setting);
}

/** Nobody answered: one try a day, and after some days that is the result. */
function missed(record: RatingCase, who: Mover, setting: CaseSetting): CaseMoved {
  const today = todayOf(setting);
  if (record.tries.includes(today)) return refuse('refused.tried-today', { number: setting.number });
  const tries = [...record.tries, today];
  if (tries.length < triesMin) return to(record, { tries });
  if (record.fixers.includes(who.id))
    return to(record, { tries, called: { result: 'unreachable', by: who.id } });
  return settle({ ...record, tries }, 'unreachable', setting);
}

function settle(record: RatingCase, result: CallResult, setting: CaseSetting): CaseMoved {
  if (result === 'unreachable') return { kind: 'moved', to: closed(record, 'unreachable', setting) };
  return { kind: 'moved', to: judged(record, { again: result, againBy: 'staff' }, setting) };
}

/** What a second rating of the fix leads to. */
export function judged(
  record: RatingCase,
  given: { again: Again; againBy: 'staff' | 'rater' },
  setting: CaseSetting,
): RatingCase {
  if (comesBack(record, given.again)) {
    const anew = { ...given, ended: null, rounds: record.rounds + 1 };
    return entered(record, 'rectifying', setting, anew);
  }
  return closed(record, given.again === 1 ? 'dissatisfied' : 'satisfied', setting, given);
}

function comesBack({ rounds }: RatingCase, again: CallResult): boolean {
  return again === 1 && rounds < roundsMax;
}
