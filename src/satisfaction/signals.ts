import type { RatingRules } from '../campaign/rating-rules.ts';

/** Signs that a rating may not be a citizen's own. A rating that bears one is kept, and shown both with and without. */
export const marks = [
  'fast',
  'same-comment',
  'many-windows',
  'closing-burst',
  'staff-network',
  'streak',
] as const;
export type Mark = (typeof marks)[number];

/** What is known about a rating when it is given, and about nobody; what is not known is null and no sign. */
export interface SubmissionFacts {
  /** Between the first question and the last answer. */
  seconds: number | null;
  /** Windows that were rated from this device today, this one included. */
  windowsToday: number;
  /** Ratings of the unit in this part of the day, this one included, and how many are usual in one; null while not known. */
  burst: { slotCount: number; usualSlot: number | null; isClosingSlot: boolean };
  fromStaffNetwork: boolean;
}

/** What may happen by chance in one part of the day of a thousand is no sign yet. */
const chanceMax = 0.001;
/** So many earlier ratings must stand behind what a unit usually gets. */
const historyFrom = 50;

/** The signs that show at once, in the order of {@link marks}; `same-comment` is found when the rating is kept, `streak` when the day is over: {@link isStreak}. */
export function marksOf(facts: SubmissionFacts, { signals }: Pick<RatingRules, 'signals'>): Mark[] {
  const { seconds, windowsToday, fromStaffNetwork } = facts;
  const found: Partial<Record<Mark, boolean>> = {
    fast: seconds !== null && seconds < signals.fastSeconds,
    'many-windows': windowsToday >= signals.windows.from,
    'closing-burst': isBurst(facts.burst, signals.burst.from),
    'staff-network': fromStaffNetwork,
  };
  return marks.filter((mark) => found[mark] === true);
}

/** At closing time, so many at least, and more than chance would bring where so many are usual. */
function isBurst({ slotCount, usualSlot, isClosingSlot }: SubmissionFacts['burst'], from: number): boolean {
  if (!isClosingSlot || slotCount < from) return false;
  return usualSlot === null || atLeast(slotCount, usualSlot) < chanceMax;
}

/** How likely `count` or more are where `usual` are expected, when they come independently (Poisson 1837). */
function atLeast(count: number, usual: number): number {
  let exactly = Math.exp(-usual);
  let fewer = 0;
  for (let index = 0; index < count; index += 1) {
    fewer += exactly;
    exactly *= usual / (index + 1);
  }
  return 1 - fewer;
}

/**
 * Whether a part of the day is one at closing time: it has some of the last minutes before it, or of as many after it.
 * @param slot number of the part, from midnight @param slotMinutes how long a part is @param closing HH:MM
 */
export function isClosingSlot(
  slot: number,
  slotMinutes: number,
  { closing, signals }: Pick<RatingRules, 'closing' | 'signals'>,
): boolean {
  const [hours = 0, minutes = 0] = closing.split(':').map(Number);
  const at = hours * 60 + minutes;
  const [from, to] = [slot * slotMinutes, (slot + 1) * slotMinutes];
  return to > at - signals.burst.minutes && from < at + signals.burst.minutes;
}

/**
 * A comment as it is compared with others: letters and digits alone, in one width and case. Null when it is shorter than
 * comments that people write alike by themselves (很好).
 */
export function comparable(comment: string, { signals }: Pick<RatingRules, 'signals'>): string | null {
  const letters = comment
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
  return [...letters].length < signals.comments.letters ? null : letters;
}

/** How many ratings there were, and how many of them on the highest level. */
export interface TopCount {
  n: number;
  top: number;
}

/**
 * Whether a day's ratings of a unit are hardly its own: all of the highest level, and so many that with the share of earlier
 * days that happens by chance less than once in a thousand days. Without enough earlier ratings nothing is said.
 */
export function isStreak(
  day: TopCount,
  history: TopCount,
  { signals }: Pick<RatingRules, 'signals'>,
): boolean {
  if (day.n < signals.streak.from || day.top < day.n || history.n < historyFrom) return false;
  return (history.top / history.n) ** day.n < chanceMax;
}
