import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync, watch } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimService } from '../../src/store/embedded/claim.ts';
import { type EmbeddedServer, startEmbedded } from '../../src/store/embedded/embedded.ts';
import { serviceLock } from '../../src/store/embedded/locks.ts';
import { isServerOf } from '../../src/store/embedded/process.ts';
import { bundleApp, type Child, openFolder, quick, remove, serverPid } from './embedded-child.ts';

let folder: string;
let app: Awaited<ReturnType<typeof bundleApp>>;
let made = 0;
const running = new Set<Child>();

beforeAll(async () => {
  folder = await openFolder();
  app = await bundleApp(folder);
  const first = await startEmbedded(path.join(folder, 'first'), quick);
  await query(first, 'CREATE TABLE kept (n int)');
  await first.stop();
});

afterAll(async () => {
  for (const child of running) await child.kill();
  await remove(folder);
});

/** A DATA_DIR of its own with a cluster in it, stopped in good order. */
function dataDir(): string {
  const copy = path.join(folder, `data-${made++}`);
  execFileSync('cp', ['-a', path.join(folder, 'first'), copy]);
  return copy;
}

function begin(dir: string, more: { write?: string; waitMsMax?: number } = {}): Child {
  const child = app({ dataDir: dir, options: quick, ...more });
  running.add(child);
  return child;
}

async function query(server: { config: pg.ClientConfig }, sql: string): Promise<unknown[]> {
  const client = new pg.Client(server.config);
  // Some tests kill the server meanwhile; the query tells.
  client.on('error', () => undefined);
  await client.connect();
  return client.query(sql).then(
    ({ rows }) => client.end().then(() => rows),
    (error) => client.end().then(() => Promise.reject(error)),
  );
}

async function finish(...servers: EmbeddedServer[]): Promise<void> {
  for (const server of servers) await server.stop();
}

test('a service killed with -9 leaves its server behind, and the next one adopts it and stops it', async () => {
  const dir = dataDir();
  const child = begin(dir);
  await child.until('claimed');
  const pid = await serverPid(path.join(dir, 'postgres'));
  await child.kill();
  const server = await startEmbedded(dir, quick);
  expect(server.adopted).toBe(true);
  expect(await serverPid(server.home)).toBe(pid);
  const claim = await claimService(server.config);
  expect(claim).not.toBeNull();
  await claim?.release();
  await finish(server);
  expect(existsSync(path.join(server.home, 'data/postmaster.pid'))).toBe(false);
  expect(await isServerOf(path.join(server.home, 'data'), pid)).toBe(false);
});

test('three times killed with -9, once with its server: no acknowledged row is lost', async () => {
  const dir = dataDir();
  const acknowledged: string[] = [];
  for (const run of ['app', 'app and server', 'app again']) {
    const child = begin(dir, { write: run });
    let heard = await child.until('claimed');
    while (heard.length < 200) {
      const said = await child.next();
      if (said) heard.push(said);
    }
    const pid = await serverPid(path.join(dir, 'postgres'));
    if (run === 'app and server') process.kill(pid, 'SIGKILL');
    heard = [...heard, ...(await child.kill())];
    for (const said of heard) if (said.is === 'wrote') acknowledged.push(`${run} ${said.n}`);
  }
  const server = await startEmbedded(dir, quick);
  const rows = await query(server, `SELECT run || ' ' || n AS row FROM written`);
  await finish(server);
  const stored = rows.map((each) => (each as { row: string }).row);
  expect(acknowledged.length).toBeGreaterThan(500);
  expect(new Set(stored).size).toBe(stored.length);
  expect(acknowledged.filter((row) => !new Set(stored).has(row))).toEqual([]);
});

