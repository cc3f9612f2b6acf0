import type { Channel, Receive } from './channels/channel.ts';
import { type Clock, machineClock } from './clock.ts';
import { createReceive } from './conversation/receive.ts';
import { type TurnOptions, takeTurns } from './conversation/turn.ts';
import { prepareBackground, startBackground } from './jobs/background.ts';
import { startDispatcher } from './jobs/dispatcher.ts';
import { type FetcherOptions, giveUpFiles, startFetcher, unclaimedMsMax } from './jobs/fetcher.ts';
import { type Loop, signalOne, startLoop } from './jobs/loop.ts';
import { startWakeUps } from './jobs/wake-ups.ts';
import type { Keys } from './keys.ts';
import type { Log } from './log.ts';
import type { Database } from './store/database.ts';
import { fetchLater } from './store/fetches.ts';
import { createLibrary } from './store/library.ts';

export interface ServiceOptions {
  database: Database;
  clock: Clock;
  keys: Keys;
  /** Where people's browsers reach the pages. */
  publicUrl: () => string;
  /** A rehearsal's days may be minutes: its wake-ups are looked for more often, and every message says what it is. */
  rehearsal: boolean;
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
const giveUpPollMs = 30_000;

/** The service of one process on a migrated database. Any number of them may share one. */
export async function createService(given: ServiceOptions): Promise<Service> {
  const { database, clock, log, keys, publicUrl } = given;
  await prepareBackground(database, log);
  const turns: Loop[] = [];
  const senders: Loop[] = [];
  const fetchers: Loop[] = [];
  const others: Loop[] = [];
  const wakeTurns = () => signalOne(turns);
  const stored = (files: boolean) => {
    wakeTurns();
    if (files) for (const { signal } of fetchers) signal();
  };
  const said = () => {
    for (const { signal } of senders) signal();
  };
  const options: TurnOptions = {
    database,
    library: createLibrary(database),
    clock,
    log,
    said,
    keys,
    publicUrl,
  };
  let stopBackground = async () => {};
  return {
    receive: createReceive({
      database,
      clock,
      stored,
      fetchLater: (run, channel, seq) => fetchLater(run, channel, seq, machineClock.now().toISOString()),
    }),
    options,
    signal: () => {
      for (const { signal } of [...turns, ...senders, ...fetchers, ...others]) signal();
    },
    start: async (channels) => {
      for (let worker = 0; worker < turnWorkers; worker += 1)
        turns.push(startLoop('turns', pollMs, log, () => takeTurns(options)));
      senders.push(...dispatchers(given, channels));
      others.push(startWakeUps(options, given.rehearsal ? pollMs / 10 : pollMs));
      const files = { database, machine: machineClock, log, fetched: wakeTurns };
      for (const channel of channels)
        if (channel.fetch !== undefined) fetchers.push(startFetcher(channel, files));
      others.push(startGivingUp(files));
      const background = await startBackground({ database, clock, keys, machine: machineClock, log });
      stopBackground = background.stop;
    },
    stop: async () => {
      await stopBackground();
      await Promise.all([...turns, ...senders, ...fetchers, ...others].map((loop) => loop.stop()));
    },
  };
}

/** Not before this process has run for so long: after an outage of all, those who fetch get their chance first. */
function startGivingUp(files: FetcherOptions): Loop {
  const from = files.machine.now().getTime() + unclaimedMsMax;
  return startLoop('files given up', giveUpPollMs, files.log, async () =>
    files.machine.now().getTime() < from ? 0 : giveUpFiles(files),
  );
}

function dispatchers({ database, clock, log, rehearsal }: ServiceOptions, channels: Channel[]): Loop[] {
  const connected = () => channels.filter((one) => one.health().ready).map(({ name }) => name);
  const common = { database, clock, machine: machineClock, random: Math.random, log, rehearsal, connected };
  return channels.map((channel) => startDispatcher(channel, common));
}
