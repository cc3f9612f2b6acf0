import { randomBytes } from 'node:crypto';
import { access, mkdtemp, rm, rmdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { barrier } from './account.ts';
import { codeOf, StartFault } from './fault.ts';
import { handOver, ownFolder } from './folders.ts';
import type { Home } from './home.ts';
import { port } from './settings.ts';

/** The kernel's limit for a socket's path is 104 bytes on macOS and 108 on Linux, its final zero included. */
const bytesMax = 103;

const prefix = 'duban-socket-';

export const socketFile = (folder: string): string => path.join(folder, `.s.PGSQL.${port}`);

/** The socket's folder when it stands in the home. */
export const homeSocket = (home: Home): string => path.join(home.path, 'socket');

/**
 * Makes the private folder of the server's socket: in the home, or, where the path is too long or the disk can't hold sockets
 * (network shares, Docker Desktop's mounts), a new one in the system's temporary folder. A server that is started again has
 * its socket where it was `before`: its clients look for it there. Throws StartFault `no-socket`.
 */
export async function socketFolder(home: Home, before?: string): Promise<string> {
  if (before) {
    await ownFolder(before, home.account);
    return before;
  }
  const own = homeSocket(home);
  if (fits(own)) {
    await ownFolder(own, home.account);
    if (await canListen(own)) return own;
  }
  const tried = [own];
  for (const parent of new Set([tmpdir(), '/tmp'])) {
    tried.push(parent);
    if (!fits(path.join(parent, `${prefix}XXXXXX`)) || !(await isOpen(parent, home))) continue;
    const folder = await mkdtemp(path.join(parent, prefix));
    if (home.account) await handOver(folder, home.account);
    if (await canListen(folder)) return folder;
    await rm(folder, { recursive: true });
  }
  throw new StartFault('no-socket', { paths: tried.join(', ') });
}

/** A folder in the system's temporary one was made for one run; whatever else the server was told to use is not ours to remove. */
export async function dropSocketFolder(folder: string): Promise<void> {
  if (!path.basename(folder).startsWith(prefix)) return;
  await rmdir(folder).catch((error) => {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTEMPTY') throw error;
  });
}

const fits = (folder: string): boolean => Buffer.byteLength(socketFile(folder)) <= bytesMax;

async function isOpen(folder: string, home: Home): Promise<boolean> {
  try {
    await access(folder);
    return !(home.account && (await barrier(folder, home.account)));
  } catch {
    return false;
  }
}

/** Tries it: some disks refuse sockets only when one is made. */
function canListen(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    // As long a name as the server's own.
    const name = `.try-${randomBytes(4).toString('hex')}`;
    server.listen(path.join(folder, name), () => server.close(() => resolve(true)));
  });
}
