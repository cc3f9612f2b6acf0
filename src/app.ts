import type { Express } from 'express';
import type { Channel, Receive } from './channels/channel.ts';
import { machineClock } from './clock.ts';
import type { Config } from './config.ts';
import { ensureCoordinators } from './conversation/people.ts';
import { createReceive } from './conversation/receive.ts';
import { takeTurns, type TurnOptions } from './conversation/turn.ts';
import { openChannels } from './connect.ts';
import { fetchLater, prepareBackground, startBackground } from './jobs/background.ts';
import { startDispatcher } from './jobs/dispatcher.ts';
import { type Loop, signalOne, startLoop } from './jobs/loop.ts';
import { startSchedule } from './jobs/schedule.ts';
import { startWakeUps } from './jobs/wake-ups.ts';
import type { Log } from './log.ts';
import { loadSample, type Sample } from './sample.ts';
import { clockOf } from './store/clock.ts';
import { createLibrary } from './store/library.ts';
import { listenForWork } from './store/listen.ts';
import { openStore } from './store/open.ts';
import { createWeb, listen } from './web/server.ts';

export interface App {
  /** Where people and platforms reach it. */
  url: string;
  sample: Sample | null;
  /** Where the database stands, when that is not inside DATA_DIR. */
  note: string | null;
  /** Resolves when the service can't go on. Never rejects. */
  lost: Promise<Error>;
  /** No turn is left half done; what waits in the outbox waits for the next start. */
  stop(): Promise<void>;
}

/** Turn workers in one process: while one waits for Postgres, the other thinks. */
const turnWorkers = 2;
/** How often each loop looks for work without being called, ms. */
const pollMs = 1_000;

/** Puts the parts together. The only file that knows all of them. @throws StartFault */
export async function startApp(config: Config, log: Log): Promise<App> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await assemble(config, log, undo)), stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

async function assemble(config: Config, log: Log, undo: (() => Promise<void>)[]): Promise<Omit<App, 'stop'>> {
  const store = await openStore(config, log, true);
  undo.push(() => store.close());
  const { database } = store;
  const { clock, rehearsal } = await clockOf(database, config.rehearsal);
  await prepareBackground(database, log);
  await ensureCoordinators(database, config.coordinators.join(','));
  const sample = store.embedded ? await loadSample(database, clock, config.console) : null;

  const loops: Loop[] = [];
  const wakeTurns = () => signalOne(loops.slice(0, turnWorkers));
  const wakeAll = () => loops.forEach(({ signal }) => signal());
  const options: TurnOptions = {
    database,
    library: createLibrary(database),
    clock,
    log,
    publicUrl: config.publicUrl ?? `http://${config.host}:${config.port}`,
    said: () => loops.slice(turnWorkers).forEach(({ signal }) => signal()),
  };
  const receive: Receive = createReceive({ database, clock, stored: wakeTurns, fetchLater });
  const channels: Channel[] = [];
  const web: Express = createWeb(database, () => channels);
  channels.push(...(await openChannels(config, { web, receive, log, clock, rehearsal, database })));

  startLoops(loops, { options, channels, rehearsal });
  undo.push(async () => {
    await Promise.all(loops.map((loop) => loop.stop()));
  });
  const background = await startBackground({ database, clock, log, channels, fetched: wakeTurns });
  undo.push(() => background.stop());
  undo.push((startSchedule(database, clock, log)).stop);
  undo.push((await listenForWork(store.config, log, wakeAll)).stop);

  const server = await listen(web, config.host, config.port);
  undo.push(() => server.stop());
  for (const channel of channels) await channel.start();
  undo.push(async () => {
    await Promise.all(channels.map((channel) => channel.stop()));
  });
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  const url = config.publicUrl ?? `http://${host}:${server.port}${config.console ? '/console/' : ''}`;
  return { url, sample, note: store.note, lost: store.lost };
}

interface LoopParts {
  options: TurnOptions;
  channels: Channel[];
  rehearsal: boolean;
}

/** Turn workers first: `wakeTurns` counts on it. */
function startLoops(loops: Loop[], { options, channels, rehearsal }: LoopParts): void {
  const { database, clock, log } = options;
  for (let worker = 0; worker < turnWorkers; worker += 1)
    loops.push(startLoop('turns', pollMs, log, () => takeTurns(options)));
  for (const channel of channels)
    loops.push(
      startDispatcher(channel, {
        database,
        clock,
        machine: machineClock,
        random: Math.random,
        log,
        rehearsal,
        connected: () => channels.filter((one) => one.health().ready).map(({ name }) => name),
      }),
    );
  // A rehearsal's day can be a minute: its wake-ups must be looked for more often.
  loops.push(startWakeUps(options, rehearsal ? pollMs / 10 : pollMs));
}

