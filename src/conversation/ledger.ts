import {
  type LedgerMoved,
  type LedgerRefusal,
  refuse,
  type Setting,
} from '../campaign/rectification/moved.ts';
import { isTakenBack, type Rectification } from '../campaign/rectification/record.ts';
import { regroupedRefusal } from '../campaign/rectification/regroup.ts';
import { wakeOf } from '../campaign/rectification/wake.ts';
import { type LedgerMove, moveRectification } from '../campaign/rectification.ts';
import type { AuditEvent, JsonValue } from '../store/audit.ts';
import type { AuditWhat } from '../store/audit-kinds.ts';
import { isWritten, keepRectification, type LedgerFinding, recordEvent } from '../store/ledger.ts';
import type { CampaignFacts, Library } from '../store/library.ts';
import { moverOf, type NamedMover, unitByCode } from '../store/movers.ts';
import type { Run, Writes } from '../store/writes.ts';

/** What a move on the ledger works with: the caller's transaction, in which the problem is locked. */
export interface LedgerWork {
  run: Run;
  library: Library;
  at: string;
  writes: Writes;
}

/** What the rules want to know of the moment and the campaign. */
export function settingOf({ calendar, zone, rules }: CampaignFacts, number: number, at: string): Setting {
  return { at, number, calendar, zone, quiet: rules.quiet };
}

/** Somebody as the rules of a campaign's ledger see them. */
export async function moverFor(
  { run, library }: Pick<LedgerWork, 'run' | 'library'>,
  contactId: string,
  campaignId: string,
): Promise<NamedMover> {
  const { ledger } = await library.campaign(campaignId);
  return moverOf(run, contactId, campaignId, await unitByCode(run, campaignId, ledger.leadingGroup));
}

/**
 * Makes a move on a locked problem, by the rules: keeps the record, its history and its next wake-up, or changes nothing
 * and gives the refusal.
 */
export async function makeMove(
  work: LedgerWork,
  finding: LedgerFinding,
  move: LedgerMove,
  who: NamedMover,
): Promise<LedgerMoved> {
  const gone = goneRefusal(finding);
  if (gone !== null) return gone;
  const facts = await work.library.campaign(finding.campaignId);
  const isOrder = move.kind === 'order';
  const record = isOrder ? (finding.record ?? finding.former) : finding.record;
  const moved = moveRectification(record, move, who, settingOf(facts, finding.number, work.at));
  if (moved.kind === 'refused') return moved;
  // What was replied to an order that was called off is no answer to a new one.
  const isAnew = isOrder && finding.sessionId !== null && !(await isWritten(work.run, finding.sessionId));
  await keep(work, isAnew ? { ...finding, sessionId: null } : finding, moved.to);
  const { kind, ...data } = move;
  await logStep(work, finding, { kind, data: { ...data, state: moved.to.state } }, who);
  return moved;
}

/** A problem that was merged, split or taken back by its inspection is nobody's to move. */
export function goneRefusal(finding: LedgerFinding): LedgerRefusal | null {
  const { status, number, record } = finding;
  const isGone = isTakenBack(status, record);
  return regroupedRefusal(finding) ?? (isGone ? refuse('refused.withdrawn', { number }) : null);
}

/** Keeps a record as it is now, with its next wake-up. */
export async function keep(
  { run, library, at }: LedgerWork,
  finding: LedgerFinding,
  record: Rectification,
): Promise<void> {
  const facts = await library.campaign(finding.campaignId);
  const rules = { reminders: facts.rules, ledger: facts.ledger };
  const wakeAt = wakeOf(record, rules, settingOf(facts, finding.number, at));
  await keepRectification(run, finding, record, wakeAt, at);
}

/** A move, or what happens to a problem beside them. */
export type LedgerStep =
  | LedgerMove['kind']
  | 'grade'
  | 'merge'
  | 'merged-from'
  | 'split'
  | 'split-from'
  | 'freed'
  | 'withdrawn';

/** What happened to a problem: into its own history with people's words, into the audit log without. */
export async function logStep(
  { run, at, writes }: LedgerWork,
  finding: Pick<LedgerFinding, 'id' | 'number' | 'campaignId' | 'secret'>,
  { kind, data }: { kind: LedgerStep; data: Record<string, unknown> },
  who: NamedMover | null,
): Promise<void> {
  const by = who?.id ?? null;
  await recordEvent(run, { findingId: finding.id, at, by, who: who?.name ?? null, kind, data });
  const { state = null } = data as { state?: JsonValue };
  const what = doneOf[kind];
  writes.audit.push(ledgerEvent(finding, { at, by, what, data: state === null ? {} : { state } }));
}

/** What the audit log keeps of a step: `what` was done, and by whom; null for the passing of time. */
export function ledgerEvent(
  { number, campaignId, secret }: Pick<LedgerFinding, 'number' | 'campaignId' | 'secret'>,
  { what, ...event }: Pick<AuditEvent, 'at' | 'by' | 'data'> & { what: AuditWhat<'finding'> },
): AuditEvent {
  const about = { kind: `finding.${what}` as const, campaignId, about: `finding:${number}` };
  return { ...event, ...about, ...(secret === null ? {} : { secret }) };
}

/** Events are named after what was done, `finding.<done>`. */
const doneOf: Record<LedgerStep, AuditWhat<'finding'>> = {
  order: 'ordered',
  accept: 'accepted',
  dispute: 'disputed',
  uphold: 'upheld',
  dismiss: 'dismissed',
  plan: 'planned',
  reply: 'replied',
  return: 'returned',
  'ask-extension': 'extension-asked',
  grant: 'extended',
  refuse: 'extension-refused',
  verify: 'verified',
  close: 'closed',
  reopen: 'reopened',
  'change-day': 'day-changed',
  acknowledge: 'acknowledged',
  'pass-on': 'passed-on',
  grade: 'grade',
  merge: 'merge',
  'merged-from': 'merged-from',
  split: 'split',
  'split-from': 'split-from',
  freed: 'freed',
  withdrawn: 'withdrawn',
};
