import { addDays } from '../campaign/day.ts';
import { dateOf } from '../campaign/instant.ts';
import { calledOff, chatLeft, contactLeft, openedAgain, ratedAgain } from '../satisfaction/case/citizen.ts';
import { type CaseTimes, wakeOf } from '../satisfaction/case/clock.ts';
import type { CaseMoved, CaseSetting } from '../satisfaction/case/moved.ts';
import type { Again, RatingCase } from '../satisfaction/case/record.ts';
import { type CaseMove, moveCase } from '../satisfaction/case.ts';
import type { AuditEvent, JsonValue } from '../store/audit.ts';
import type { AuditWhat } from '../store/audit-kinds.ts';
import { dropContact, keepContact } from '../store/contacts.ts';
import type { CampaignFacts, Library } from '../store/library.ts';
import type { NamedMover } from '../store/movers.ts';
import {
  type FoundCase,
  handCase,
  readCaseOf,
  recordCaseEvent,
  saveCase,
  strikeRating,
  takeCaseOf,
} from '../store/rating-cases.ts';
import type { Run, Writes } from '../store/writes.ts';

/** What a move works with: the caller's transaction. `at`: now, ISO instant. */
export interface CaseWork {
  run: Run;
  library: Pick<Library, 'campaign'>;
  at: string;
}

/** What the rules want to know of the moment, the campaign and whose the case is. */
export function caseSetting(
  { calendar, zone, rules, ratings }: CampaignFacts,
  { number, unitId, owner, head }: Pick<FoundCase, 'number' | 'unitId' | 'owner' | 'head'>,
  at: string,
  isOwner = false,
): CaseSetting {
  const times = { at, calendar, zone, quiet: rules.quiet, steps: ratings.steps };
  return { ...times, number, unit: unitId, owner, head, isOwner };
}

/** By what silence is reckoned: as in the ledger of problems. */
export function caseTimes({ calendar, zone, rules, ledger }: CampaignFacts): CaseTimes {
  return { calendar, zone, quiet: rules.quiet, silence: ledger.silence };
}

/**
 * Makes a move of staff on a locked case, by the rules: keeps the record, its history and its next wake-up, and counts the
 * rating no more where an appeal was upheld; or changes nothing and gives the refusal.
 */
export async function makeCaseMove(
  work: CaseWork & { writes: Pick<Writes, 'audit'> },
  found: FoundCase,
  move: CaseMove,
  who: NamedMover & { isOwner: boolean },
): Promise<CaseMoved> {
  const { run, library, at, writes } = work;
  const facts = await library.campaign(found.campaignId);
  const moved = moveCase(found.record, move, who, caseSetting(facts, found, at, who.isOwner));
  if (moved.kind === 'refused') return moved;
  const after = moved.to;
  await saveCase(run, found.id, after, wakeOf(after, caseTimes(facts)));
  if (after.ended === 'struck' && found.ratingId !== null) await strikeRating(run, found.ratingId);
  if (move.kind === 'hand') await handCase(run, found.id, move.unitId);
  const { kind, ...data } = move;
  const event = { at, by: who.id, who: who.name, kind, data: { ...data, stage: after.stage } };
  await recordCaseEvent(run, { caseId: found.id, ...event });
  writes.audit.push(caseEvent(found, { at, by: who.id, what: pastOf[kind], data: { stage: after.stage } }));
  return moved;
}

/** What the audit log keeps: events are named after what was done, without anybody's words. */
const pastOf: Record<CaseMove['kind'], AuditWhat<'case'>> = {
  verify: 'verified',
  rectify: 'rectified',
  reply: 'replied',
  call: 'called-back',
  appeal: 'appealed',
  decide: 'appeal-decided',
  agree: 'no-basis-agreed',
  return: 'returned',
  hand: 'handed-on',
};

export function caseEvent(
  { number, campaignId }: Pick<FoundCase, 'number' | 'campaignId'>,
  { what, ...event }: { at: string; by: string | null; what: AuditWhat<'case'>; data: JsonValue },
): AuditEvent {
  return { ...event, kind: `case.${what}`, campaignId, about: `case:${number}` };
}

/**
 * What follows for the cases of ratings that were changed, in the same transaction: that of a negative one is opened once more
 * where the rater had thought better of it before; of one that is no longer negative it is closed. Leaves no instant.
 */
