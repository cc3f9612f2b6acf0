import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';
import { addDays } from './day.ts';
import { refusal } from './refusal.ts';

/** A time of day, HH:MM. */
export const Clock = z
  .string()
  .refine((text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text), refusal('fault.bad-time'));

/** A time zone of the IANA list. */
export const Zone = z.string().refine((name) => IANAZone.isValidZone(name), refusal('fault.bad-zone'));

/**
 * Hours in which nobody is written to, `from` included, `to` not; over midnight when `from` is the later. The same time
 * twice means no quiet hours. (中央网信委 2023-12: no demand for instant replies; DOMAIN 2.11.)
 */
export const Quiet = z.strictObject({ from: Clock.default('21:00'), to: Clock.default('08:00') });
export type Quiet = z.infer<typeof Quiet>;

/** The instant (ISO, UTC) at which it is that time on that day there. A time the clocks jump over is taken after the jump. */
export function instantOf(date: string, time: string, zone: string): string {
  const key = `${date} ${time} ${zone}`;
  const known = instants.get(key);
  if (known !== undefined) return known;
  const instant = iso(local(date, time, zone));
  if (instants.size >= instantsMax) instants.clear();
  instants.set(key, instant);
  return instant;
}

/** Thousands of assignments are due on the same few days, and luxon takes 17 µs for each. */
const instants = new Map<string, string>();
const instantsMax = 5000;

/** The calendar day there at an instant. */
export function dateOf(instant: string, zone: string): string {
  return wallClock(instant, zone).date;
}

/** The time of day there at an instant, HH:MM. */
export function timeOf(instant: string, zone: string): string {
  return wallClock(instant, zone).time;
}

export function isQuiet(instant: string, quiet: Quiet, zone: string): boolean {
  return isQuietTime(timeOf(instant, zone), quiet);
}

/** Whether a time of day, HH:MM, lies in the quiet hours. */
export function isQuietTime(time: string, { from, to }: Quiet): boolean {
  return from <= to ? time >= from && time < to : time >= from || time < to;
}

/** Quiet hours where they are told without their campaign. */
export interface QuietHours extends Quiet {
  zone: string;
}

/**
 * The hours in which a message that is due then must not go out, if it is late; none for what is due in them: that one
 * is meant for somebody who is awake.
 */
export function quietOf(dueAt: string, quiet: Quiet, zone: string): { quiet?: QuietHours } {
  return isQuiet(dueAt, quiet, zone) ? {} : { quiet: { ...quiet, zone } };
}

/** The instant itself, or the end of the quiet hours it lies in. */
export function outOfQuiet(instant: string, quiet: Quiet, zone: string): string {
  const { date, time } = wallClock(instant, zone);
  if (!isQuietTime(time, quiet)) return instant;
  const day = time < quiet.to ? date : addDays(date, 1);
  // Where clocks go back in that hour the time comes twice: take the first that is still to come.
  const ends = local(day, quiet.to, zone).getPossibleOffsets();
  const end = ends.find((one) => iso(one) > instantIn(instant)) ?? ends[ends.length - 1];
  if (!end) throw new RangeError(`no ${quiet.to} on ${day} in ${zone}`);
  return iso(end);
}

/** An instant with any offset as ISO in UTC, so that instants sort as strings. @throws RangeError when it is none */
export function instantIn(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) throw new RangeError(`not an instant: ${instant}`);
  return at.toISOString();
}

/** By the zone's offset alone: five times as fast as a DateTime, and every reminder asks it several times. */
function wallClock(instant: string, zone: string): { date: string; time: string } {
  const at = Date.parse(instantIn(instant));
  const there = new Date(at + IANAZone.create(zone).offset(at) * 60_000).toISOString();
  return { date: there.slice(0, 10), time: there.slice(11, 16) };
}

function local(date: string, time: string, zone: string): DateTime<true> {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = `${date}-${time}`.split(/[-:]/).map(Number);
  return valid(DateTime.fromObject({ year, month, day, hour, minute }, { zone }));
}

function valid(at: DateTime): DateTime<true> {
  if (!at.isValid) throw new RangeError(`${at.invalidReason}: ${at.invalidExplanation}`);
  return at as DateTime<true>;
}

function iso(at: DateTime<true>): string {
  return new Date(at.toMillis()).toISOString();
}
