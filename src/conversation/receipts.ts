import type { Clock } from '../clock.ts';
import type { Flow } from '../flow/definition.ts';
import type { Text } from '../flow/text.ts';
import type { Values } from '../flow/value.ts';
import type { Keys } from '../keys.ts';
import type { Again } from '../satisfaction/case/record.ts';
import { type Database, inTransaction } from '../store/database.ts';
import type { Library } from '../store/library.ts';
import { openingOf } from '../store/rating-cases.ts';
import { keepRatings, type ReceiptedRating, ratingOf, removeRating } from '../store/ratings.ts';
import type { Run } from '../store/writes.ts';
import {
  type CaseForRater,
  caseContact,
  caseContactGone,
  caseEnds,
  caseFollows,
  caseForRater,
  caseRatedAgain,
} from './cases.ts';
import { ratedIn, wordsIn } from './rated.ts';

/** What a receipt is looked up with: the caller's transaction. `at`: now, ISO instant. */
export interface ReceiptWork {
  run: Run;
  library: Library;
  keys: Keys;
  at: string;
}

/** What somebody who holds a receipt sees. */
export interface LookedUp {
  campaignTitle: Text;
  unitName: Text | null;
  matter: string | null;
  flow: Flow;
  zone: string;
  values: Values;
  level: number;
  negative: boolean;
  /** YYYY-MM-DD. */
  day: string;
  /** Whether it can still be changed: withdrawn it can be at any time. */
  open: boolean;
  /** Days after closing for which a contact is kept. */
  keepContactDays: number;
  /** What became of it, where it is looked into. */
  case: CaseForRater | null;
}

export async function look(work: ReceiptWork, receipt: string): Promise<LookedUp | null> {
  const rating = await find(work, receipt);
  if (rating === null) return null;
  const { run, library } = work;
  const { title, unit, status } = await aboutOf(run, rating);
  const { zone, ratings: rules } = await library.campaign(rating.campaignId);
  const { answers: values, level, day, matter } = rating;
  return {
    ...{ campaignTitle: title, unitName: unit, matter, zone, values, level, day },
    flow: await library.flow(rating.flowId, rating.flowVersion),
    negative: level <= 2,
    open: status === 'published',
    keepContactDays: rules.keepContactDays,
    case: await caseForRater(work, rating.id),
  };
}

/** Other answers to the same questions. What follows for its case follows with it. */
export async function change(
  work: ReceiptWork,
  receipt: string,
  values: Values,
): Promise<'changed' | 'closed' | 'unknown'> {
  const { run, library, keys } = work;
  const rating = await find(work, receipt, true);
  if (rating === null) return 'unknown';
  if ((await aboutOf(run, rating)).status !== 'published') return 'closed';
  const { campaignId, flowId, flowVersion } = rating;
  const flow = await library.flow(flowId, flowVersion);
  const facts = await library.campaign(campaignId);
  const rated = ratedIn(flow, values);
  const changed = {
    ...rating,
    ...rated,
    ...{ source: 'scan' as const, interviewFor: null, marks: [] },
    receipt: keys.receipt(receipt).toString('hex'),
    words: wordsIn(flow, rated.answers, { keys, campaignId, rules: facts.ratings }),
    opening: rated.level <= 2 ? openingOf(facts, work.at, true) : null,
  };
  await caseFollows(work, await keepRatings(run, [changed]));
  return 'changed';
}

/** Deletes the rating (PIPL art. 15 and 47). @returns whether there was one */
export async function withdraw(work: ReceiptWork, receipt: string): Promise<boolean> {
  const rating = await find(work, receipt, true);
  if (rating === null) return false;
  await caseEnds(work, rating.id);
  await removeRating(work.run, rating.id);
  return true;
}

/** To be called back: in the person's own words where, or {@link chatContact}. */
export async function leaveContact(
  work: ReceiptWork,
  receipt: string,
  contact: string,
): Promise<'kept' | 'no-case' | 'closed' | 'unknown'> {
  const rating = await find(work, receipt, true);
  return rating === null
    ? 'unknown'
    : caseContact(work, rating.id, work.keys.seal(contact), urnIn(contact) !== null);
}