test('a second service on the same DATA_DIR is refused, and gets in when the first is killed', async () => {
  const dir = dataDir();
  const first = begin(dir);
  await first.until('claimed');
  const second = begin(dir, { waitMsMax: 100 });
  expect((await second.rest()).map(({ is }) => is)).toEqual(['started', 'refused', 'stopped']);
  const third = begin(dir, { waitMsMax: 20_000 });
  await third.until('started');
  await first.kill();
  await third.until('claimed');
  await third.stop();
  expect(existsSync(path.join(dir, 'postgres/data/postmaster.pid'))).toBe(false);
});

test('of two first starts at once, on nothing, one gets the service', async () => {
  const dir = path.join(folder, 'empty');
  const children = [begin(dir, { waitMsMax: 100 }), begin(dir, { waitMsMax: 100 })];
  const ends = await Promise.all(
    children.map(async (child) => {
      await child.until('started');
      return child.next();
    }),
  );
  expect(ends.map((said) => said?.is).sort()).toEqual(['claimed', 'refused']);
  await Promise.all(children.map((child) => child.stop()));
  expect((await readdir(path.join(dir, 'postgres'))).sort()).toEqual(['data', 'server.log', 'socket']);
});

test('a cluster whose maker was killed half way is made anew', async () => {
  const dir = path.join(folder, 'half');
  const home = path.join(dir, 'postgres');
  await mkdir(home, { recursive: true });
  await chmod(dir, 0o711);
  const seen = new Promise<string>((resolve) => {
    const watcher = watch(home, (_, name) => {
      if (!name?.startsWith('data.new-')) return;
      watcher.close();
      resolve(name);
    });
  });
  const child = begin(dir);
  await seen;
  await child.kill();
  expect(existsSync(path.join(home, 'data'))).toBe(false);
  const server = await startEmbedded(dir, quick);
  expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await finish(server);
});

test('what a killed maker left is cleared away', async () => {
  const dir = dataDir();
  const home = path.join(dir, 'postgres');
  const { uid, gid } = statSync(home);
  execFileSync('mv', [path.join(home, 'data'), path.join(home, 'gone')]);
  const dead = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
  await once(dead, 'exit');
  const left = path.join(home, `data.new-${dead.pid}-00000000`);
  await mkdir(left);
  await writeFile(path.join(left, 'PG_VERSION'), '18\n');
  const server = await startEmbedded(dir, quick);
  await finish(server);
  expect(existsSync(left)).toBe(false);
  expect(statSync(path.join(home, 'data'))).toMatchObject({ uid, gid });
});

test("a killed server's id that another program has by now does not stand in the way", async () => {
  const dir = dataDir();
  const home = path.join(dir, 'postgres');
  const child = begin(dir);
  await child.until('claimed');
  process.kill(await serverPid(home), 'SIGKILL');
  await child.kill();
  // Of the server's own account: Postgres itself sees through one of another's.
  const { uid, gid } = statSync(home);
  const stranger = spawn('sleep', ['600'], { uid, gid, stdio: 'ignore' });
  await once(stranger, 'spawn');
  for (const file of ['data/postmaster.pid', 'socket/.s.PGSQL.5432.lock']) {
    const text = await readFile(path.join(home, file), 'utf8');
    await writeFile(path.join(home, file), text.replace(/^\d+/, String(stranger.pid)));
  }
  const server = await startEmbedded(dir, quick);
  expect(server.adopted).toBe(false);
  expect(await serverPid(home)).not.toBe(stranger.pid);
  expect(stranger.exitCode).toBeNull();
  stranger.kill();
  await finish(server);
});

test('an empty process file, as a power cut leaves it, does not stand in the way', async () => {
  const dir = dataDir();
  const file = path.join(dir, 'postgres/data/postmaster.pid');
  await writeFile(file, '');
  execFileSync('touch', ['-d', '2020-01-01', file]);
  const server = await startEmbedded(dir, quick);
  expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await finish(server);
});

