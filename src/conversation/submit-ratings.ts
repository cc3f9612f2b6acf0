import { dateOf, timeOf } from '../campaign/instant.ts';
import { isInNetworks } from '../campaign/network.ts';
import { isClosingSlot, marksOf } from '../satisfaction/signals.ts';
import {
  type CountedSlot,
  countedSlots,
  type DeviceFacts,
  noteDevices,
  saltOf,
  slotMinutes,
} from '../store/devices.ts';
import { type CaseOpening, openingOf } from '../store/rating-cases.ts';
import { keepRatings, type NewRating } from '../store/ratings.ts';
import { type Known, knownFor, type SurveyRow, useCases } from '../store/surveys.ts';
import type { Run } from '../store/writes.ts';
import { caseFollows } from './cases.ts';
import { closedFor } from './closed-survey.ts';
import { ratedIn, wordsIn } from './rated.ts';
import type { Device, RatingsOptions, Submission, Submitted } from './ratings.ts';

/** One rating on its way in. */
interface Incoming {
  submission: Submission;
  row: SurveyRow;
  receipt: string;
  day: string;
  /** Minute of the day there. */
  minute: number;
  known: boolean;
}

/**
 * Keeps ratings that came by codes, in the caller's transaction. A receipt that is known changes its rating, also when the same
 * page is sent twice; a device that has rated a unit as often today as the campaign allows is refused.
 * @returns one result for each, in order
 */
export async function submitAll(
  run: Run,
  options: RatingsOptions,
  submissions: readonly Submission[],
): Promise<Submitted[]> {
  const results = new Map<Submission, Submitted>();
  const { incoming, salts } = await admitted(run, options, submissions, results);
  const facts = await notedDevices(run, options, incoming, salts);
  const kept: Incoming[] = [];
  for (const one of incoming) {
    const { ratings: rules } = await options.library.campaign(one.row.campaignId);
    const here = facts.get(one)?.here ?? 0;
    if (here > rules.perDeviceDay) results.set(one.submission, { kind: 'limited' });
    else kept.push(one);
  }
  const fresh = await firstOfCase(run, kept, results);
  await keep(run, options, fresh, facts, results);
  return submissions.map((one) => results.get(one) ?? { kind: 'closed', why: 'unknown' });
}

async function admitted(
  run: Run,
  { library, clock, keys }: RatingsOptions,
  submissions: readonly Submission[],
  results: Map<Submission, Submitted>,
): Promise<{ incoming: Incoming[]; salts: Known['salts'] }> {
  const now = clock.now();
  const receipts = submissions.map(({ receipt }) => keys.receipt(receipt).toString('hex'));
  const codes = [...new Set(submissions.map(({ code }) => code))];
  const { surveys, receipts: there, salts } = await knownFor(run, { codes, receipts });
  const known = new Set(there);
  const rows = new Map(surveys.map((row) => [row.code, row]));
  const incoming: Incoming[] = [];
  // Reckoned once for all: dates are a good part of what a rating takes.
  const moments = new Map<string, Pick<Incoming, 'day' | 'minute'>>();
  for (const [place, submission] of submissions.entries()) {
    const row = rows.get(submission.code);
    const receipt = receipts[place] ?? '';
    const zone = row === undefined ? 'UTC' : (await library.campaign(row.campaignId)).zone;
    const why = closedFor(row, now, zone);
    const isChange = known.has(receipt);
    if (row === undefined || (why !== null && !(why === 'used' && isChange))) {
      results.set(submission, { kind: 'closed', why: why ?? 'unknown' });
      continue;
    }
    const { day, minute } = moments.get(zone) ?? momentIn(now, zone);
    moments.set(zone, { day, minute });
    incoming.push({ submission, row, receipt, day, minute, known: isChange });
  }
  return { incoming, salts };
}

function momentIn(now: Date, zone: string): Pick<Incoming, 'day' | 'minute'> {
  const at = now.toISOString();
  const [hours = 0, minutes = 0] = timeOf(at, zone).split(':').map(Number);
  return { day: dateOf(at, zone), minute: hours * 60 + minutes };
}

type Facts = ReadonlyMap<Incoming, DeviceFacts>;

/** Counts the devices of new ratings, day by day of their campaigns' zones. */
async function notedDevices(
  run: Run,
  { keys }: RatingsOptions,
  incoming: readonly Incoming[],
  salts: Known['salts'],
): Promise<Facts> {
  const facts = new Map<Incoming, DeviceFacts>();
  for (const group of bySlot(incoming)) {
    const [{ day, minute } = { day: '', minute: 0 }] = group;
    const salt = salts[day] ?? (await saltOf(run, day));
    const slot = Math.floor(minute / slotMinutes);
    const notes = group.map(({ submission: { device }, row }) => ({
      token: device === null ? '' : deviceToken(keys, salt, device),
      unitId: row.unitId,
    }));
    const told = await noteDevices(run, day, slot, notes);
    for (const [place, one] of group.entries()) {
      const found = told[place];
      if (found !== undefined) facts.set(one, found);
    }
  }
  return facts;
}

