import { judged } from './calling-back.ts';
import { type CaseSetting, closed, dueIn, entered, todayOf } from './moved.ts';
import type { Again, CaseEnding, RatingCase } from './record.ts';

/** A case of a rating that was given today. `receipt`: whether the rater can answer by it. */
export function opened(
  setting: Pick<CaseSetting, 'at' | 'zone' | 'calendar' | 'steps'>,
  receipt: boolean,
): RatingCase {
  return {
    stage: 'verifying',
    since: todayOf(setting),
    dueOn: dueIn('verifying', setting),
    verdict: null,
    proposed: null,
    finding: null,
    measure: null,
    reply: null,
    contact: false,
    receipt,
    chat: false,
    relay: false,
    tries: [],
    called: null,
    again: null,
    againBy: null,
    fixers: [],
    rounds: 0,
    appeal: null,
    late: false,
    ended: null,
    news: 'opened',
    reminded: false,
    chase: null,
  };
}

/** The rating was changed to a negative one once more: it is looked into from the beginning. Null when there is no need. */
export function openedAgain(record: RatingCase, setting: CaseSetting): RatingCase | null {
  if (record.ended !== 'changed') return null;
  const anew = { ended: null, verdict: null, finding: null, measure: null, reply: null };
  return entered(record, 'verifying', setting, { ...anew, news: 'opened' });
}

/**
 * The rater left a way to be called back; null when it is too late for that. Where only an answer by receipt was waited for,
 * there is somebody to call now: that has its own days.
 */
export function contactLeft(record: RatingCase, setting: CaseSetting): RatingCase | null {
  const { stage, contact, late, news } = record;
  if (stage === 'closed') return null;
  const left = { contact: true, chat: false, relay: false };
  if (stage === 'calling-back' && !contact)
    return entered(record, stage, setting, { ...left, late, news: 'contact' });
  return { ...record, ...left, news: news ?? 'contact' };
}

/** The same of a rater who wants to hear in the chat that they wrote from: nobody need call, the service tells them there. */
export function chatLeft(record: RatingCase): RatingCase | null {
  const { stage, reply } = record;
  if (stage === 'closed') return null;
  return { ...record, contact: false, chat: true, relay: stage === 'calling-back' && reply !== null };
}

/** Endings after which the rater still has the last word on the fix. */
const answerable: readonly (CaseEnding | null)[] = ['satisfied', 'dissatisfied', 'unreachable', 'silent'];

/**
 * The rater's own second rating, by receipt: while it is asked for, and after the case was closed on what somebody else
 * wrote down. Null while there is nothing to rate.
 */
export function ratedAgain(record: RatingCase, again: Again, setting: CaseSetting): RatingCase | null {
  const given = { again, againBy: 'rater' as const };
  if (record.stage !== 'calling-back' && !(record.stage === 'closed' && answerable.includes(record.ended)))
    return null;
  const after = judged(record, given, setting);
  if (after.stage === 'closed' && record.stage === 'closed')
    return { ...record, ...given, ended: after.ended };
  return { ...after, news: after.stage === 'closed' ? 'over' : 'again' };
}

/** The rating is negative no more, or no more at all. Of what nobody was told yet nobody need be. Null when it is closed already. */
export function calledOff(
  record: RatingCase,
  ended: 'changed' | 'withdrawn',
  setting: CaseSetting,
): RatingCase | null {
  if (record.stage === 'closed') return null;
  return closed(record, ended, setting, { news: record.news === 'opened' ? null : 'over' });
}
