import { addDays } from '../../campaign/day.ts';
import { dateOf, instantOf } from '../../campaign/instant.ts';
import { afterWorkdays, inWorkingTime, type WorkingTime } from '../../campaign/rectification/working-time.ts';
import { type CaseSetting, closed, todayOf } from './moved.ts';
import { type ChaseLevel, chaseLevels, type RatingCase } from './record.ts';

/** When on its last day whoever owes a step is reminded. */
const remindedAt = '09:00';

/** What the passing of time brings to a case, soonest first. */
export type CaseStep =
  | { kind: 'news' }
  | { kind: 'relay' }
  | { kind: 'remind'; whom: ChaseLevel }
  | { kind: 'chase'; level: number; whom: ChaseLevel }
  | { kind: 'silent' };

/** A step and its instant: a full hour, in working time where people are told something. */
export interface TimedStep {
  at: string;
  step: CaseStep;
}

/** `silence`: workdays after which the next of the chain is told. */
export type CaseTimes = WorkingTime & { silence: number };

/**
 * Who owes the next move, and who is told in turn when it does not come: the unit's people, or the coordinators who have an
 * appeal to decide, or a call-back or that there is no basis to confirm. Empty when nobody is waited for: a rater who was asked by receipt owes nothing.
 */
export function chainOf({ stage, contact, called, proposed }: RatingCase): readonly ChaseLevel[] {
  switch (stage) {
    case 'verifying':
      return proposed === null ? chaseLevels : ['coordinator', 'group'];
    case 'rectifying':
    case 'replying':
      return chaseLevels;
    case 'calling-back':
      return !contact ? [] : called === null ? chaseLevels : ['coordinator', 'group'];
    case 'appealed':
      return ['coordinator', 'group'];
    case 'closed':
      return [];
  }
}

/** What comes next if nobody moves; null when nothing does. */
export function nextStep(record: RatingCase, times: CaseTimes): TimedStep | null {
  const { since, news, relay, dueOn, stage, contact } = record;
  const over = dueOn === null ? null : instantOf(addDays(dueOn, 1), '00:00', times.zone);
  if (news !== null)
    return { at: working(instantOf(since, '00:00', times.zone), times), step: { kind: 'news' } };
  if (relay) return { at: working(instantOf(since, '00:00', times.zone), times), step: { kind: 'relay' } };
  if (over === null || dueOn === null) return null;
  // Nobody is told: it need not wait for anybody's working time.
  if (stage === 'calling-back' && !contact) return { at: fullHour(over), step: { kind: 'silent' } };
  const chain = chainOf(record);
  const [owes] = chain;
  if (owes !== undefined && !record.reminded && since < dueOn) {
    const at = working(instantOf(dueOn, remindedAt, times.zone), times);
    if (dateOf(at, times.zone) === dueOn) return { at, step: { kind: 'remind', whom: owes } };
  }
  return chaseOf(record, chain, over, times);
}

function chaseOf(
  { chase }: RatingCase,
  chain: readonly ChaseLevel[],
  over: string,
  times: CaseTimes,
): TimedStep | null {
  const level = (chase?.level ?? 0) + 1;
  const whom = chain[level];
  if (whom === undefined) return null;
  const told = chase?.at ?? null;
  // Where nobody was there to be told the next one's turn is at once.
  const at = told === null ? working(over, times) : working(afterWorkdays(told, times.silence, times), times);
  return { at, step: { kind: 'chase', level, whom } };
}

/** When to look at a case again; null when it waits for nobody. */
export function wakeOf(record: RatingCase, times: CaseTimes): string | null {
  return nextStep(record, times)?.at ?? null;
}

/** The record after a step was taken. `isTold`: somebody is there; otherwise the next of the chain is told at once. */
export function stepTaken(
  record: RatingCase,
  step: CaseStep,
  setting: CaseSetting,
  isTold: boolean,
): RatingCase {
  switch (step.kind) {
    case 'news':
      // Told on the last day they need no reminder of it.
      return { ...record, news: null, reminded: record.reminded || todayOf(setting) === record.dueOn };
    case 'relay':
      return { ...record, relay: false };
    case 'remind':
      return { ...record, reminded: true };
    case 'chase': {
      const at = isTold ? hourOf(setting.at) : null;
      return { ...record, reminded: true, chase: { level: step.level, at } };
    }
    case 'silent':
      // Nobody was late: the rater did not have to say anything.
      return { ...closed(record, 'silent', setting), late: record.late };
  }
}

/** In working time, at a full hour: steps are taken by a job that runs then. */
function working(instant: string, times: CaseTimes): string {
  const at = fullHour(inWorkingTime(instant, times));
  return inWorkingTime(at, times) === at ? at : fullHour(inWorkingTime(at, times));
}

const hourMs = 3_600_000;

/** The instant itself, or the next full hour. */
export function fullHour(instant: string): string {
  return new Date(Math.ceil(Date.parse(instant) / hourMs) * hourMs).toISOString();
}

/** The full hour that an instant lies in. */
function hourOf(instant: string): string {
  return new Date(Math.floor(Date.parse(instant) / hourMs) * hourMs).toISOString();
}
