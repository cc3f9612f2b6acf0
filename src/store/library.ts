import { z } from 'zod';
import { type Calendar, makeCalendar } from '../campaign/calendar.ts';
import { Campaign } from '../campaign/definition.ts';
import type { Desk } from '../campaign/desk.ts';
import type { RatingRules } from '../campaign/rating-rules.ts';
import type { LedgerRules } from '../campaign/rectification/rules.ts';
import { type ReminderRules, remindersOf } from '../campaign/reminder.ts';
import { Flow } from '../flow/definition.ts';
import { type Database, runOn } from './database.ts';

/** How many flow versions and campaigns are kept in memory. */
const keptMax = 500;

/** How old facts of a campaign may be, machine time: a new version of it can come from another process. */
const freshMs = 60_000;

/** What turns and reminders must know of a campaign; it changes only with a new version of it. Not for drafts. */
export interface CampaignFacts {
  id: string;
  code: string;
  zone: string;
  /** When people are reminded, and when they are left alone. */
  rules: ReminderRules;
  calendar: Calendar;
  desk: Desk;
  ledger: LedgerRules;
  /** What decides where citizens may answer: see {@link isKeptHome}. */
  prc: boolean;
  survey?: string | undefined;
  /** How citizens' ratings are collected and looked into. */
  ratings: RatingRules;
}

/** Flows, read once because a version never changes, and campaigns, read once a minute. */
export interface Library {
  flow(id: string, version: number): Promise<Flow>;
  campaign(id: string): Promise<CampaignFacts>;
}

export function createLibrary({ beside }: Pick<Database, 'beside'>): Library {
  const run = runOn(beside);
  const flow = remember(async (key: string) => {
    const [id = '', version] = key.split('\n');
    const [row] = await run<{ definition: unknown }>(flowRow, [id, Number(version)]);
    if (row === undefined) throw new Error(`no questionnaire ${id}, version ${version}`);
    return Flow.parse(row.definition);
  });
  const campaign = remember(async (key: string) => {
    const [id = ''] = key.split('\n');
    const [found] = await run<CampaignRow>(campaignRow, [id]);
    if (found === undefined) throw new Error(`no campaign ${id}`);
    const { definition, ...row } = found;
    const { quiet, reminders, calendar, desk, ledger, prc, survey, ratings } = Facts.parse(definition);
    const rules = remindersOf({ reminders, desk, quiet, zone: row.zone });
    return { ...row, rules, calendar: makeCalendar(calendar), desk, ledger, prc, survey, ratings };
  });
  return {
    flow: (id, version) => flow(`${id}\n${version}`),
    campaign: (id) => campaign(`${id}\n${Math.floor(performance.now() / freshMs)}`),
  };
}

const flowRow = 'SELECT definition FROM flow WHERE id = $1 AND version = $2';

/** Its units and questionnaires can be megabytes, which nobody here needs. */
const campaignRow = `SELECT id::text, code, zone, definition - 'units' - 'flows' - 'activities' AS definition
  FROM campaign WHERE id = $1::uuid`;

interface CampaignRow {
  id: string;
  code: string;
  zone: string;
  definition: unknown;
}

/** The part of a stored campaign that turns and reminders need. */
const Facts = z.object({
  quiet: Campaign.shape.quiet,
  reminders: Campaign.shape.reminders,
  calendar: Campaign.shape.calendar,
  desk: Campaign.shape.desk,
  ledger: Campaign.shape.ledger,
  prc: Campaign.shape.prc,
  survey: Campaign.shape.survey,
  ratings: Campaign.shape.ratings,
});

/** Remembers what was read last; a failed read is tried again next time. */
function remember<Value>(read: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const kept = new Map<string, Promise<Value>>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const oldest = kept.keys().next();
    if (kept.size >= keptMax && oldest.done !== true) kept.delete(oldest.value);
    const reading = read(key);
    kept.set(key, reading);
    reading.catch(() => kept.delete(key));
    return reading;
  };
}
