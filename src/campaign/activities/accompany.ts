import { z } from 'zod';
import { plain } from '../nearest.ts';
import { type AssignmentPlan, daysOf, inFile, loaded, participants } from './common.ts';

const accompany = {
  mode: z.literal('accompany'),
  /** Units whose responsible person goes along with a citizen's matter (附件1 of JX-1.1). */
  participants,
  /** The area whose windows they go to; which window and which matter is claimed on the spot (JX-1.2). */
  at: z.string().min(1),
  secret: z.literal(false).default(false),
};

/** 实例式检查 as written in a campaign file: each claims a matter a citizen is applying for and stays with it to the end (JX-1). */
export const AccompanyInFile = z.strictObject({ ...inFile, ...accompany });
export type AccompanyInFile = z.infer<typeof AccompanyInFile>;

export const AccompanyActivity = z.strictObject({ ...loaded, ...accompany });
export type AccompanyActivity = z.infer<typeof AccompanyActivity>;

/** A matter that a citizen is applying for at a window, as claimed on the spot. */
export interface Claimed {
  matter: string;
  place: string;
  /** What two claims of the same matter at the same window share, however they are written. */
  sameAs: string;
}

const separators = /[\n，,；;、／/|]+/u;
const chinese = /\p{Script=Han}/u;
/** "property transfer at window 3": English has blanks within names. */
const windowWithin =
  /^(?:at\s+)?((?:window|counter|desk)\s*(?:no\.?\s*|#)?\d+)\s+|\s+(?:at\s+)?((?:window|counter|desk)\s*(?:no\.?\s*|#)?\d+)$/iu;
const placeWords = /窗口|大厅|中心|柜台|号台|所$|站$|window|counter|desk|hall|centre|center/iu;

/**
 * Reads `不动产转移登记，3号窗口`: a matter and where, in either order; what names a window, hall or centre is the place.
 * Null when one of the two is missing: a claim is bound to both (JX-1.2).
 */
export function readClaim(words: string): Claimed | null {
  const parts = words
    .split(separators)
    .flatMap(partsOf)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const places = parts.filter((part) => placeWords.test(part));
  const matters = parts.filter((part) => !placeWords.test(part));
  const [place, matter] = [places.join(' '), matters.join(' ')];
  if (place === '' || matter === '') return null;
  return { matter, place, sameAs: `${plain(matter)}|${plain(place)}` };
}

/** Blanks part a window from a matter too where words have none within: 3号窗口 不动产转移登记. */
function partsOf(part: string): string[] {
  if (!placeWords.test(part)) return [part];
  if (chinese.test(part)) return part.split(/\s+/u);
  const found = windowWithin.exec(part.trim());
  const place = found?.[1] ?? found?.[2];
  return found === null || place === undefined ? [part] : [place, part.trim().replace(windowWithin, '')];
}

export function accompanyAssignments(activity: AccompanyActivity): AssignmentPlan[] {
  return activity.participants.map((unit) => ({
    assigneeUnit: unit,
    targetUnit: activity.at,
    ...daysOf(activity),
  }));
}
