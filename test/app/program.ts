import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { shutDown } from '../../src/store/embedded/postmaster.ts';
import { isAlive, run } from '../../src/store/embedded/process.ts';
import { serverFolder } from '../folder.ts';

/** The real program, bundled as `npm start` bundles it, and run as an operator runs it: by its environment alone. */
export interface Program {
  /** Starts the service on a free port; resolves with its address once it has said that it is ready. */
  start(environment: Environment): Promise<Service>;
  /** Starts the service that is not expected to become ready, or a command of the CLI, and waits for its end. */
  run(name: 'main' | 'cli', args: string[], environment: Environment): Promise<Ended>;
  /** A new folder for DATA_DIR. */
  dataDir(): Promise<string>;
  /** Ends every process and server that is left, and removes what was written. */
  clear(): Promise<void>;
}

export type Environment = Record<string, string>;

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface Service {
  /** E.g. `http://127.0.0.1:41235`. */
  origin: string;
  /** What it said on standard output when it was ready. */
  ready: string;
  process: ChildProcess;
  ended: Promise<Ended>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** For `beforeAll`; about a second. */
export async function buildProgram(): Promise<Program> {
  const built = await build();
  const folders: string[] = [];
  const running = new Set<ChildProcess>();

  function launch(name: 'main' | 'cli', args: string[], environment: Environment): Launched {
    const child = spawn(process.execPath, [path.join(built, `${name}.js`), ...args], {
      env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'warn', ...environment },
      cwd: tmpdir(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    return listenTo(child, () => running.delete(child));
  }

  return {
    start: async (environment) => {
      const { child, firstLine, ended } = launch('main', [], { PORT: '0', ...environment });
      const ready = await Promise.race([
        firstLine,
        ended.then(({ code, err }) => Promise.reject(new Error(`the service ended with ${code}: ${err}`))),
      ]);
      const origin = /http:\/\/[^/\s（(]+/.exec(ready)?.[0];
      if (origin === undefined) throw new Error(`no address in "${ready}"`);
      return { origin, ready, process: child, ended };
    },
    run: (name, args, environment) => launch(name, args, environment).ended,
    dataDir: async () => {
      const folder = await serverFolder('app');
      folders.push(folder);
      return folder;
    },
    clear: async () => {
      await Promise.all(
        [...running].map((child) => {
          child.kill('SIGKILL');
          return once(child, 'close');
        }),
      );
      for (const folder of folders) await endServer(folder);
      await Promise.all([built, ...folders].map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}

interface Launched {
  child: ChildProcess;
  firstLine: Promise<string>;
  ended: Promise<Ended>;
}

function listenTo(child: ChildProcess, gone: () => void): Launched {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('a process without output');
  let out = '';
  let err = '';
  const firstLine = new Promise<string>((resolve) => {
    stdout.setEncoding('utf8').on('data', (part: string) => {
      out += part;
      const end = out.indexOf('\n');
      if (end >= 0) resolve(out.slice(0, end));
    });
  });
  stderr.setEncoding('utf8').on('data', (part: string) => {
    err += part;
  });
  const ended = once(child, 'close').then(([code, signal]) => {
    gone();
    return { code, signal, out, err };
  });
  return { child, firstLine, ended };
}

/** Inside the package, so that the program finds what belongs to it, and in a folder of this file's own. */
async function build(): Promise<string> {
  const dist = path.join(root, 'dist');
  await mkdir(dist, { recursive: true });
  for (const name of await readdir(dist)) {
    const pid = Number(/^test-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) await rm(path.join(dist, name), { recursive: true, force: true });
  }
  const folder = await mkdtemp(path.join(dist, `test-${process.pid}-`));
  await run(process.execPath, ['scripts/build.mjs', folder], { cwd: root });
  return folder;
}

async function endServer(dataDir: string): Promise<void> {
  const home = path.join(dataDir, 'postgres');
  const data = path.join(home, 'data');
  await shutDown({
    path: home,
    data,
    log: path.join(home, 'server.log'),
    account: undefined,
    elsewhere: false,
  });
}
