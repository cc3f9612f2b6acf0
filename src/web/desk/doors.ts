import type { Clock } from '../../clock.ts';
import type { Keys } from '../../keys.ts';
import type { Log } from '../../log.ts';
import type { Database } from '../../store/database.ts';
import type { Library } from '../../store/library.ts';

/** What the dashboard needs of the house. */
export interface DeskDoors {
  database: Database;
  library: Library;
  keys: Keys;
  /** By which days are told. */
  clock: Clock;
  log: Log;
  /** How people reach the pages from outside, as soon as the port is known. */
  publicUrl: () => string;
  rehearsal: boolean;
  /** Called after a commit that put messages back into a queue. */
  said: () => void;
  /** Of links and sessions: real time, also in a rehearsal. For tests. */
  machine?: Clock;
  /** How often an open page looks for changes, ms. For tests. */
  liveMs?: number;
}
