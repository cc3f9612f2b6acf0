import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, stat, truncate } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf, StartFault } from './fault.ts';
import type { Home } from './home.ts';
import { readPidFile } from './pidfile.ts';
import { isServerOf } from './process.ts';
import { bareEnvironment, given } from './settings.ts';
import { dropSocketFolder } from './socket.ts';

/** How often we look whether a server has come or gone, in ms. */
export const pollMs = 8;

const logBytesMax = 8 * 1024 * 1024;
const fastStopMsMax = 30_000;
const hardStopMsMax = 10_000;

/** A server process that we started. */
export interface Launched {
  pid: number;
  /** Why it ended, undefined while it runs. */
  ending(): Promise<string | undefined>;
}

/**
 * Starts the server in a session of its own: Ctrl-C in our terminal is not for it, and it outlives us when we are killed.
 * Its log is cut when it has grown over 8 MiB. Throws StartFault `no-account`, `unsupported-platform`.
 */
export async function launch(
  home: Home,
  native: string,
  socketFolder: string,
  settings: Record<string, string>,
): Promise<Launched> {
  const log = await open(home.log, 'a', 0o600);
  try {
    if (home.account) await log.chown(home.account.uid, home.account.gid);
    const { size } = await log.stat();
    const flags = Object.entries({ ...settings, ...given }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    const program = path.join(native, 'bin/postgres');
    const child = spawn(program, ['-D', home.data, '-k', socketFolder, ...flags], {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      cwd: '/',
      env: bareEnvironment,
      ...(home.account && { uid: home.account.uid, gid: home.account.gid }),
    });
    await once(child, 'spawn').catch((error) => refused(home, program, error));
    child.unref();
    return { pid: child.pid ?? 0, ending: () => ending(child, home, size) };
  } finally {
    await log.close();
  }
}

function refused(home: Home, program: string, error: unknown): never {
  const code = codeOf(error);
  if (home.account && (code === 'EPERM' || code === 'EINVAL'))
    throw new StartFault('no-account', { reason: code });
  if (code === 'EACCES') {
    throw new StartFault(
      'unreachable',
      { account: home.account?.name ?? 'of this process', path: program },
      { cause: error },
    );
  }
  // The file is there: it is the C library it was built for that isn't.
  if (code === 'ENOENT')
    throw new StartFault('unsupported-platform', { platform: process.platform }, { cause: error });
  throw error;
}

/**
 * Its last fatal line, told by its id from other servers' that try at the same time; or what was said before the server
 * had its tongue (a missing library); or its exit code.
 */
async function ending(child: ChildProcess, home: Home, logStart: number): Promise<string | undefined> {
  if (child.exitCode === null && child.signalCode === null) return undefined;
  const log = (await readFile(home.log)).subarray(logStart).toString('utf8').trim().split('\n');
  const own = log.findLast((each) => each.includes(`[${child.pid}]`) && /(FATAL|PANIC): /.test(each));
  const line = own ?? log.findLast((each) => !/\[\d+\] [A-Z]+: /.test(each));
  return line?.replace(/^.*?(FATAL|PANIC): +/, '') || `exit ${child.exitCode ?? child.signalCode}`;
}

/** Empties a log that has grown too long; a running server goes on at its beginning. */
export async function trimLog(home: Home): Promise<void> {
  const size = await stat(home.log).then(
    (log) => log.size,
    () => 0,
  );
  if (size > logBytesMax) await truncate(home.log);
}

/**
 * Shuts down the server of this cluster, if one runs here: open transactions are rolled back, all is written, and the
 * next start needs no recovery. One that takes over 30 s is ended at once, and recovers at its next start.
 * Throws StartFault `will-not-stop`.
 */
export async function shutDown(home: Home): Promise<void> {
  const file = await readPidFile(home);
  if (!file || !(await isServerOf(home.data, file.pid))) return;
  process.kill(file.pid, 'SIGINT');
  if (!(await isGone(home, file.pid, fastStopMsMax))) {
    process.kill(file.pid, 'SIGQUIT');
    if (!(await isGone(home, file.pid, hardStopMsMax))) {
      throw new StartFault('will-not-stop', { pid: String(file.pid), log: home.log });
    }
  }
  await dropSocketFolder(file.socketFolder);
}

async function isGone(home: Home, pid: number, msMax: number): Promise<boolean> {
  const until = performance.now() + msMax;
  while (await isServerOf(home.data, pid)) {
    if (performance.now() > until) return false;
    await pause(pollMs);
  }
  return true;
}
