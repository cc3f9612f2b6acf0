import type { LedgerRefusal } from '../campaign/rectification/moved.ts';
import type { LedgerMove } from '../campaign/rectification.ts';
import { makeMove, moverFor } from '../conversation/ledger.ts';
import { about, lastLine, type Notice, noticeRows, tellAt } from '../conversation/ledger-post.ts';
import type { Ask, Line, Params, SentenceKey } from '../flow/say.ts';
import type { HeldRole } from '../roles.ts';
import { type LedgerFinding, type LedgerSight, lastEvents, takeFindings } from '../store/ledger.ts';
import { ledgerCoordinators } from '../store/ledger-coordinators.ts';
import { type NamedMover, peopleOf } from '../store/movers.ts';
import type { Reachable } from '../store/reach.ts';
import type { CommandContext } from './command.ts';
import { unitsAs } from './own-assignments.ts';
import { noteSeen } from './sight.ts';

/** A problem that a command is about, locked for the transaction, and who gave the command. */
export interface Meant {
  finding: LedgerFinding;
  who: NamedMover;
  /** What was said behind the number, as typed. */
  words: string;
}

const numbered = /^#?\s*(\d{1,9})\s*(?:号(?:问题)?)?[\s:：,，、;；]*([\s\S]*)$/;

/** The number of a problem and what stands behind it; null when there is no number. */
export function numberAndWords(rest: string): { number: number; words: string } | null {
  const lead = /^[\s#＃0-9０-９]*/.exec(rest)?.[0] ?? '';
  const match = numbered.exec(halfWidth(lead) + rest.slice(lead.length));
  const number = Number(match?.[1]);
  if (match === null || !(number > 0 && number < 2 ** 31)) return null;
  return { number, words: (match[2] ?? '').trim() };
}

/** Full-width digits as half-width. */
function halfWidth(text: string): string {
  return text.replace(/[０-９＃]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0));
}

/**
 * The problem whose number was given, if this person may know of it; otherwise they are told, in the same words whether
 * it exists or not, and null is returned.
 * @param how said when no number was given
 */
export async function problemMeant(
  context: CommandContext,
  rest: string,
  how: SentenceKey,
): Promise<Meant | null> {
  const read = numberAndWords(rest) ?? (rest === '' ? await onlyOwn(context) : null);
  if (read === null) {
    context.replyPrivately({ lines: [{ key: how }] });
    return null;
  }
  const [finding] = await takeFindings(context.run, await sightOfLedger(context), read.number);
  if (finding === undefined) {
    const key = (await isOwnHidden(context, read.number)) ? 'ledger:unknown.hidden' : 'ledger:unknown';
    context.misread.field = 'number';
    context.replyPrivately({ lines: [{ key, params: { number: read.number } }] });
    return null;
  }
  context.concern.campaignId = finding.campaignId;
  const who = await moverFor(context, context.turn.contact.id, finding.campaignId);
  return { finding, who, words: read.words };
}

/**
 * Whether a problem was found by an inspection that is still hidden and that this person may know of: they coordinate it, or
 * found it. It is no entry of the ledger yet, and nobody else learns that it exists: to them it is as none, at the same cost.
 */
async function isOwnHidden(context: CommandContext, number: number): Promise<boolean> {
  const coordinated = unitsAs(context, 'coordinator');
  const inspected = unitsAs(context, 'inspector', 'leader');
  if (coordinated.length + inspected.length === 0) return false;
  const rows = await context.run<{ id: string; campaignId: string }>(
    `SELECT v.id::text, v.campaign_id::text AS "campaignId"
     FROM finding f JOIN assignment a ON a.id = f.assignment_id JOIN activity v ON v.id = a.activity_id
     WHERE f.number = $1::int AND v.hidden
       AND (v.coordinator_unit_id = ANY ($2::text[]::uuid[]) OR a.assignee_unit_id = ANY ($3::text[]::uuid[]))`,
    [number, coordinated, inspected],
  );
  noteSeen(context, rows);
  return rows.length > 0;
}

/** The only problem that waits for this person's unit, for who says no number; null when there are none or several. */
async function onlyOwn(context: CommandContext): Promise<{ number: number; words: string } | null> {
  const units = unitsAs(context, 'liaison', 'leader');
  if (units.length === 0) return null;
  const rows = await context.run<{ number: number }>(
    `SELECT f.number FROM finding f
     WHERE f.unit_id = ANY ($1::text[]::uuid[]) AND f.status = 'open' AND f.seen_by = 'unit' AND f.due_on IS NOT NULL
     LIMIT 2`,
    [units],
  );
  const [only, another] = rows;
  return only === undefined || another !== undefined ? null : { number: only.number, words: '' };
}

