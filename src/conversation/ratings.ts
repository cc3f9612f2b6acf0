import { dateOf } from '../campaign/instant.ts';
import type { Clock } from '../clock.ts';
import type { Flow } from '../flow/definition.ts';
import type { Text } from '../flow/text.ts';
import type { Values } from '../flow/value.ts';
import type { Keys } from '../keys.ts';
import { isSurveyCode, normaliseCode } from '../short-code.ts';
import { type Database, inTransaction, runOn } from '../store/database.ts';
import { ratedBy, saltOf } from '../store/devices.ts';
import type { Library } from '../store/library.ts';
import { noteVisits, type SurveyRow, surveysOf, type Visit } from '../store/surveys.ts';
import { inBatches } from './batches.ts';
import { type ClosedReason, closedFor } from './closed-survey.ts';
import { createReceipts, type Receipts } from './receipts.ts';
import { deviceToken, submitAll } from './submit-ratings.ts';

/** What a citizen's device is known by, for limits and signs of tampering; it is kept nowhere (store/devices.ts). */
export interface Device {
  address: string;
  agent: string;
}

/** A survey as its page shows it. */
export interface OpenSurvey {
  code: string;
  kind: SurveyRow['kind'];
  campaignId: string;
  campaignTitle: Text;
  unitName: Text | null;
  matter: string | null;
  flow: Flow;
  zone: string;
  /** The last day, YYYY-MM-DD. */
  until: string | null;
}

export interface Submission {
  code: string;
  values: Values;
  /** Made when the page was: the same again is the same rating, changed. */
  receipt: string;
  device: Device | null;
  /** From opening the page to sending, where that is known. */
  seconds: number | null;
}

export type Submitted =
  | { kind: 'stored' | 'changed'; level: number; negative: boolean }
  | { kind: 'limited' }
  | { kind: 'busy' }
  | { kind: 'closed'; why: ClosedReason };

/** Citizens' ratings over a code or a link: of what is served, those who are served judge too (HZ-21). */
export interface Ratings extends Receipts {
  /** @param isVisit whether its page is opened, which is counted; asked of an open survey only. A form that comes back is no visit */
  openSurvey(code: string, isVisit?: () => boolean): Promise<OpenSurvey | { closed: ClosedReason }>;
  submit(submission: Submission): Promise<Submitted>;
  /** Whether a device may rate by this code once more today: looked at before a form is filled in, and counted when it is sent. */
  mayRate(code: string, device: Device): Promise<boolean>;
}

export interface RatingsOptions {
  database: Database;
  library: Library;
  clock: Clock;
  keys: Keys;
}

/** Ratings that one transaction keeps. */
const batchMax = 100;

/** What waits at most, of each kind: some seconds' work. Beyond it people are asked to try again. */
const waitingMax = 5_000;

export function createRatings(options: RatingsOptions): Ratings {
  const { database, library, clock } = options;
  const run = runOn(database.pool);
  const submit = inBatches<Submission, Submitted>(
    (submissions) => inTransaction(database.pool, (within) => submitAll(within, options, submissions)),
    { batchMax, atOnce: 2, waitingMax },
  );
  // Many citizens at once: one look for all of them.
  const surveyOf = inBatches<string, SurveyRow | undefined>(
    async (codes) => {
      const rows = new Map((await surveysOf(run, [...new Set(codes)])).map((row) => [row.code, row]));
      return codes.map((code) => rows.get(code));
    },
    { batchMax, atOnce: 2, waitingMax },
  );
  const visited = inBatches<Visit, void>(
    async (visits) => {
      await noteVisits(run, visits);
      return visits.map(() => undefined);
    },
    { batchMax, atOnce: 1, waitingMax },
  );
  return {
    ...createReceipts(options),
    submit: async (submission) => {
      const done = await submit(submission);
      return done === 'busy' ? { kind: 'busy' } : done;
    },
    mayRate: async (typed, device) => {
      const code = normaliseCode(typed);
      const row = isSurveyCode(code) ? await surveyOf(code) : undefined;
      if (row === undefined || row === 'busy') return true;
      const { zone, ratings: rules } = await library.campaign(row.campaignId);
      const day = dateOf(clock.now().toISOString(), zone);
      const token = deviceToken(options.keys, await saltOf(run, day), device);
      return (await ratedBy(run, day, { token, unitId: row.unitId })) < rules.perDeviceDay;
    },
    openSurvey: async (typed, isVisit = () => true) => {
      const code = normaliseCode(typed);
      // What can be no code is not looked for; some of it the database would not even take.
      const row = isSurveyCode(code) ? await surveyOf(code) : undefined;
      if (row === 'busy') throw new Error('more surveys are opened at once than can be looked up');
      const why = closedFor(row, clock.now(), row === undefined ? '' : await zoneOf(library, row));
      if (row === undefined || why !== null) return { closed: why ?? 'unknown' };
      const { kind, campaignId, campaignTitle, unitName, matter, expiresOn: until } = row;
      const zone = await zoneOf(library, row);
      if (isVisit())
        await visited({ campaignId, unitId: row.unitId, day: dateOf(clock.now().toISOString(), zone) });
      const flow = await library.flow(row.flowId ?? '', row.flowVersion ?? 0);
      return { code, kind, campaignId, campaignTitle, unitName, matter, flow, zone, until };
    },
  };
}

async function zoneOf(library: Library, { campaignId }: SurveyRow): Promise<string> {
  return (await library.campaign(campaignId)).zone;
}
