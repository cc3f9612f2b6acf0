import { z } from 'zod';
import { countedDay } from '../campaign/rectification/chase.ts';
import { Rectification, type RectificationState } from '../campaign/rectification/record.ts';
import type { Text } from '../flow/text.ts';
import { Values } from '../flow/value.ts';
import addEvent from './sql/add-finding-event.sql';
import loadFindings from './sql/load-findings.sql';
import lockDue from './sql/lock-due-rectifications.sql';
import lockFindings from './sql/lock-findings.sql';
import saveRectification from './sql/save-rectification.sql';
import type { Run } from './writes.ts';

/** How grave a problem can be, the gravest last. */
export const severities = ['minor', 'serious', 'grave'] as const;
export type Severity = (typeof severities)[number];

/** The graver one of two. */
export function graverOf(one: Severity, other: Severity): Severity {
  return severities.indexOf(one) < severities.indexOf(other) ? other : one;
}

/** A problem with its rectification, its row locked. */
export interface LedgerFinding {
  id: string;
  number: number;
  campaignId: string;
  campaignCode: string;
  campaign: Text;
  /** The campaign is published and not over. */
  running: boolean;
  campaignStatus: string;
  /** Nobody is to be reminded of anything in its campaign for now. */
  paused: boolean;
  unitId: string | null;
  unitName: Text | null;
  problem: Text;
  status: 'open' | 'withdrawn' | 'closed' | 'merged' | 'split';
  /** Found by an inspection, or by the unit itself. */
  source: 'inspection' | 'selfcheck';
  category: string | null;
  severity: Severity;
  seenBy: 'unit' | 'coordinators';
  /** The activity that found it, while it is hidden from others. */
  secret: string | null;
  reportedBy: string | null;
  /** The unit whose inspection found it. */
  foundBy: string | null;
  assignmentId: string | null;
  attachments: string[];
  /** The checklist and question that found it. */
  foundIn: string | null;
  question: string | null;
  openedAt: Date;
  /** The matter that was accompanied when it was found, and where. */
  claimed: { matter: string; place: string } | null;
  /** The window or place that its checklist asked for, as the inspector wrote it. */
  place: string | null;
  /** What was answered there; of a part of a problem, where the whole was found. Null for what somebody told in own words. */
  answers: FoundIn | null;
  /** What was ordered; null as well when that was called off and the problem is there again. */
  record: Rectification | null;
  /** The order that was called off. */
  former: Rectification | null;
  /** The run in which the unit replies. */
  sessionId: string | null;
  mergedInto: number | null;
  /** The numbers that were merged into it, and those it was split into. */
  merged: number[];
  parts: number[];
  /** The number it was split from. */
  splitFrom: number | null;
}

/** The question whose answer opened a problem, and all answers of that run as they stand. */
export const FoundIn = z.object({
  flowId: z.string(),
  flowVersion: z.int(),
  question: z.string(),
  values: Values,
});
export type FoundIn = z.infer<typeof FoundIn>;

/**
 * What somebody may know of the ledger: all of the campaigns they coordinate or lead (`everywhere`: of every one), what the
 * units they answer for may see, and what was found by units they inspect for. Ids.
 */
export interface LedgerSight {
  everywhere: boolean;
  campaigns: string[];
  answersFor: string[];
  inspects: string[];
}

/**
 * Locks problems by number and reads them as they are then; those that don't exist are missing, and those beyond the sight
 * of whoever asks are as if they did not. What is hidden (JX-4.4) is beyond everybody's.
 * @param sight null for the service itself
 */
export async function takeFindings(
  run: Run,
  sight: LedgerSight | null,
  ...numbers: number[]
): Promise<LedgerFinding[]> {
  const asked = sight === null ? null : JSON.stringify(sight);
  const locked = await run<{ id: string }>(lockFindings, [numbers.map(String), asked]);
  return readFindings(
    run,
    locked.map(({ id }) => id),
  );
}

/** Locks and reads the problem that a run through the reply questionnaire is about; null when it is about none any more. */
export async function takeFindingOfSession(run: Run, sessionId: string): Promise<LedgerFinding | null> {
  const [row] = await run<{ number: number }>(
    'SELECT f.number FROM rectification r JOIN finding f ON f.id = r.finding_id WHERE r.session_id = $1::uuid',
    [sessionId],
  );
  if (row === undefined) return null;
  const [found] = await takeFindings(run, null, row.number);
  // The run may have been given up for another between the two looks.
  return found?.sessionId === sessionId ? found : null;
}

