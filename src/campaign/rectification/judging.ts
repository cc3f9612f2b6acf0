import { dateOf } from '../instant.ts';
import { type LedgerMoved, type LedgerSentence, outOfTurn, refuse, type Setting, to } from './moved.ts';
import { isFixer, type Mover } from './mover.ts';
import { withPerson } from './objection.ts';
import { dueBy, dueOf, isUnitsTurn, type Rectification, type RectificationState } from './record.ts';

/** Who may judge at all: a coordinator who is not on the side of those who fix. */
function unfit(record: Rectification, who: Mover, { number }: Setting): LedgerMoved | null {
  if (!who.coordinates) return refuse('refused.coordinators-only', { number });
  return isFixer(record, who) ? refuse('refused.fixer', { number }) : null;
}

function judge(
  record: Rectification,
  who: Mover,
  setting: Setting,
  { from, otherwise }: { from: RectificationState[]; otherwise: LedgerSentence },
): LedgerMoved | null {
  const refused = unfit(record, who, setting);
  if (refused !== null) return refused;
  return from.includes(record.state) ? null : outOfTurn(record, setting, otherwise);
}

/** 核实: it was looked at and is put right. */
export function verify(record: Rectification, who: Mover, setting: Setting): LedgerMoved {
  const otherwise = verifyRefusals[record.state] ?? 'refused.verify-state';
  const refused = judge(record, who, setting, { from: ['replied'], otherwise });
  return refused ?? to(record, { state: 'verified', since: setting.at, chase: null });
}

/** Why what is past being verified, or closed, can't be once more. */
const verifyRefusals: Partial<Record<RectificationState, LedgerSentence>> = {
  verified: 'refused.verified',
  closed: 'refused.closed',
};
const closeRefusals: Partial<Record<RectificationState, LedgerSentence>> = {
  closed: 'refused.closed',
  revoked: 'refused.close-over',
  merged: 'refused.close-over',
  split: 'refused.close-over',
};

/** 销号: only what was verified, and never by those who fixed it (DOMAIN 2.6). */
export function close(record: Rectification, who: Mover, setting: Setting): LedgerMoved {
  const otherwise = closeRefusals[record.state] ?? 'refused.close-state';
  const refused = judge(record, who, setting, { from: ['verified'], otherwise });
  return refused ?? to(record, { state: 'closed', since: setting.at, chase: null });
}

/** 退回: one answer of the reply will not do. What somebody has verified is sent back only by who says that they know. */
export function sendBack(
  record: Rectification,
  { question, reason, verified = false }: { question: string; reason: string; verified?: boolean },
  who: Mover,
  setting: Setting,
): LedgerMoved {
  const from: RectificationState[] = ['replied', 'verified'];
  const refused = judge(record, who, setting, { from, otherwise: 'refused.return-state' });
  if (refused !== null) return refused;
  const { number } = setting;
  if (reason === '') return refuse('refused.return-reason', { number });
  if (record.state === 'verified' && !verified) return refuse('refused.return-verified', { number });
  const involved = withPerson(record.involved, who.id);
  const now = { since: setting.at, remindedTo: setting.at };
  return to(record, { ...now, state: 'returned', returned: { question, reason }, chase: null, involved });
}

/** 同意延期 */
export function grant(record: Rectification, who: Mover, setting: Setting): LedgerMoved {
  const { number, at } = setting;
  const refused = unfit(record, who, setting);
  if (refused !== null) return refused;
  if (record.extension === null) return refuse('refused.no-extension', { number });
  return to(record, {
    task: dueBy(record.task, record.extension.until),
    extension: null,
    extensions: record.extensions + 1,
    since: at,
    chase: null,
    remindedTo: at,
  });
}

/** 不同意延期 */
export function refuseExtension(
  record: Rectification,
  reason: string,
  who: Mover,
  setting: Setting,
): LedgerMoved {
  const { number, at } = setting;
  const refused = unfit(record, who, setting);
  if (refused !== null) return refused;
  if (record.extension === null) return refuse('refused.no-extension', { number });
  if (reason === '') return refuse('refused.refuse-reason', { number });
  const involved = withPerson(record.involved, who.id);
  return to(record, { extension: null, since: at, chase: null, involved, remindedTo: at });
}

/** 改期: the day of an order was set wrongly, or can't stay. What is to be done at once is then due by a day. */
export function changeDay(
  record: Rectification,
  { dueOn, reason }: { dueOn: string; reason: string },
  who: Mover,
  setting: Setting,
): LedgerMoved {
  const { at, zone, number } = setting;
  const refused = unfit(record, who, setting);
  if (refused !== null) return refused;
  if (record.extension !== null) return refuse('refused.change-asked', { number });
  if (!isUnitsTurn(record)) return outOfTurn(record, setting, 'refused.change-state');
  if (dueOn < dateOf(at, zone)) return refuse('refused.past', { day: { date: dueOn } });
  if (dueOn === dueOf(record.task)) return refuse('refused.change-same', { number, due: { date: dueOn } });
  if (reason === '') return refuse('refused.change-reason', { number });
  const task = record.task.kind === 'instant' ? { kind: 'dated' as const, dueOn } : dueBy(record.task, dueOn);
  const involved = withPerson(record.involved, who.id);
  return to(record, { task, since: at, chase: null, involved, remindedTo: at });
}

/** 回头看: closed, but there again. */
export function reopen(
  record: Rectification,
  { dueOn, reason }: { dueOn: string; reason: string },
  who: Mover,
  setting: Setting,
): LedgerMoved {
  const { at, zone, number } = setting;
  const refused = judge(record, who, setting, { from: ['closed'], otherwise: 'refused.reopen-state' });
  if (refused !== null) return refused;
  if (dueOn < dateOf(at, zone)) return refuse('refused.past', { day: { date: dueOn } });
  if (reason === '') return refuse('refused.reopen-reason', { number });
  const task = 'dueOn' in record.task ? dueBy(record.task, dueOn) : { kind: 'dated' as const, dueOn };
  return to(record, {
    state: 'reopened',
    task,
    since: at,
    orderedAt: at,
    chase: null,
    remindedTo: null,
    reopened: record.reopened + 1,
    // Objections are to a conclusion: this is a new one.
    objected: false,
    receivedAt: null,
    involved: withPerson(record.involved, who.id),
  });
}
