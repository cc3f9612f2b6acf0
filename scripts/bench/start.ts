import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { median, type Result } from './result.ts';

const starts = 5;
const readyMsMax = 3_000;
const residentMbMax = 200;
/** How long the service is left alone before its memory is read: what the start left behind is collected by then. */
const idleMs = 30_000;

/** `npm start` on a warm database, until it says that it is ready. */
export function start(): Promise<Result> {
  return onWarmDatabase(async (dataDir) => {
    const tooks: number[] = [];
    for (let count = 0; count < starts; count += 1) {
      const began = performance.now();
      const service = await begin(dataDir);
      tooks.push(performance.now() - began);
      await stop(service);
    }
    return { name: 'start', value: median(tooks), unit: 'ms', limit: readyMsMax };
  });
}

/** Resident memory of the service, idle. */
export function memory(): Promise<Result> {
  return onWarmDatabase(async (dataDir) => {
    const service = await begin(dataDir);
    await pause(idleMs);
    const value = residentMb(service);
    await stop(service);
    return { name: 'memory', value, unit: 'MB', limit: residentMbMax };
  });
}

async function onWarmDatabase(measure: (dataDir: string) => Promise<Result>): Promise<Result> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'duban-bench-'));
  await chmod(dataDir, 0o711);
  try {
    await stop(await begin(dataDir));
    return await measure(dataDir);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Starts the service as the README says. @throws when it ends instead of being ready */
async function begin(dataDir: string): Promise<ChildProcess> {
  const { PATH, HOME } = process.env;
  const child = spawn('npm', ['start'], {
    env: { PATH, HOME, DATA_DIR: dataDir, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const origin = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString('utf8');
      const found = /http:\/\/[\d.]+:\d+/.exec(said);
      if (found !== null) resolve(found[0]);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)));
  });
  const health = await fetch(`${origin}/healthz`);
  if (!health.ok) throw new Error(`said to be ready, but /healthz answers ${health.status}`);
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Resident memory of the Node process that serves, MB (10^6 bytes); npm and Postgres are processes of their own. */
function residentMb(child: ChildProcess): number {
  const list = execFileSync('ps', ['-A', '-o', 'ppid=,rss=,args='], { encoding: 'utf8' });
  const own = list.split('\n').map((line) => line.trim().split(/\s+/));
  const serving = own.find(([parent, , ...args]) => parent === String(child.pid) && args.includes('main'));
  if (serving === undefined) throw new Error('the process that serves was not found');
  return (Number(serving[1]) * 1024) / 1e6;
}
