import { addWorkdays } from '../calendar.ts';
import { addDays } from '../day.ts';
import { instantOf } from '../instant.ts';
import { type LedgerMoved, refuse, type Setting, to } from './moved.ts';
import type { Mover } from './mover.ts';
import { decisionEnd } from './objection.ts';
import { type Chase, dueOf, isUnitsTurn, type Rectification } from './record.ts';
import type { LedgerRules } from './rules.ts';
import { afterWorkdays, inWorkingTime } from './working-time.ts';

/** Who is told in turn when nobody answers (问题升级). */
export const chaseLevels = ['owner', 'head', 'coordinator', 'group'] as const;
export type ChaseLevel = (typeof chaseLevels)[number];

/** Workdays before the last day of a decision on which the leading group hears that it is still open. */
const decisionWorkdays = 3;

/** A silence: whose it is, upwards, and since when. The first of the chain knows; the others are told in turn. */
export interface Silence {
  chain: readonly ChaseLevel[];
  since: string;
}

/** What waits for the coordinators they were told of; then the leading group is. */
const judged: readonly ChaseLevel[] = ['coordinator', 'group'];

/** Of what is verified only whoever verified it knows: the coordinators are told first. */
const verified: readonly ChaseLevel[] = ['coordinator', 'coordinator', 'group'];

/**
 * Who owes the next move, and since when: the unit that has not taken the order on, or is late; the coordinators who have
 * a reply to verify, something verified to close, a wish for more time or an objection to decide. Null when nobody is
 * waited for.
 */
export function silenceOf(record: Rectification, zone: string): Silence | null {
  const { state, extension, dispute, since } = record;
  if (extension !== null) return { chain: judged, since: extension.askedAt };
  switch (state) {
    case 'ordered': {
      const over = lateFrom(record, zone);
      // An order that nobody takes on is asked about before it is late, and then as late.
      return { chain: chaseLevels, since: record.chase?.since === over ? over : since };
    }
    case 'accepted':
    case 'working':
    case 'returned':
    case 'reopened':
      return { chain: chaseLevels, since: lateFrom(record, zone) };
    case 'replied':
      return { chain: judged, since };
    case 'verified':
      return { chain: verified, since };
    case 'disputed':
      return { chain: judged, since: dispute?.at ?? since };
    case 'closed':
    case 'revoked':
    case 'merged':
    case 'split':
      return null;
  }
}

/** The first instant at which the due day is over. */
function lateFrom({ task }: Rectification, zone: string): string {
  return instantOf(addDays(dueOf(task), 1), '00:00', zone);
}

/** The next step of the chain. `at` is in working time. */
export interface ChaseStep {
  at: string;
  level: number;
  whom: ChaseLevel;
  since: string;
}

type Times = Omit<Setting, 'at' | 'number'>;

/** Who is told next if nobody moves, and when; null at the end of the chain. */
export function nextChase(record: Rectification, rules: LedgerRules, times: Times): ChaseStep | null {
  const silence = silenceOf(record, times.zone);
  if (silence === null) return null;
  const step = stepOf(record, silence, rules, times);
  if (step !== null || record.state !== 'ordered') return step;
  // Everybody knows that it was not taken on: the next to be told is that it is late.
  const since = lateFrom(record, times.zone);
  return since === silence.since ? null : stepOf(record, { ...silence, since }, rules, times);
}

function stepOf(
  record: Rectification,
  { chain, since }: Silence,
  rules: LedgerRules,
  times: Times,
): ChaseStep | null {
  const told = toldOf(record, since);
  const whom = chain[told.level + 1];
  if (whom === undefined) return null;
  return { at: stepAt(record, told, rules, times), level: told.level + 1, whom, since };
}

/** The last step that was taken for this silence; who owes the answer counts as told when it began. */
function toldOf({ chase }: Rectification, since: string): Chase {
  return chase?.since === since ? chase : { since, level: 0, toldAt: since, answer: null };
}

function stepAt({ state, dispute }: Rectification, told: Chase, rules: LedgerRules, times: Times): string {
  const { calendar, zone, quiet } = times;
  if (told.answer?.kind === 'passed') return inWorkingTime(told.answer.at, times);
  if (state === 'disputed' && dispute !== null && told.level === 0 && told.answer === null) {
    const day = addWorkdays(calendar, decisionEnd(dispute.at, times), -decisionWorkdays);
    const morning = quiet.from === quiet.to ? '09:00' : quiet.to;
    return inWorkingTime(instantOf(day, morning, zone), times);
  }
  const [from, days] =
    told.answer === null ? [told.toldAt, rules.silence] : [told.answer.at, rules.acknowledged];
  return afterWorkdays(from, days, times);
}

/** A step was taken: somebody of that level was told, or nobody is there and the next is told at once. */
export function chased(
  record: Rectification,
  { level, since }: ChaseStep,
  at: string,
  isTold: boolean,
): Rectification {
  return {
    ...record,
    chase: { since, level, toldAt: at, answer: isTold ? null : { kind: 'passed', at } },
  };
}

/** Whether somebody stands where the chain has arrived. */
function isTold(record: Rectification, who: Mover, zone: string): boolean {
  const silence = silenceOf(record, zone);
  if (silence === null || record.chase?.since !== silence.since) return false;
  const level = silence.chain[record.chase.level];
  return level !== undefined && standsAt(level, record, who);
}

function standsAt(level: ChaseLevel, record: Rectification, who: Mover): boolean {
  switch (level) {
    case 'owner':
    case 'head':
      return who.answersFor.includes(record.unit);
    case 'coordinator':
      return who.coordinates;
    case 'group':
      return who.leads;
  }
}

/** 知悉: whoever was told sees to it; the next one hears of it only if nothing has moved some workdays later. */
export function acknowledge(record: Rectification, who: Mover, setting: Setting): LedgerMoved {
  return answered(record, 'acknowledged', who, setting);
}

/** 转报: whoever was told hands it up at once. */
export function passOn(record: Rectification, who: Mover, setting: Setting): LedgerMoved {
  const chain = silenceOf(record, setting.zone)?.chain ?? [];
  if (isTold(record, who, setting.zone) && chain[(record.chase?.level ?? 0) + 1] === undefined)
    return refuse('refused.top', { number: setting.number });
  return answered(record, 'passed', who, setting);
}

function answered(
  record: Rectification,
  kind: 'acknowledged' | 'passed',
  who: Mover,
  { at, zone, number }: Setting,
): LedgerMoved {
  const { chase } = record;
  if (chase === null || !isTold(record, who, zone)) return refuse('refused.nothing-told', { number });
  if (chase.answer !== null)
    return refuse('refused.told-answered', { number, at: { instant: chase.answer.at, zone } });
  return to(record, { chase: { ...chase, answer: { kind, at } } });
}

/** The day after which the unit is late, for lamps and pages; null while it is not its turn. */
export function countedDay(record: Rectification): string | null {
  return isUnitsTurn(record) || record.extension !== null ? dueOf(record.task) : null;
}
