import type { Mover } from '../../campaign/rectification/mover.ts';
import {
  type CaseMoved,
  type CaseSetting,
  closed,
  entered,
  isOfOffice,
  isOfUnit,
  outOfTurn,
  refuse,
} from './moved.ts';
import type { RatingCase } from './record.ts';

/** 申诉: somebody of the office says that the rating is mistaken or malicious. Once, and before it is put right. */
export function appeal(record: RatingCase, reason: string, who: Mover, setting: CaseSetting): CaseMoved {
  const { number } = setting;
  if (!isOfOffice(setting, who)) return refuse('refused.appeal-office', { number });
  if (record.appeal !== null && record.stage !== 'appealed') return refuse('refused.appealed', { number });
  if (record.stage !== 'verifying' && record.stage !== 'rectifying')
    return outOfTurn(record, setting, 'refused.appeal-stage');
  // What the rater has found wanting twice is no mistake.
  if (record.rounds > 0) return refuse('refused.appeal-again', { number });
  if (reason === '') return refuse('refused.appeal-reason', { number });
  const made = { by: who.id, reason, decided: null };
  return { kind: 'moved', to: entered(record, 'appealed', setting, { appeal: made }) };
}

/**
 * 复核: upheld, the rating is not counted (不计入); refused, it is looked into with a fresh clock. Never by whoever appealed, nor
 * by anybody of that unit (国办发〔2019〕51号: 申诉复核).
 */
export function decide(
  record: RatingCase,
  { upheld, reason }: { upheld: boolean; reason: string },
  who: Mover,
  setting: CaseSetting,
): CaseMoved {
  const { number } = setting;
  if (!who.coordinates && !who.leads) return refuse('refused.coordinators-only', { number });
  if (record.stage !== 'appealed' || record.appeal === null)
    return outOfTurn(record, setting, 'refused.nothing-appealed');
  if (record.appeal.by === who.id) return refuse('refused.decide-self', { number });
  if (isOfUnit(who, setting)) return refuse('refused.decide-own', { number });
  if (reason === '') return refuse('refused.decide-reason', { number });
  const made = { ...record.appeal, decided: upheld ? ('upheld' as const) : ('refused' as const) };
  if (upheld) return { kind: 'moved', to: closed(record, 'struck', setting, { appeal: made }) };
  const anew = { appeal: made, verdict: null, finding: null };
  return { kind: 'moved', to: entered(record, 'verifying', setting, anew) };
}