/** By what a device is known today. @param salt the day's */
export function deviceToken(keys: RatingsOptions['keys'], salt: string, { address, agent }: Device): string {
  return keys.token(salt, `${address} ${agent}`).toString('hex');
}

/** What the parts of the day come to with these: those that were refused make no burst. */
function countedOf(kept: readonly Incoming[]): CountedSlot[] {
  return bySlot(kept).flatMap((group) => {
    const [{ day, minute } = { day: '', minute: 0 }] = group;
    const units = group.map(({ row: { unitId } }) => ({ unitId }));
    return countedSlots(day, Math.floor(minute / slotMinutes), units);
  });
}

/** New ratings of devices, by parts of the day. */
function bySlot(incoming: readonly Incoming[]): Incoming[][] {
  const fresh = incoming.filter(({ known, submission }) => !known && submission.device !== null);
  return grouped(fresh, ({ day, minute }) => `${day} ${Math.floor(minute / slotMinutes)}`);
}

/** Leaves out what would be a second rating of a case. */
async function firstOfCase(
  run: Run,
  incoming: readonly Incoming[],
  results: Map<Submission, Submitted>,
): Promise<Incoming[]> {
  const codes = incoming.flatMap(({ row, known }) => (row.kind === 'case' && !known ? [row.code] : []));
  const free = await useCases(run, codes);
  return incoming.filter(({ row, known, submission }) => {
    if (row.kind !== 'case' || known || free.delete(row.code)) return true;
    results.set(submission, { kind: 'closed', why: 'used' });
    return false;
  });
}

async function keep(
  run: Run,
  options: RatingsOptions,
  incoming: readonly Incoming[],
  facts: Facts,
  results: Map<Submission, Submitted>,
): Promise<void> {
  // The same page sent twice at once is one rating: the later one stands.
  const last = new Map(incoming.map((one) => [one.receipt, one]));
  const rows: Omit<NewRating, 'opening'>[] = [];
  for (const one of last.values()) rows.push(await rowOf(options, one, facts.get(one)));
  const at = options.clock.now().toISOString();
  const kept = await keepRatings(run, await withOpenings(options, rows, at), countedOf(incoming));
  await caseFollows({ run, library: options.library, at }, kept);
  const levels = new Map(kept.map((one) => [one.receipt, one]));
  for (const { submission, receipt, known } of incoming) {
    const { level, changed } = levels.get(receipt) ?? { level: 0, changed: true };
    const again = known || changed || last.get(receipt)?.submission !== submission;
    results.set(submission, { kind: again ? 'changed' : 'stored', level, negative: level <= 2 });
  }
}

async function rowOf(
  { library, keys }: RatingsOptions,
  { submission, row, receipt, day, minute }: Incoming,
  facts: DeviceFacts | undefined,
): Promise<Omit<NewRating, 'opening'>> {
  const { campaignId, flowId, flowVersion, unitId, matter } = row;
  const { ratings: rules } = await library.campaign(campaignId);
  const flow = await library.flow(flowId ?? '', flowVersion ?? 0);
  const { level, answers } = ratedIn(flow, submission.values);
  return {
    campaignId,
    flowId: flow.id,
    flowVersion: flow.version,
    unitId,
    matter,
    day,
    receipt,
    level,
    answers,
    source: 'scan',
    interviewFor: null,
    marks: marksOf(
      {
        seconds: submission.seconds,
        windowsToday: facts?.units ?? 0,
        burst: {
          slotCount: facts?.slotCount ?? 0,
          usualSlot: facts?.usualSlot ?? null,
          isClosingSlot: isClosingSlot(Math.floor(minute / slotMinutes), slotMinutes, rules),
        },
        fromStaffNetwork:
          submission.device !== null && isInNetworks(submission.device.address, rules.staffNetworks),
      },
      rules,
    ),
    words: wordsIn(flow, answers, { keys, campaignId, rules }),
  };
}

/** Cases of one campaign that begin at one time begin alike: working days are reckoned once for all of them. */
async function withOpenings(
  { library }: RatingsOptions,
  rows: readonly Omit<NewRating, 'opening'>[],
  at: string,
): Promise<NewRating[]> {
  const openings = new Map<string, CaseOpening>();
  for (const { campaignId, level } of rows)
    if (level <= 2 && !openings.has(campaignId))
      openings.set(campaignId, openingOf(await library.campaign(campaignId), at, true));
  return rows.map((row) => ({
    ...row,
    opening: row.level <= 2 ? (openings.get(row.campaignId) ?? null) : null,
  }));
}

function grouped<Item>(items: readonly Item[], by: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = by(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()];
}
