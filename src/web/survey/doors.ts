import type { Clock } from '../../clock.ts';
import type { Ratings } from '../../conversation/ratings.ts';
import type { Keys } from '../../keys.ts';
import type { Log } from '../../log.ts';

/** What the survey pages need of the house. */
export interface SurveyDoors {
  ratings: Ratings;
  keys: Keys;
  /** By which days are told. */
  clock: Clock;
  log: Log;
  /** How people reach the pages from outside, as soon as the port is known. */
  publicUrl: () => string;
  /** Whose X-Forwarded-For is believed, as Express takes it (hops, or addresses of proxies); null: nobody's. */
  trustProxy: number | string | null;
  rehearsal: boolean;
  /** Of limits and of how long a page may be open: real time, also in a rehearsal. For tests. */
  machine?: Clock;
}
