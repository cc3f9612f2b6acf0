import { access } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureCluster } from './cluster.ts';
import { StartFault } from './fault.ts';
import type { Home } from './home.ts';
import { type Lease, takeLease } from './lease.ts';
import { dropEmpty, dropSocketLock, type PidFile, readPidFile, retire } from './pidfile.ts';
import { type Launched, launch, pollMs, shutDown } from './postmaster.ts';
import { isServerOf } from './process.ts';
import { homeSocket, socketFile, socketFolder } from './socket.ts';

/** All that is needed to start a server, again and again. */
export interface House {
  home: Home;
  native: string;
  settings: Record<string, string>;
  startMsMax: number;
  /** Where the socket was, once it was anywhere: whoever lost the server looks for it there again. */
  socket?: string;
}

/** A ready server whose socket does not answer for so long has lost it (something cleaned the temporary folder). */
const deafMsMax = 2_000;

/**
 * Comes to a lease on the cluster's server, whatever is there: nothing, a running server (an orphan of a killed process, or
 * another process's), one that starts or stops, the remains of one that was killed. Asks the socket first and the process
 * id second, for a server in another container has an id that means nothing here, and answers all the same.
 * Throws StartFault `server-failed`, `slow-start` and those of the parts.
 */
export async function attach(house: House): Promise<{ lease: Lease; adopted: boolean }> {
  const until = performance.now() + house.startMsMax;
  let launched: Launched | undefined;
  let deafSince: number | undefined;
  for (;;) {
    const file = await readPidFile(house.home);
    const runs = file !== undefined && (await isServerOf(house.home.data, file.pid));
    // Asking one that is on its way up or down only fills its log.
    const answer =
      file && (!runs || file.status === 'ready')
        ? await takeLease(await socketOf(house, file), house.home)
        : 'later';
    if (typeof answer === 'object') {
      house.socket = answer.config.host;
      return { lease: answer, adopted: file?.pid !== launched?.pid };
    }
    const now = performance.now();
    if (now > until) {
      throw new StartFault('slow-start', { seconds: String(house.startMsMax / 1000), log: house.home.log });
    }
    deafSince = runs && answer === 'nobody' ? (deafSince ?? now) : undefined;
    if (deafSince !== undefined && now - deafSince > deafMsMax) await shutDown(house.home);
    if (await hasEnded(house, launched, runs)) launched = undefined;
    if (!runs && !launched && (!file || answer === 'nobody')) launched = await begin(house, file);
    else await pause(pollMs);
  }
}

/** The socket as we see it: another container may have DATA_DIR under another path than the one it wrote down. */
async function socketOf({ home }: House, file: PidFile): Promise<string> {
  return access(socketFile(file.socketFolder)).then(
    () => file.socketFolder,
    () => homeSocket(home),
  );
}

async function begin(house: House, stale: PidFile | undefined): Promise<Launched> {
  const { home, native, settings } = house;
  await ensureCluster(home, native, settings.fsync !== 'off');
  await (stale ? retire(home, stale) : dropEmpty(home));
  const folder = await socketFolder(home, house.socket);
  if (stale) await dropSocketLock(folder, stale);
  return launch(home, native, folder, settings);
}

/** True when our server ended because another process's was, or seems to be, first; any other end is a fault. */
async function hasEnded({ home }: House, launched: Launched | undefined, runs: boolean): Promise<boolean> {
  const reason = await launched?.ending();
  if (reason === undefined) return false;
  if (runs || /lock file ".*" (already exists|is empty)/.test(reason)) return true;
  throw new StartFault('server-failed', { reason, log: home.log });
}