/** Locks up to `limit` problems whose rectification is to be looked at by `now`. @returns their ids */
export async function lockDueRectifications(run: Run, now: string, limit: number): Promise<string[]> {
  const locked = await run<{ id: string }>(lockDue, [now, limit]);
  return locked.map(({ id }) => id);
}

/** Whether somebody is still at a run through the reply questionnaire. */
export async function isWritten(run: Run, sessionId: string): Promise<boolean> {
  const rows = await run('SELECT 1 FROM session WHERE id = $1::uuid AND ended_at IS NULL', [sessionId]);
  return rows.length > 0;
}

/** Leaves a rectification alone until an instant, or for good (null), whatever stands in it. */
export async function putOffRectification(run: Run, findingId: string, until: string | null): Promise<void> {
  await run('UPDATE rectification SET wake_at = $2::timestamptz WHERE finding_id = $1::uuid', [
    findingId,
    until,
  ]);
}

/** @throws when a record is none of ours */
export async function readFindings(run: Run, ids: string[]): Promise<LedgerFinding[]> {
  if (ids.length === 0) return [];
  const rows = await run<
    Omit<LedgerFinding, 'record' | 'former' | 'answers'> & { record: unknown; answers: unknown }
  >(loadFindings, [ids]);
  return rows.map((row) => {
    const kept = row.record === null ? null : Rectification.parse(row.record);
    const isFormer = row.status === 'open' && kept?.state === 'revoked';
    const answers = readFoundIn(row.answers);
    return { ...row, answers, record: isFormer ? null : kept, former: isFormer ? kept : null };
  });
}

/** @throws when it is none of ours */
export function readFoundIn(answers: unknown): FoundIn | null {
  return answers === null ? null : FoundIn.parse(answers);
}

/** Writes a rectification as it is now, and what pages show of it. `wakeAt` is an ISO instant; null for never. */
export async function keepRectification(
  run: Run,
  finding: Pick<LedgerFinding, 'id' | 'campaignId' | 'sessionId' | 'status'>,
  record: Rectification,
  wakeAt: string | null,
  at: string,
): Promise<void> {
  const given = {
    findingId: finding.id,
    campaignId: finding.campaignId,
    unitId: record.unit,
    state: record.state,
    record,
    sessionId: finding.sessionId,
    wakeAt,
    status: statusOf(record.state),
    dueOn: countedDay(record),
    at,
  };
  await run(saveRectification, [JSON.stringify(given)]);
}

/** How a problem stands in the list, by how its putting-right stands. */
function statusOf(state: RectificationState): LedgerFinding['status'] {
  switch (state) {
    case 'closed':
    case 'merged':
    case 'split':
      return state;
    case 'revoked':
      return 'withdrawn';
    case 'ordered':
    case 'accepted':
    case 'working':
    case 'replied':
    case 'verified':
    case 'returned':
    case 'disputed':
    case 'reopened':
      return 'open';
  }
}

/** How somebody is called in the history: their title, else the part they play. */
export interface Named {
  title: Text | null;
  role: string | null;
  unit: Text | null;
}

/** One step of a problem's history. `by` and `who` are null for the passing of time. */
export interface FindingEvent {
  findingId: string;
  at: string;
  by: string | null;
  who: Named | null;
  kind: string;
  data: Record<string, unknown>;
}

export async function recordEvent(run: Run, event: FindingEvent): Promise<void> {
  await run(addEvent, [JSON.stringify(event)]);
}

export interface PastEvent {
  seq: number;
  at: Date;
  by: string | null;
  who: Named | null;
  kind: string;
  data: Record<string, unknown>;
}

/** The last steps of a problem, oldest first. */
export async function lastEvents(run: Run, findingId: string, count: number): Promise<PastEvent[]> {
  const rows = await run<PastEvent>(
    `SELECT seq, at, by_contact::text AS by, who, kind, data FROM finding_event
     WHERE finding_id = $1::uuid ORDER BY seq DESC LIMIT $2`,
    [findingId, count],
  );
  return rows.reverse();
}

/** Who took the last step of this kind; null when nobody did. */
export async function lastBy(run: Run, findingId: string, kind: string): Promise<string | null> {
  const [row] = await run<{ by: string | null }>(
    `SELECT by_contact::text AS by FROM finding_event
     WHERE finding_id = $1::uuid AND kind = $2 ORDER BY seq DESC LIMIT 1`,
    [findingId, kind],
  );
  return row?.by ?? null;
}