export async function caseFollows(
  work: CaseWork,
  ratings: readonly { id: string; level: number; changed: boolean }[],
): Promise<void> {
  for (const { id, level, changed } of ratings)
    if (changed)
      await byRater(work, id, (record, setting) =>
        level <= 2 ? openedAgain(record, setting) : calledOff(record, 'changed', setting),
      );
}

/** Before a rating is taken back: its case is closed, keeps no contact and no way to the rating. */
export async function caseEnds(work: CaseWork, ratingId: string): Promise<void> {
  const found = await takeCaseOf(work.run, ratingId);
  if (found === null) return;
  const setting = caseSetting(await work.library.campaign(found.campaignId), found, work.at);
  // One that was closed before lets go of its rating too.
  const after = calledOff(found.record, 'withdrawn', setting) ?? { ...found.record, ended: 'withdrawn' };
  await keep(work, found, after);
}

/**
 * 回访我: the rater leaves a contact, sealed by `Keys.seal`; a second one takes the first one's place.
 * @param isChat it is the chat that they wrote from, for the service to answer in
 */
export async function caseContact(
  work: CaseWork,
  ratingId: string,
  sealed: Uint8Array,
  isChat: boolean,
): Promise<'kept' | 'no-case' | 'closed'> {
  const outcome = await byRater(work, ratingId, isChat ? chatLeft : contactLeft);
  if (outcome === null) return 'no-case';
  if (outcome.after === null) return 'closed';
  await keepContact(work.run, outcome.found.id, sealed);
  return 'kept';
}

/** The rater wants no call any more: the contact is deleted, also of a case that is closed. @returns whether there was one */
export async function caseContactGone(work: CaseWork, ratingId: string): Promise<boolean> {
  const found = await takeCaseOf(work.run, ratingId);
  if (found === null || !found.hasContact) return false;
  const { record } = found;
  const news = record.news === 'contact' ? null : record.news;
  await keep(work, found, { ...record, contact: false, chat: false, relay: false, news });
  await dropContact(work.run, found.id);
  return true;
}

/** The rater's own second rating of the fix. `not-yet`: there is nothing to rate (any more). */
export async function caseRatedAgain(
  work: CaseWork,
  ratingId: string,
  again: Again,
): Promise<'kept' | 'no-case' | 'not-yet'> {
  const outcome = await byRater(work, ratingId, (record, setting) => ratedAgain(record, again, setting));
  if (outcome === null) return 'no-case';
  return outcome.after === null ? 'not-yet' : 'kept';
}

/** What whoever holds the receipt may see of the case. */
export interface CaseForRater {
  stage: RatingCase['stage'];
  dueOn: string | null;
  reply: string | null;
  contactLeft: boolean;
  again: Again | null;
  ended: RatingCase['ended'];
  /** The fix can be rated now. */
  mayRate: boolean;
}

/** @returns null when there is no case */
export async function caseForRater(work: CaseWork, ratingId: string): Promise<CaseForRater | null> {
  const found = await readCaseOf(work.run, ratingId);
  if (found === null) return null;
  const { stage, dueOn, reply, again, ended } = found.record;
  const setting = caseSetting(await work.library.campaign(found.campaignId), found, work.at);
  const mayRate = ratedAgain(found.record, 3, setting) !== null;
  return { stage, dueOn, reply, contactLeft: found.hasContact, again, ended, mayRate };
}

/** A rater's own doing: kept without an instant, told to staff on the next full hour. `after` is null when it changes nothing. */
async function byRater(
  work: CaseWork,
  ratingId: string,
  change: (record: RatingCase, setting: CaseSetting) => RatingCase | null,
): Promise<{ found: FoundCase; after: RatingCase | null } | null> {
  const found = await takeCaseOf(work.run, ratingId);
  if (found === null) return null;
  const setting = caseSetting(await work.library.campaign(found.campaignId), found, work.at);
  const after = change(found.record, setting);
  if (after !== null) await keep(work, found, after);
  return { found, after };
}

async function keep({ run, library }: CaseWork, found: FoundCase, after: RatingCase): Promise<void> {
  const times = caseTimes(await library.campaign(found.campaignId));
  await saveCase(run, found.id, after, wakeOf(after, times));
}

/** The last day on which a case may have been closed whose contact is no longer kept. */
export function contactsEnd({ zone, ratings }: CampaignFacts, now: string): string {
  return addDays(dateOf(now, zone), -ratings.keepContactDays);
}
