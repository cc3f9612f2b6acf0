import type { Channel } from './channels/channel.ts';
import { machineClock } from './clock.ts';
import type { Config } from './config.ts';
import { openChannels } from './connect.ts';
import { createDialogs } from './conversation/dialogs.ts';
import { ensureCoordinators } from './conversation/people.ts';
import { createRatings } from './conversation/ratings.ts';
import { startSchedule } from './jobs/schedule.ts';
import { loadKeys } from './keys.ts';
import type { Log } from './log.ts';
import { loadSample, type Sample } from './sample.ts';
import { createService } from './service.ts';
import { clockOf } from './store/clock.ts';
import { reclaimFetches } from './store/fetches.ts';
import { holdKey } from './store/key.ts';
import { listenForWork } from './store/listen.ts';
import { openStore } from './store/open.ts';
import { reclaimLapsed } from './store/outbox.ts';
import { pagesAddress } from './survey-link.ts';
import { mountDesk } from './web/desk/mount.ts';
import { createWeb, listen } from './web/server.ts';
import { mountSurvey } from './web/survey/mount.ts';

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

/** What is opened first is closed last: `undo` is run from its end. */
async function assemble(config: Config, log: Log, undo: (() => Promise<void>)[]): Promise<Omit<App, 'stop'>> {
  const store = await openStore(config, log, true);
  undo.push(store.close);
  const { database } = store;
  const { clock, rehearsal } = await clockOf(database, config.rehearsal);
  // Nobody else works on an embedded database: what a killed predecessor had on its way is taken up now, not after its lease.
  if (store.embedded) {
    await reclaimLapsed(database, 'infinity');
    await reclaimFetches(database, machineClock.now().toISOString());
  }
  await ensureCoordinators(database, config.coordinators, clock);
  const sample = store.embedded ? await loadSample(database, clock, config.console) : null;

  const keys = await loadKeys(config);
  await holdKey(database, keys);
  let port = config.port;
  const publicUrl = () => pagesAddress(config, port);
  const service = await createService({ database, clock, rehearsal, log, keys, publicUrl });
  const channels: Channel[] = [];
  const web = createWeb(database, () => channels);
  const ratings = createRatings(service.options);
  const trustProxy = config.proxies === 0 ? null : config.proxies;
  mountSurvey(web, { ratings, keys, clock, log, publicUrl, trustProxy, rehearsal });
  const { library, said } = service.options;
  mountDesk(web, { database, library, keys, clock, log, publicUrl, rehearsal, said });
  const forms = createDialogs(service.options);
  const sockets = { web, receive: service.receive, forms, log, clock, rehearsal, database };
  channels.push(...(await openChannels(config, sockets)));
  await service.start(channels);
  undo.push(service.stop);
  undo.push(startSchedule(database, clock, log).stop);
  undo.push((await listenForWork(store.config, log, service.signal)).stop);

  const server = await listen(web, config.host, config.port);
  ({ port } = server);
  undo.push(server.stop);
  for (const channel of channels) await channel.start();
  undo.push(async () => {
    await Promise.all(channels.map((channel) => channel.stop()));
  });
  return { url: addressOf(config, server.port), sample, note: store.note, lost: store.lost };
}

function addressOf({ publicUrl, host, console }: Config, port: number): string {
  const own = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return console ? `${own}/console/` : (publicUrl ?? own);
}
