import { accessSync, constants, readFileSync, statfsSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const memory = '/dev/shm';

const prefix = 'duban-test-';

/** Room for the tests' servers, in bytes. */
const room = 2 ** 31;

/** Where folders of tests may lie, as killed runs leave them. */
export const places: string[] = inMemory() ? [memory, tmpdir()] : [tmpdir()];

/**
 * A folder for a server of the tests, in memory where the machine has room there: a database, which is hundreds of small
 * files, is made in 20 ms then, not 150. With DUBAN_TEST_FSYNC=1 it lies on the disk.
 */
export async function serverFolder(name: string): Promise<string> {
  const place = process.env.DUBAN_TEST_FSYNC ? tmpdir() : (places[0] ?? tmpdir());
  const folder = await mkdtemp(path.join(place, `${prefix}${process.pid}-${name}-`));
  // Root's server runs as another account, which has to pass.
  await chmod(folder, 0o711);
  return folder;
}

/** The process that made such a folder; undefined of others. */
export function makerOf(folder: string): number | undefined {
  const pid = new RegExp(`^${prefix}(\\d+)-`).exec(path.basename(folder))?.[1];
  return pid === undefined ? undefined : Number(pid);
}

function inMemory(): boolean {
  try {
    accessSync(memory, constants.W_OK | constants.X_OK);
    const mounted = readFileSync('/proc/mounts', 'utf8').split('\n');
    // Some servers run from a copy of their own beside their data.
    if (mounted.some((line) => line.split(' ')[1] === memory && line.includes('noexec'))) return false;
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= room;
  } catch {
    return false;
  }
}
