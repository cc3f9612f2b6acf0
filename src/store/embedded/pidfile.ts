import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from './fault.ts';
import type { Home } from './home.ts';
import { isAlive } from './process.ts';
import { socketFile } from './socket.ts';

/** What a server says of itself in `postmaster.pid` (PostgreSQL's miscinit.h names the lines). */
export interface PidFile {
  pid: number;
  socketFolder: string;
  /** `starting`, `ready`, `stopping`; empty when not written yet. */
  status: string;
  text: string;
}

const emptyMsMax = 2_000;

const fileOf = (home: Home): string => path.join(home.data, 'postmaster.pid');

/** The file of the server that runs on this cluster, or of one that was killed. */
export async function readPidFile(home: Home): Promise<PidFile | undefined> {
  const text = await readFile(fileOf(home), 'utf8').catch(ifAbsent);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (text === undefined || !Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, socketFolder: lines[4] ?? '', status: lines[7]?.trim() ?? '', text };
}

/**
 * Clears the way when the id in a killed server's file now belongs to some other program, which makes Postgres refuse to
 * start. The file is not removed: its last lines let Postgres see whether orphans of that server still hold its memory. The
 * id becomes ours, and Postgres knows that its parent is no server. Should the file be another one by now, it is put back.
 */
export async function retire(home: Home, stale: PidFile): Promise<void> {
  if (!isAlive(stale.pid)) return;
  const aside = `${fileOf(home)}.${randomBytes(4).toString('hex')}`;
  await rename(fileOf(home), aside).catch(ifAbsent);
  const text = await contentOf(aside);
  if (text === undefined) return;
  if (text === stale.text) {
    await writeFile(aside, stale.text.replace(/^\d+/, String(process.pid)));
  }
  await link(aside, fileOf(home)).catch((error) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
  await rm(aside);
}

/**
 * Removes an empty file, which Postgres takes for another server that just starts, and refuses: when it is older than any
 * start takes to write it, a power cut left it.
 */
export async function dropEmpty(home: Home): Promise<void> {
  const found = await stat(fileOf(home)).catch(ifAbsent);
  if (found?.size === 0 && Date.now() - found.mtimeMs > emptyMsMax) await rm(fileOf(home), { force: true });
}

/** The socket has a lock of the same kind beside it, in the way for the same reason. */
export async function dropSocketLock(folder: string, stale: PidFile): Promise<void> {
  const lock = `${socketFile(folder)}.lock`;
  const owner = Number((await contentOf(lock))?.split('\n')[0]);
  if (owner === stale.pid) await rm(lock, { force: true });
}

const contentOf = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(ifAbsent);

function ifAbsent(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error;
  return undefined;
}
