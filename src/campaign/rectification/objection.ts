import { addWorkdays, workdaysBetween } from '../calendar.ts';
import { dateOf } from '../instant.ts';
import { type LedgerMoved, outOfTurn, refuse, type Setting, to } from './moved.ts';
import { answersFor, isFixer, type Mover } from './mover.ts';
import { dueBy, dueOf, isUnitsTurn, type Rectification } from './record.ts';
import { periodEnd } from './working-time.ts';

/** Days to object from receipt, and days to decide from the objection (政府督查工作条例 art. 17). */
export const objectionDays = 30;
export const decisionDays = 30;

/** The last day on which the unit may object; null while it has not been told. */
export function objectionEnd(record: Rectification, { calendar, zone }: Setting): string | null {
  const { receivedAt } = record;
  return receivedAt === null ? null : periodEnd(dateOf(receivedAt, zone), objectionDays, calendar);
}

/** The last day on which an objection made at an instant is to be decided. */
export function decisionEnd(objectedAt: string, { calendar, zone }: Omit<Setting, 'at' | 'number'>): string {
  return periodEnd(dateOf(objectedAt, zone), decisionDays, calendar);
}

/** 异议: the unit says that it is not its problem, or not one. Its clock stands still meanwhile. */
export function dispute(record: Rectification, reason: string, who: Mover, setting: Setting): LedgerMoved {
  const { at, number, calendar, zone } = setting;
  if (!answersFor(record, who)) return refuse('refused.not-yours', { number });
  if (record.objected) return refuse('refused.objected', { number });
  if (!isUnitsTurn(record)) return outOfTurn(record, setting, 'refused.dispute-state');
  const last = objectionEnd(record, setting);
  const today = dateOf(at, zone);
  if (last !== null && today > last) return refuse('refused.dispute-late', { number, last: { date: last } });
  if (reason === '') return refuse('refused.dispute-reason', { number });
  const left = Math.max(0, workdaysBetween(calendar, today, dueOf(record.task)));
  return to(record, {
    state: 'disputed',
    dispute: { at, reason, before: record.state, left },
    since: at,
    chase: null,
  });
}

/** Who may decide: a coordinator or the leading group, but nobody who took part in the conclusion and nobody of the unit. */
function undecidable(record: Rectification, who: Mover, setting: Setting): LedgerMoved | null {
  const { number } = setting;
  if (!who.coordinates && !who.leads) return refuse('refused.deciders-only', { number });
  if (record.state !== 'disputed' || record.dispute === null)
    return outOfTurn(record, setting, 'refused.nothing-disputed');
  if (isFixer(record, who)) return refuse('refused.decide-own', { number });
  return record.involved.includes(who.id) ? refuse('refused.recuse', { number }) : null;
}

/**
 * 异议成立: the order is taken back. Where another unit is named it goes there, as a new order with as many workdays as
 * were left.
 */
export function uphold(
  record: Rectification,
  unit: string | null,
  who: Mover,
  setting: Setting,
): LedgerMoved {
  const refused = undecidable(record, who, setting);
  if (refused !== null) return refused;
  const { at, number } = setting;
  if (unit === record.unit) return refuse('refused.same-unit', { number });
  const involved = withPerson(record.involved, who.id);
  const decided = { dispute: null, since: at, chase: null, involved, extension: null, returned: null };
  if (unit === null) return to(record, { ...decided, state: 'revoked', objected: true });
  return to(record, {
    ...decided,
    state: 'ordered',
    unit,
    task: resumed(record, setting),
    objected: false,
    orderedAt: at,
    receivedAt: null,
    remindedTo: null,
    owner: null,
    measure: null,
    steps: null,
    fixers: [],
  });
}

/** 异议不成立: the order stands, and the workdays that were left then are left now. */
export function dismiss(record: Rectification, reason: string, who: Mover, setting: Setting): LedgerMoved {
  const refused = undecidable(record, who, setting);
  if (refused !== null) return refused;
  if (reason === '') return refuse('refused.dismiss-reason', { number: setting.number });
  return to(record, {
    state: record.dispute?.before ?? 'ordered',
    task: resumed(record, setting),
    dispute: null,
    objected: true,
    since: setting.at,
    chase: null,
    remindedTo: setting.at,
    involved: withPerson(record.involved, who.id),
  });
}

/** The task, due as many workdays after today as it was after the objection; never earlier than before. */
function resumed(
  { task, dispute: objection }: Rectification,
  { at, calendar, zone }: Setting,
): Rectification['task'] {
  const day = addWorkdays(calendar, dateOf(at, zone), Math.max(1, objection?.left ?? 0));
  return day > dueOf(task) ? dueBy(task, day) : task;
}

export function withPerson(people: readonly string[], id: string): string[] {
  return people.includes(id) ? [...people] : [...people, id];
}
