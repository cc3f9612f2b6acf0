import { dateOf, timeOf } from '../../campaign/instant.ts';
import type { Params } from '../../flow/say.ts';
import type { Language } from '../../flow/text.ts';

/** For whom a model is drawn, of what and of when. */
export interface Shown {
  language: Language;
  /** What the campaign is called, and the unit where it is one's. */
  about: string;
  /** ISO instant. */
  at: string;
  zone: string;
}

/** The day with its year: pictures are passed on, and looked at later. */
export function shownAsOf({ at, zone }: Pick<Shown, 'at' | 'zone'>): Params {
  return { day: { date: dateOf(at, zone) }, time: timeOf(at, zone) };
}
