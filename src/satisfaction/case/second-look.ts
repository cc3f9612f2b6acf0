import type { Mover } from '../../campaign/rectification/mover.ts';
import {
  type CaseMoved,
  type CaseRefusal,
  type CaseSetting,
  entered,
  isOfUnit,
  outOfTurn,
  refuse,
} from './moved.ts';
import type { RatingCase } from './record.ts';

/** 同意: somebody outside the unit agrees that there is no basis, and the rater is replied to (DOMAIN 2.2: 谁整改的不能销号). */
export function agree(record: RatingCase, who: Mover, setting: CaseSetting): CaseMoved {
  if (record.stage !== 'verifying' || record.proposed === null)
    return outOfTurn(record, setting, 'refused.nothing-proposed');
  const refused = unfitToLook(record, who, setting);
  if (refused !== null) return refused;
  return { kind: 'moved', to: entered(record, 'replying', setting) };
}

/**
 * 退回: looked at once more, with a reason. What the unit found to have no basis is looked into anew; a reply that the rater
 * should not be left with is written anew, also when it was shown already.
 */
export function sendBack(record: RatingCase, reason: string, who: Mover, setting: CaseSetting): CaseMoved {
  const isProposed = record.stage === 'verifying' && record.proposed !== null;
  if (!isProposed && (record.stage !== 'calling-back' || record.reply === null))
    return outOfTurn(record, setting, 'refused.nothing-to-return');
  const refused = unfitToLook(record, who, setting);
  if (refused !== null) return refused;
  if (reason === '') return refuse('refused.return-reason', { number: setting.number });
  return {
    kind: 'moved',
    to: isProposed
      ? entered(record, 'verifying', setting, { verdict: null, finding: null })
      : entered(record, 'replying', setting, { reply: null }),
  };
}

/** 转: a rating that names no unit is handed to the one that it is about, whose clock begins today. */
export function handOn(record: RatingCase, who: Mover, setting: CaseSetting): CaseMoved {
  const { number, unit } = setting;
  if (!who.coordinates) return refuse('refused.hand-coordinator', { number });
  if (unit !== null) return refuse('refused.hand-unit', { number });
  if (record.stage !== 'verifying') return outOfTurn(record, setting, 'refused.hand-stage');
  return { kind: 'moved', to: entered(record, 'verifying', setting) };
}

function unfitToLook(record: RatingCase, who: Mover, setting: CaseSetting): CaseRefusal | null {
  const { number } = setting;
  if (!who.coordinates && !who.leads) return refuse('refused.look-coordinators', { number });
  if (record.proposed === who.id || record.fixers.includes(who.id) || isOfUnit(who, setting))
    return refuse('refused.look-own', { number });
  return null;
}
