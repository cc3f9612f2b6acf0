import { z } from 'zod';
import { type Calendar, makeCalendar } from '../campaign/calendar.ts';
import { Campaign } from '../campaign/definition.ts';
import { type ReminderRules, remindersOf } from '../campaign/reminder.ts';
import { Flow } from '../flow/definition.ts';
import type { Database } from './database.ts';

/** How many flow versions and campaigns are kept in memory. */
const keptMax = 500;

/** What turns and reminders must know of a campaign; none of it changes once it is published. Not for drafts. */
export interface CampaignFacts {
  id: string;
  code: string;
  zone: string;
  /** When people are reminded, and when they are left alone. */
  rules: ReminderRules;
  calendar: Calendar;
  /** What decides where citizens may answer: see {@link isKeptHome}. */
  prc: boolean;
  survey?: string | undefined;
}

/** Flows and campaigns, read once: a flow version never changes, and nor do these facts of a campaign. */
export interface Library {
  flow(id: string, version: number): Promise<Flow>;
  campaign(id: string): Promise<CampaignFacts>;
}

export function createLibrary({ prisma }: Database): Library {
  const flow = remember(async (key: string) => {
    const [id = '', version] = key.split('\n');
    const row = await prisma.flow.findUniqueOrThrow({
      where: { id_version: { id, version: Number(version) } },
    });
    return Flow.parse(row.definition);
  });
  const campaign = remember(async (id: string) => {
    const select = { id: true, code: true, zone: true, definition: true } as const;
    const { definition, ...row } = await prisma.campaign.findUniqueOrThrow({ where: { id }, select });
    const { quiet, reminders, calendar, prc, survey } = Facts.parse(definition);
    const rules = remindersOf({ reminders, quiet, zone: row.zone });
    return { ...row, rules, calendar: makeCalendar(calendar), prc, survey };
  });
  return { flow: (id, version) => flow(`${id}\n${version}`), campaign };
}

/** The part of a stored campaign that turns and reminders need. */
const Facts = z.object({
  quiet: Campaign.shape.quiet,
  reminders: Campaign.shape.reminders,
  calendar: Campaign.shape.calendar,
  prc: Campaign.shape.prc,
  survey: Campaign.shape.survey,
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
