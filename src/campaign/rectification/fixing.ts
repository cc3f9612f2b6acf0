import { addWorkdays } from '../calendar.ts';
import { dateOf } from '../instant.ts';
import { type LedgerMoved, outOfTurn, refuse, type Setting, to } from './moved.ts';
import { answersFor, type Mover } from './mover.ts';
import { withPerson } from './objection.ts';
import { dueOf, isUnitsTurn, type Rectification } from './record.ts';

/** What the unit says of its putting-right. */
export interface Measure {
  /** Who answers for it: a post, not necessarily a name. */
  owner: string;
  measure: string;
  /** What is still to come and when; null when it is done. */
  steps: string | null;
}

/** 接受: the unit takes it on. Again changes nothing. */
export function accept(record: Rectification, who: Mover, setting: Setting): LedgerMoved {
  const { number, at } = setting;
  if (!answersFor(record, who)) return refuse('refused.not-yours', { number });
  if (record.state !== 'ordered') return outOfTurn(record, setting, 'refused.accepted');
  return to(record, {
    state: 'accepted',
    since: at,
    chase: null,
    receivedAt: record.receivedAt ?? at,
    fixers: withPerson(record.fixers, who.id),
  });
}

/** The unit's reply: under way with what is still to come, or done and to be verified. It counts as taking it on. */
export function answer(
  record: Rectification,
  measure: Measure,
  isDone: boolean,
  who: Mover,
  setting: Setting,
): LedgerMoved {
  const { number, at } = setting;
  if (!answersFor(record, who)) return refuse('refused.not-yours', { number });
  const inTurn = isUnitsTurn({ ...record, extension: null });
  if (!inTurn) return outOfTurn(record, setting, 'refused.reply-state');
  return to(record, {
    state: isDone ? 'replied' : 'working',
    ...measure,
    since: at,
    // Under way is an answer to the order, but none to being late.
    chase: isDone ? null : record.chase,
    returned: null,
    // What is done needs no more time.
    extension: isDone ? null : record.extension,
    receivedAt: record.receivedAt ?? at,
    fixers: withPerson(record.fixers, who.id),
  });
}

/** The last day on which more time can be asked for: one workday before the due day (Quanzhou, DOMAIN 2.6). */
export function askingEnd({ task }: Rectification, { calendar }: Setting): string {
  return addWorkdays(calendar, dueOf(task), -1);
}

/** 延期: the unit asks for more time, before it is too late to ask. */
export function askExtension(
  record: Rectification,
  { until, reason }: { until: string; reason: string },
  who: Mover,
  setting: Setting,
): LedgerMoved {
  const { number, at, zone } = setting;
  if (!answersFor(record, who)) return refuse('refused.not-yours', { number });
  if (record.extension !== null)
    return refuse('refused.extension-asked', { number, until: { date: record.extension.until } });
  if (!isUnitsTurn(record)) return outOfTurn(record, setting, 'refused.extension-state');
  const last = askingEnd(record, setting);
  if (dateOf(at, zone) > last) return refuse('refused.extension-late', { number, last: { date: last } });
  const due = dueOf(record.task);
  if (until <= due)
    return refuse('refused.extension-early', { number, due: { date: due }, until: { date: until } });
  if (reason === '') return refuse('refused.extension-reason', { number });
  return to(record, {
    extension: { until, reason, askedAt: at },
    receivedAt: record.receivedAt ?? at,
    fixers: withPerson(record.fixers, who.id),
    chase: null,
  });
}
