import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { codeOf, StartFault } from './fault.ts';
import type { Home } from './home.ts';
import { isAlive, run } from './process.ts';
import { bareEnvironment, made, superuser } from './settings.ts';

/** Drafts that this very process is making now. */
const drafts = new Set<string>();

/**
 * Makes the cluster unless it is there. It is made under another name, flushed to disk and renamed, so `data` is whole
 * or absent, whatever kills us; of two processes that make one at once, the first to rename wins and the other's is dropped.
 * Throws StartFault `other-version`, `init-failed`, `unnamed-account`.
 */
export async function ensureCluster(home: Home, native: string, durable: boolean): Promise<void> {
  const wanted = await majorOf(native);
  const found = await versionOf(home.data);
  if (found !== undefined && found !== wanted) {
    throw new StartFault('other-version', { path: home.data, found, wanted });
  }
  if (found !== undefined) return;
  await dropLeftovers(home);
  const draft = `${home.data}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  drafts.add(draft);
  try {
    await initdb(home, native, draft, durable);
    await rename(draft, home.data);
    await flush(home.path);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
  } finally {
    drafts.delete(draft);
  }
}

/** The first number of the server's version, as PG_VERSION has it. */
async function majorOf(native: string): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(native, '../package.json'), 'utf8'));
  return String(version).split('.')[0] ?? '';
}

async function versionOf(data: string): Promise<string | undefined> {
  try {
    return (await readFile(path.join(data, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function initdb(home: Home, native: string, draft: string, durable: boolean): Promise<void> {
  const { account } = home;
  const who = account ? { uid: account.uid, gid: account.gid } : {};
  // The built-in locale sorts and folds case alike on every machine, with no locale installed.
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  // Trust is for whoever can reach the socket, and its folder lets in none but the server's account and root.
  const access = [`--username=${superuser}`, '--auth-local=trust', '--auth-host=reject'];
  const settings = Object.entries(made).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const rest = ['--no-instructions', ...(durable ? [] : ['--no-sync'])];
  try {
    await run(path.join(native, 'bin/initdb'), ['-D', draft, ...locale, ...access, ...settings, ...rest], {
      ...who,
      cwd: '/',
      env: bareEnvironment,
    });
  } catch (error) {
    throw initFault(home, error);
  }
}

function initFault(home: Home, error: unknown): StartFault {
  const code = codeOf(error);
  // The system's own refusals: to take another account, or (a C library that the binaries don't fit) to run them at all.
  if (home.account && (code === 'EPERM' || code === 'EINVAL'))
    return new StartFault('no-account', { reason: code });
  if (code === 'ENOENT')
    return new StartFault('unsupported-platform', { platform: process.platform }, { cause: error });
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  if (said.includes('could not look up effective user ID')) {
    return new StartFault(
      'unnamed-account',
      { uid: String(home.account?.uid ?? process.geteuid?.()) },
      { cause: error },
    );
  }
  const line =
    said.split('\n').find((each) => /error|FATAL/i.test(each)) ?? said.trim().split('\n').at(-1) ?? '';
  return new StartFault(
    'init-failed',
    { path: home.data, reason: line.replace(/^.*?(error|FATAL): +/i, '') },
    { cause: error },
  );
}

/** What a process left that was killed while it made a cluster. */
async function dropLeftovers(home: Home): Promise<void> {
  for (const name of await readdir(home.path)) {
    const maker = /^data\.new-(\d+)-/.exec(name)?.[1];
    const draft = path.join(home.path, name);
    if (maker === undefined || drafts.has(draft)) continue;
    if (Number(maker) !== process.pid && isAlive(Number(maker))) continue;
    await rm(draft, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A rename is on disk once its folder is. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