/** The contact that was left is deleted, and nobody calls; the rating and its case go on. `none`: there is none. */
export async function withdrawContact(
  work: ReceiptWork,
  receipt: string,
): Promise<'withdrawn' | 'none' | 'unknown'> {
  const rating = await find(work, receipt, true);
  if (rating === null) return 'unknown';
  return (await caseContactGone(work, rating.id)) ? 'withdrawn' : 'none';
}

/** The second rating, of the fix: 3 满意, 2 基本满意, 1 不满意. */
export async function rateFix(
  work: ReceiptWork,
  receipt: string,
  again: Again,
): Promise<'kept' | 'no-case' | 'not-yet' | 'unknown'> {
  const rating = await find(work, receipt, true);
  return rating === null ? 'unknown' : caseRatedAgain(work, rating.id, again);
}

/** All that is kept under a receipt, as plain JSON (PIPL art. 45); null when there is nothing. */
export async function exportOf(work: ReceiptWork, receipt: string): Promise<object | null> {
  const rating = await find(work, receipt);
  if (rating === null) return null;
  const { id: _, campaignId: __, unitId: ___, ...kept } = rating;
  const { title, unit } = await aboutOf(work.run, rating);
  return { campaign: title, unit, ...kept, case: await caseForRater(work, rating.id) };
}

/** The same for who has no transaction of their own. */
export interface Receipts {
  look(receipt: string): ReturnType<typeof look>;
  change(receipt: string, values: Values): ReturnType<typeof change>;
  withdraw(receipt: string): ReturnType<typeof withdraw>;
  leaveContact(receipt: string, contact: string): ReturnType<typeof leaveContact>;
  withdrawContact(receipt: string): ReturnType<typeof withdrawContact>;
  rateFix(receipt: string, again: Again): ReturnType<typeof rateFix>;
  exportOf(receipt: string): ReturnType<typeof exportOf>;
}

export function createReceipts({
  database,
  library,
  clock,
  keys,
}: {
  database: Database;
  library: Library;
  clock: Clock;
  keys: Keys;
}): Receipts {
  const within = <Result>(work: (within: ReceiptWork) => Promise<Result>) =>
    inTransaction(database.pool, (run) => work({ run, library, keys, at: clock.now().toISOString() }));
  return {
    look: (receipt) => within((work) => look(work, receipt)),
    change: (receipt, values) => within((work) => change(work, receipt, values)),
    withdraw: (receipt) => within((work) => withdraw(work, receipt)),
    leaveContact: (receipt, contact) => within((work) => leaveContact(work, receipt, contact)),
    withdrawContact: (receipt) => within((work) => withdrawContact(work, receipt)),
    rateFix: (receipt, again) => within((work) => rateFix(work, receipt, again)),
    exportOf: (receipt) => within((work) => exportOf(work, receipt)),
  };
}

function find({ run, keys }: ReceiptWork, receipt: string, lock = false): Promise<ReceiptedRating | null> {
  return ratingOf(run, keys.receipt(receipt).toString('hex'), lock);
}

async function aboutOf(
  run: Run,
  { campaignId, unitId }: ReceiptedRating,
): Promise<{ title: Text; unit: Text | null; status: string }> {
  const [row] = await run<{ title: Text; unit: Text | null; status: string }>(
    `SELECT c.title, c.status, u.name AS unit FROM campaign c LEFT JOIN unit u ON u.id = $2::uuid WHERE c.id = $1::uuid`,
    [campaignId, unitId],
  );
  if (row === undefined) throw new Error(`no campaign ${campaignId}`);
  return row;
}

/** Begins with what nobody can write: NUL is taken out of forms and messages, so that no contact in words passes for an address. */
const chatMark = '\u0000chat ';

/** The contact of somebody who wants to be answered in the chat that they wrote from. */
export function chatContact(urn: string): string {
  return `${chatMark}${urn}`;
}

/** The address in such a contact; null for one in words. */
export function urnIn(contact: string): string | null {
  return contact.startsWith(chatMark) ? contact.slice(chatMark.length) : null;
}
