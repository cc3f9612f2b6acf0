import type { Mover } from '../../campaign/rectification/mover.ts';
import {
  type CaseMoved,
  type CaseSetting,
  closed,
  dueIn,
  entered,
  isOfUnit,
  outOfTurn,
  refuse,
  to,
  todayOf,
  unfit,
  withPerson,
} from './moved.ts';
import type { RatingCase } from './record.ts';

/**
 * What looking into it has found: 立行立改, put right at once (`words`: the measure); 限期整改, with a day no later than the
 * campaign's own clock allows; 无依据, nothing to put right, to be explained.
 */
export type Verdict =
  | { outcome: 'simple' | 'no-basis'; words: string }
  | { outcome: 'complex'; words: string; dueOn: string | null };

/** 核实: somebody looked into it (国办发〔2019〕51号: at once, by somebody in charge). */
export function verify(record: RatingCase, verdict: Verdict, who: Mover, setting: CaseSetting): CaseMoved {
  const { number } = setting;
  const refused = unfit(who, setting);
  if (refused !== null) return refused;
  if (record.stage !== 'verifying') return outOfTurn(record, setting, 'refused.verify-stage');
  const { outcome, words } = verdict;
  if (words === '') return refuse(`refused.verify-${outcome}`, { number });
  const fixers = withPerson(record.fixers, who.id);
  switch (outcome) {
    case 'simple': {
      const found = { verdict: outcome, finding: null, measure: words, fixers };
      return { kind: 'moved', to: entered(record, 'replying', setting, found) };
    }
    case 'no-basis': {
      const found = { verdict: outcome, finding: words, measure: null, fixers };
      // Who is rated does not find by themselves that there is nothing to it. The step's clock goes on.
      if (isOfUnit(who, setting))
        return to(record, { ...found, proposed: who.id, reminded: false, chase: null });
      return { kind: 'moved', to: entered(record, 'replying', setting, found) };
    }
    case 'complex': {
      const last = dueIn('rectifying', setting);
      const dueOn = verdict.dueOn ?? last;
      if (dueOn < todayOf(setting)) return refuse('refused.past', { number, day: { date: dueOn } });
      if (dueOn > last)
        return refuse('refused.too-late', { number, day: { date: dueOn }, last: { date: last } });
      const found = { verdict: outcome, finding: words, measure: null, dueOn };
      return { kind: 'moved', to: entered(record, 'rectifying', setting, found) };
    }
  }
}

/** 整改: it is put right, and how. */
export function rectify(record: RatingCase, measure: string, who: Mover, setting: CaseSetting): CaseMoved {
  const refused = unfit(who, setting);
  if (refused !== null) return refused;
  if (record.stage !== 'rectifying') return outOfTurn(record, setting, 'refused.rectify-stage');
  if (measure === '') return refuse('refused.rectify-words', { number: setting.number });
  const fixers = withPerson(record.fixers, who.id);
  return { kind: 'moved', to: entered(record, 'replying', setting, { measure, fixers }) };
}

/**
 * 反馈: the words for the rater. Whoever can answer is called back or asked next; of a rating that nobody can be asked about
 * the reply is the end, and that is not for those who put it right.
 */
export function reply(record: RatingCase, words: string, who: Mover, setting: CaseSetting): CaseMoved {
  const { number } = setting;
  const refused = unfit(who, setting);
  if (refused !== null) return refused;
  if (record.stage !== 'replying') return outOfTurn(record, setting, 'refused.reply-stage');
  if (words === '') return refuse('refused.reply-words', { number });
  if (record.contact || record.receipt)
    return {
      kind: 'moved',
      to: entered(record, 'calling-back', setting, { reply: words, relay: record.chat }),
    };
  if (record.fixers.includes(who.id)) return refuse('refused.reply-closes', { number });
  return { kind: 'moved', to: closed(record, 'replied', setting, { reply: words }) };
}