/** Coordinators, auditors and the leading group know all that is not secret; a unit its own, and what it found itself. */
export async function sightOfLedger(
  context: Pick<CommandContext, 'roles' | 'run' | 'library'>,
): Promise<LedgerSight> {
  const coordinated = context.roles.filter(({ role }) => role === 'coordinator' || role === 'auditor');
  const own = coordinated.flatMap(({ campaignId }) => campaignId ?? []);
  return {
    everywhere: coordinated.some(({ campaignId }) => campaignId === null),
    campaigns: [...own, ...(await ledBy(context))],
    answersFor: unitsAs(context, 'liaison', 'leader'),
    inspects: unitsAs(context, 'inspector'),
  };
}

/** The campaigns whose leading group this person is of. */
export async function ledBy(
  context: Pick<CommandContext, 'run' | 'library'> & { roles: readonly HeldRole[] },
): Promise<string[]> {
  const whole = context.roles.flatMap(({ role, unitId, campaignId }) =>
    role === 'leader' && unitId === null && campaignId !== null ? [campaignId] : [],
  );
  const heads = unitsAs(context, 'leader');
  if (heads.length === 0) return whole;
  const units = await context.run<{ code: string; campaignId: string }>(
    `SELECT u.code, c.id::text AS "campaignId" FROM unit u JOIN campaign c ON c.id = u.campaign_id AND c.status <> 'draft'
     WHERE u.id = ANY ($1::text[]::uuid[])`,
    [heads],
  );
  const led = whole;
  for (const { code, campaignId } of units)
    if ((await context.library.campaign(campaignId)).ledger.leadingGroup === code) led.push(campaignId);
  return led;
}

/**
 * Makes a move and answers when it is refused, with who moved last: of two who decide at the same second the second one
 * hears what the first has done.
 * @returns the problem afterwards; null when it was refused
 */
export async function moveOrTell(
  context: CommandContext,
  { finding, who }: Meant,
  move: LedgerMove,
): Promise<(LedgerFinding & { record: NonNullable<LedgerFinding['record']> }) | null> {
  const moved = await makeMove(context, finding, move, who);
  if (moved.kind === 'moved') return { ...finding, record: moved.to, unitId: moved.to.unit };
  await tellRefused(context, finding, moved);
  return null;
}

export async function tellRefused(
  context: CommandContext,
  finding: LedgerFinding,
  { sentence }: LedgerRefusal,
  ask?: Ask,
): Promise<void> {
  const { zone } = await context.library.campaign(finding.campaignId);
  const [last] = await lastEvents(context.run, finding.id, 1);
  const isOther = last !== undefined && last.by !== context.turn.contact.id;
  const lines = [sentence, ...(isOther ? lastLine(last, zone) : [])];
  context.replyPrivately(ask === undefined ? { lines } : { lines, ask });
}

/** Tells people of a problem's unit or its campaign, in working time; the one who gave the command knows. */
export async function tell(
  context: CommandContext,
  finding: LedgerFinding,
  people: readonly Reachable[],
  notice: Omit<Notice, 'key' | 'except'> & { step: string },
): Promise<void> {
  const facts = await context.library.campaign(finding.campaignId);
  const { at } = context;
  const { step, ...rest } = notice;
  const key = `ledger:${finding.id}:${step}:${context.turn.seq}`;
  const told = { ...rest, key, except: context.turn.contact.id };
  context.writes.outbox.push(...noticeRows(people, told, facts, { at, dueAt: tellAt(facts, at) }));
}

/** Those who answer for the unit that fixes: its liaisons, or where it has none, those who head it. */
export async function unitPeople(context: Pick<CommandContext, 'run'>, unit: string): Promise<Reachable[]> {
  const liaisons = await peopleOf(context.run, unit, ['liaison']);
  return liaisons.length > 0 ? liaisons : peopleOf(context.run, unit, ['leader']);
}

/** Whom a step is told of besides the unit. */
export function coordinators(
  context: Pick<CommandContext, 'run'>,
  finding: LedgerFinding,
): Promise<Reachable[]> {
  return ledgerCoordinators(context.run, finding);
}

/** One line about a problem: the sentence with its number, unit and words, and more. */
export function lineAbout(finding: LedgerFinding, key: SentenceKey, params: Params = {}): Line {
  return { key, params: { ...about(finding), ...params } };
}
