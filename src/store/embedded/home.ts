import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Account, barrier, isRoot, unprivileged } from './account.ts';
import { codeOf, StartFault } from './fault.ts';
import { commonFolder, denied, handOver, ownFolder } from './folders.ts';

/** Where the cluster, its log and its socket stand, and who runs it. */
export interface Home {
  path: string;
  /** Postgres's own data folder; it is there only once it is whole. */
  data: string;
  log: string;
  /** Undefined: the account of this process. */
  account: Account | undefined;
  /** The cluster could not stand in DATA_DIR. */
  elsewhere: boolean;
}

/**
 * Finds or makes the home of this DATA_DIR: the folder `postgres` in it. Root's server runs as another account; where
 * that one may not enter DATA_DIR, the home is a folder of a shelf, and the file `postgres-stands-in` in DATA_DIR holds its
 * path: who removes DATA_DIR starts afresh. An existing cluster is always run by its owner.
 * Throws StartFault `unwritable`, `unreachable`, `wrong-owner`, `cluster-missing`, `no-account`.
 */
export async function findHome(dataDir: string, shelves: string[]): Promise<Home> {
  const root = await madeDataDir(path.resolve(dataDir));
  const local = path.join(root, 'postgres');
  const record = path.join(root, 'postgres-stands-in');
  const recorded = await contentOf(record);
  if (recorded) {
    if (!(await ownerOf(recorded))) throw new StartFault('cluster-missing', { path: recorded, record });
    return existing(recorded, true);
  }
  if (!(await ownerOf(local))) {
    if (isRoot() && !(await madeFor(await unprivileged(), local))) {
      return existing(await placedOn(shelves, record, await unprivileged(), root), true);
    }
    await ownFolder(local, undefined).catch((error) => unwritable(local, error));
  }
  return existing(local, false);
}

/** DATA_DIR made by root is open to pass through (not to list), as the server's account has to. */
async function madeDataDir(dataDir: string): Promise<string> {
  try {
    const made = await mkdir(dataDir, { recursive: true, mode: 0o700 });
    if (made !== undefined && isRoot()) await chmod(dataDir, 0o711);
    return await realpath(dataDir);
  } catch (error) {
    return unwritable(dataDir, error);
  }
}

function unwritable(folder: string, cause: unknown): never {
  throw new StartFault('unwritable', { path: folder }, { cause });
}

async function existing(home: string, elsewhere: boolean): Promise<Home> {
  const places = { path: home, data: path.join(home, 'data'), log: path.join(home, 'server.log'), elsewhere };
  const owner = await ownerOf(home);
  if (!owner) return unwritable(home, undefined);
  if (!isRoot()) {
    if (owner.uid !== process.geteuid?.())
      throw new StartFault('wrong-owner', { path: home, owner: owner.name });
    return { ...places, account: undefined };
  }
  const account = owner.uid === 0 ? await unprivileged() : owner;
  // A home that was restored from a backup by root, or whose making was cut short.
  if (owner.uid === 0) await handOver(home, account);
  const closed = await barrier(home, account);
  if (closed) throw new StartFault('unreachable', { account: account.name, path: closed });
  return { ...places, account };
}

/** Whether the account could be given its folder in DATA_DIR. */
async function madeFor(account: Account, local: string): Promise<boolean> {
  if (await barrier(path.dirname(local), account)) return false;
  try {
    await ownFolder(local, account);
    return true;
  } catch (error) {
    if (!denied(error)) throw error;
    await rm(local, { recursive: true, force: true });
    return false;
  }
}

/** A new folder in the first shelf that the account can enter, recorded. Of two processes that do this at once, one wins. */
async function placedOn(shelves: string[], record: string, account: Account, root: string): Promise<string> {
  for (const shelf of shelves) {
    const home = path.join(shelf, randomBytes(6).toString('hex'));
    try {
      await commonFolder(shelf);
      if (await barrier(shelf, account)) continue;
      await ownFolder(home, account);
    } catch (error) {
      if (!denied(error)) throw error;
      await rm(home, { recursive: true, force: true });
      continue;
    }
    return keptRecord(home, record);
  }
  const closed = await barrier(root, account);
  if (closed) throw new StartFault('unreachable', { account: account.name, path: closed });
  throw new StartFault('no-account', { reason: `no folder could be given to ${account.name}` });
}

async function keptRecord(home: string, record: string): Promise<string> {
  const draft = `${record}.${path.basename(home)}`;
  await writeFile(draft, home, { flush: true });
  try {
    await link(draft, record);
    return home;
  } catch (error) {
    const first = codeOf(error) === 'EEXIST' && (await contentOf(record));
    if (!first) throw error;
    await rm(home, { recursive: true });
    return first;
  } finally {
    await rm(draft, { force: true });
  }
}

async function contentOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    (error) => (codeOf(error) === 'EACCES' ? unwritable(path.dirname(file), error) : absent(error)),
  );
}

async function ownerOf(folder: string): Promise<Account | undefined> {
  return stat(folder).then(
    ({ uid, gid }) => ({ uid, gid, name: String(uid) }),
    (error) => absent(error),
  );
}

function absent(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
  return undefined;
}
