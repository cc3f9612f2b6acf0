import { z } from 'zod';
import { readDate } from '../../flow/reading/date.ts';
import type { ReadingContext } from '../../flow/reading/reading.ts';
import type { Param, Params } from '../../flow/say.ts';
import { type Calendar, isWorkday } from '../calendar.ts';
import { addDays, isDate } from '../day.ts';
import type { CampaignSentence } from '../refusal.ts';
import { inFile, loaded, participants } from './common.ts';

/**
 * How long the head of a unit serves at its own windows. Whether “3-5天” means calendar days or workdays, and days on end,
 * is not in the notice (JX-2.3): the file must say, nothing is guessed.
 */
export const Service = z.strictObject({
  min: z.int().min(1).max(60),
  max: z.int().min(1).max(60),
  count: z.enum(['calendar', 'workdays']),
  consecutive: z.boolean(),
});
export type Service = z.infer<typeof Service>;

const experience = {
  mode: z.literal('experience'),
  /** Units whose head serves at the windows (附件2 of JX-2.1). */
  participants,
  days: Service,
  secret: z.literal(false).default(false),
};

/** 体验式自查 as written in a campaign file: a schedule first, a short check-in each day, then the report (JX-2). */
export const ExperienceInFile = z.strictObject({ ...inFile, ...experience });
export type ExperienceInFile = z.infer<typeof ExperienceInFile>;

export const ExperienceActivity = z.strictObject({ ...loaded, ...experience });
export type ExperienceActivity = z.infer<typeof ExperienceActivity>;

/**
 * The days a schedule means, or why it can't be taken, as a sentence that says what to do. `kept`: those of them that were
 * not named, and stay because they have been served. `skipped`: those named that are rest days, where workdays are counted.
 */
export type Scheduled =
  | { days: string[]; kept: string[]; skipped: string[]; refused?: never }
  | {
      days?: never;
      kept?: never;
      skipped?: never;
      refused: { key: `campaign:${CampaignSentence}`; params: Params };
    };

/** What stands before days are handed in again: the days as they are, and those already served. */
export interface Standing {
  planned: readonly string[];
  served: readonly string[];
}

/**
 * Checks the days a unit hands in (YYYY-MM-DD, any order, doubles counted once) against the activity. `today` and the due
 * day bound them; rest days are left out where workdays are counted, and told where calendar days are. Once the service has
 * begun, whoever names only days to come means those that are left: a day that has been served can't be taken away, and
 * counts. One that is over and was handed in before may be named again.
 */
export function schedule(
  { days, dueOn }: Pick<ExperienceActivity, 'days' | 'dueOn'>,
  given: readonly string[],
  today: string,
  calendar: Calendar,
  { planned, served }: Standing = { planned: [], served: [] },
): Scheduled {
  const named = [...new Set(given.filter(isDate))].sort();
  const counted = days.count === 'workdays' ? named.filter((day) => isWorkday(calendar, day)) : named;
  const last = counted.at(-1);
  if (last === undefined) return refused('schedule.none', { min: days.min, max: days.max });
  const past = counted.find((day) => day < today && !planned.includes(day) && !served.includes(day));
  if (past !== undefined) return refused('schedule.past', { day: { date: past }, today: { date: today } });
  // Once the due day is over there is no day left within it: what is late is taken.
  if (last > dueOn && today <= dueOn)
    return refused('schedule.late', { day: { date: last }, due: { date: dueOn } });
  const kept = [...new Set(served)].filter((day) => !counted.includes(day)).sort();
  const all = [...counted, ...kept].sort();
  if (all.length < days.min || all.length > days.max) {
    const those = kept.length === 0 ? '' : inclusive(kept.length);
    const params = { min: days.min, max: days.max, given: all.length, kept: those };
    return refused(`schedule.length.${days.count}`, params);
  }
  const gap = days.consecutive ? gapIn(all, days.count, calendar) : undefined;
  const skipped = named.filter((day) => !counted.includes(day));
  return gap === undefined ? { days: all, kept, skipped } : refused('schedule.gap', { after: { date: gap } });
}

function inclusive(count: number): Param {
  return { key: 'campaign:schedule.kept', params: { count } };
}

const ranges = /\s*(?:至|到|—|–|~|～|-(?=\s*\d{1,2}\s*(?:[月日号./]))|\bto\b|\bthrough\b)\s*/u;
const lists = /[、，,;；]|和|及|\band\b/u;
const monthOf = /^(\d{4}年)?\d{1,2}月/u;
/** The most days that one range can mean. */
const rangeMax = 366;

/** The days in `7月1日至7月4日`, `7月1日、2日、4日` or `July 1 to July 4`, YYYY-MM-DD; none when a part is no day. */
export function readDays(words: string, context: ReadingContext): string[] {
  let month = '';
  const read = (part: string): string | null => {
    const text = part.trim();
    month = monthOf.exec(text)?.[0] ?? month;
    // “7月1日至4日”: the month is said once.
    const reading = readDate(
      /^\d{1,2}[日号]?$/u.test(text) ? `${month}${text.replace(/[日号]?$/u, '日')}` : text,
      context,
    );
    // A day that is just over may be meant: then that is what must be said, and not next year's taken.
    if (reading.kind === 'ambiguous') return [...reading.candidates].sort()[0] ?? null;
    return reading.kind === 'value' ? reading.value : null;
  };
  const days = words.split(lists).map((part) => {
    const [from, to, ...more] = part.split(ranges).map(read);
    if (from === undefined || from === null || to === null || more.length > 0) return [];
    return to === undefined ? [from] : between(from, to);
  });
  return days.some((some) => some.length === 0) ? [] : days.flat();
}

function between(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to && days.length < rangeMax; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The day after which the next counted day is missing. */
function gapIn(days: readonly string[], count: Service['count'], calendar: Calendar): string | undefined {
  return days.slice(0, -1).find((day, index) => {
    let next = addDays(day, 1);
    while (count === 'workdays' && !isWorkday(calendar, next)) next = addDays(next, 1);
    return next !== days[index + 1];
  });
}

function refused(sentence: CampaignSentence, params: Params): Scheduled {
  return { refused: { key: `campaign:${sentence}`, params } };
}

/** What stands against a record of today: none handed in, another day, one is there already, or somebody is at it. */
export type DayRefusal = 'unplanned' | 'other' | 'done' | 'open';

/**
 * Schedule first, then one short record a day, on the days handed in (JX-2.3, JX-2.4). Null when it may be filled in.
 * `done`, `open`: the days (YYYY-MM-DD) whose record is finished, or begun by anybody of the unit and not finished.
 */
export function dayRefusal(
  { planned, done, open }: { planned: readonly string[]; done: readonly string[]; open: readonly string[] },
  today: string,
): DayRefusal | null {
  if (planned.length === 0) return 'unplanned';
  if (!planned.includes(today)) return 'other';
  if (done.includes(today)) return 'done';
  return open.includes(today) ? 'open' : null;
}