test('a server killed under a running service is started again in the same place, and the claim goes on', async () => {
  const server = await startEmbedded(dataDir(), quick);
  const claim = await claimService(server.config);
  const pid = await serverPid(server.home);
  process.kill(pid, 'SIGKILL');
  const held = `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND objid = ${serviceLock} AND granted`;
  await expect.poll(() => query(server, held).catch(() => 'away'), { timeout: 20_000 }).toEqual([{ n: 1 }]);
  expect(await serverPid(server.home)).not.toBe(pid);
  expect(await Promise.race([claim?.lost, server.lost, 'held'])).toBe('held');
  await claim?.release();
  await finish(server);
});

test('a command beside the service leaves the server to it, whoever started it', async () => {
  const dir = dataDir();
  const command = await startEmbedded(dir, quick);
  const service = await startEmbedded(dir, quick);
  expect([command.adopted, service.adopted]).toEqual([false, true]);
  await command.stop();
  expect(await query(service, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 0 }]);
  const late = await startEmbedded(dir, quick);
  await service.stop();
  expect(await query(late, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 0 }]);
  await late.stop();
  expect(existsSync(path.join(dir, 'postgres/data/postmaster.pid'))).toBe(false);
});

test("a copy of a running DATA_DIR gets a server of its own, never the original's", async () => {
  const dir = dataDir();
  const original = await startEmbedded(dir, quick);
  const copy = path.join(folder, 'copy');
  execFileSync('cp', ['-a', dir, copy]);
  const server = await startEmbedded(copy, quick);
  expect(server.adopted).toBe(false);
  await query(server, 'INSERT INTO kept VALUES (1)');
  expect(await query(original, 'SELECT n FROM kept')).toEqual([]);
  await finish(server);
  expect(await query(original, 'SELECT n FROM kept')).toEqual([]);
  await finish(original);
});

test('a moved DATA_DIR is the same DATA_DIR', async () => {
  const dir = dataDir();
  const before = await startEmbedded(dir, quick);
  await query(before, 'INSERT INTO kept VALUES (7)');
  await before.stop();
  const moved = path.join(folder, 'moved');
  execFileSync('mv', [dir, moved]);
  const server = await startEmbedded(moved, quick);
  expect(await query(server, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  await finish(server);
});

test('the socket of a DATA_DIR with a long path stands elsewhere, and goes when the server stops', async () => {
  const dir = path.join(folder, 'an-office-with-a-long-name'.repeat(5));
  execFileSync('cp', ['-a', path.join(folder, 'first'), dir]);
  const server = await startEmbedded(dir, quick);
  expect(server.config.host).not.toContain('long-name');
  expect(statSync(server.config.host).mode & 0o777).toBe(0o700);
  const adopting = await startEmbedded(dir, quick);
  expect(adopting.config.host).toBe(server.config.host);
  await finish(adopting, server);
  expect(existsSync(server.config.host)).toBe(false);
});

test('it listens on no port, and its log does not quote what a statement was about', async () => {
  const server = await startEmbedded(dataDir(), quick);
  expect(await query(server, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
  expect(statSync(server.config.host).mode & 0o777).toBe(0o700);
  await expect(query(server, `SELECT 'wxid_citizen said'::int`)).rejects.toThrow('wxid_citizen');
  await query(server, 'CREATE TABLE once (urn text UNIQUE)');
  await expect(query(server, `INSERT INTO once VALUES ('wxid_citizen'), ('wxid_citizen')`)).rejects.toThrow(
    'unique',
  );
  await finish(server);
  const log = await readFile(path.join(server.home, 'server.log'), 'utf8');
  expect(log).toContain('ready to accept connections');
  expect(log).not.toContain('citizen');
});

test('text in any script is stored as typed and sorts the same on every machine', async () => {
  const server = await startEmbedded(dataDir(), quick);
  const rows = await query(
    server,
    `SELECT w, upper(w) AS up FROM unnest(ARRAY['整改','é😀','a']) AS t(w) ORDER BY w`,
  );
  await finish(server);
  expect(rows).toEqual([
    { w: 'a', up: 'A' },
    { w: 'é😀', up: 'É😀' },
    { w: '整改', up: '整改' },
  ]);
});
