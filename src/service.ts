import type { Channel, Receive } from './channels/channel.ts';
import { type Clock, machineClock } from './clock.ts';
import { createReceive } from './conversation/receive.ts';
import { type TurnOptions, takeTurns } from './conversation/turn.ts';
import { fetchLater, prepareBackground, startBackground } from './jobs/background.ts';
import { startDispatcher } from './jobs/dispatcher.ts';
import { type Loop, signalOne, startLoop } from './jobs/loop.ts';
import { startWakeUps } from './jobs/wake-ups.ts';
import type { Log } from './log.ts';
import type { Database } from './store/database.ts';
import { createLibrary } from './store/library.ts';

export interface ServiceOptions {
  database: Database;
  clock: Clock;
  /** A rehearsal's days may be minutes: its wake-ups are looked for more often, and every message says what it is. */
  rehearsal: boolean;
  publicUrl: string;
  log: Log;
}

/** The work between the inbox and the outbox, with nothing outside connected yet. */
export interface Service {
  /** The way in, for channels. */
  receive: Receive;
  options: TurnOptions;
  /** There may be work that another process put into the database. */
  signal(): void;
  start(channels: Channel[]): Promise<void>;
  /** Ends after the turns and the messages under way. */
  stop(): Promise<void>;
}

/** Turn workers in one process: while one waits for Postgres, the other thinks. */
const turnWorkers = 2;
/** How often each loop looks for work without being called, ms. */
const pollMs = 1_000;

/** The service of one process on a migrated database. Any number of them may share one. */
export async function createService(given: ServiceOptions): Promise<Service> {
  const { database, clock, log, publicUrl } = given;
  await prepareBackground(database, log);
  const turns: Loop[] = [];
  const senders: Loop[] = [];
  const others: Loop[] = [];
  const wakeTurns = () => signalOne(turns);
  const said = () => {
    for (const { signal } of senders) signal();
  };
  const options: TurnOptions = { database, library: createLibrary(database), clock, log, publicUrl, said };
  let stopBackground = async () => {};
  return {
    receive: createReceive({ database, clock, stored: wakeTurns, fetchLater }),
    options,
    signal: () => {
      for (const { signal } of [...turns, ...senders, ...others]) signal();
    },
    start: async (channels) => {
      for (let worker = 0; worker < turnWorkers; worker += 1)
        turns.push(startLoop('turns', pollMs, log, () => takeTurns(options)));
      senders.push(...dispatchers(given, channels));
      others.push(startWakeUps(options, given.rehearsal ? pollMs / 10 : pollMs));
      const background = await startBackground({ database, clock, log, channels, fetched: wakeTurns });
      stopBackground = background.stop;
    },
    stop: async () => {
      await stopBackground();
      await Promise.all([...turns, ...senders, ...others].map((loop) => loop.stop()));
    },
  };
}

function dispatchers({ database, clock, log, rehearsal }: ServiceOptions, channels: Channel[]): Loop[] {
  const connected = () => channels.filter((one) => one.health().ready).map(({ name }) => name);
  const common = { database, clock, machine: machineClock, random: Math.random, log, rehearsal, connected };
  return channels.map((channel) => startDispatcher(channel, common));
}
