import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barrier, isRoot, unprivileged } from '../../src/store/embedded/account.ts';
import { findBinaries } from '../../src/store/embedded/binaries.ts';
import { type EmbeddedServer, startEmbedded } from '../../src/store/embedded/embedded.ts';
import { bundleApp, native, openFolder, quick, remove } from './embedded-child.ts';

/** What passwd files call it on most systems; the tests need some ordinary account that is not the server's. */
const ordinary = 65534;

let folder: string;
beforeAll(async () => {
  folder = await openFolder();
});
afterAll(() => remove(folder));

async function query(server: EmbeddedServer, sql: string): Promise<unknown[]> {
  const client = new pg.Client(server.config);
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}

describe('the account of the server', () => {
  async function passwd(...lines: string[]): Promise<string> {
    const file = path.join(await mkdtemp(path.join(folder, 'passwd-')), 'passwd');
    await writeFile(file, lines.join('\n'));
    return file;
  }

  test('postgres comes before nobody, wherever they stand', async () => {
    const file = await passwd(
      'root:x:0:0::/root:/bin/sh',
      'nobody:x:65534:65533::/:',
      'postgres:x:70:71::/:',
    );
    expect(await unprivileged(file)).toEqual({ uid: 70, gid: 71, name: 'postgres' });
  });

  test('ids below zero are ids', async () => {
    expect(await unprivileged(await passwd('nobody:*:-2:-2::/:'))).toEqual({
      uid: 4294967294,
      gid: 4294967294,
      name: 'nobody',
    });
  });

  test('none at all, or one that is root by another name, is a fault', async () => {
    const fault = { code: 'no-account' };
    await expect(unprivileged(await passwd('postgres:x:0:0::/:'))).rejects.toMatchObject(fault);
    await expect(unprivileged(path.join(folder, 'no-passwd'))).rejects.toMatchObject(fault);
  });

  test('the first closed folder on the way is named', async () => {
    const deep = path.join(folder, 'open', 'shut', 'deep');
    await mkdir(deep, { recursive: true });
    await chmod(path.dirname(deep), 0o700);
    const account = { uid: ordinary, gid: ordinary, name: 'nobody' };
    const own = { uid: statSync(deep).uid, gid: statSync(deep).gid, name: 'own' };
    expect(await barrier(deep, account)).toBe(path.dirname(deep));
    expect(await barrier(path.join(folder, 'open'), account)).toBeUndefined();
    expect(await barrier(deep, own)).toBeUndefined();
  });
});

describe('the binaries', () => {
  /** A package as an installer leaves it that runs no scripts. */
  async function bare(): Promise<string> {
    const home = await mkdtemp(path.join(folder, 'package-'));
    await chmod(home, 0o755);
    execFileSync('cp', ['-a', native, path.join(native, '../package.json'), home]);
    const list = JSON.parse(await readFile(path.join(home, 'native/pg-symlinks.json'), 'utf8'));
    for (const { target } of list) await rm(path.join(home, target), { force: true });
    return path.join(home, 'native');
  }

  test('missing links to libraries are made, once', async () => {
    const copy = await bare();
    expect(() => execFileSync(path.join(copy, 'bin/postgres'), ['-V'], { stdio: 'pipe' })).toThrow(
      'shared libraries',
    );
    expect(await findBinaries(undefined, [], copy)).toBe(copy);
    expect(execFileSync(path.join(copy, 'bin/postgres'), ['-V'], { encoding: 'utf8' })).toContain(
      'PostgreSQL',
    );
    expect(await findBinaries(undefined, [], copy)).toBe(copy);
  });

  test.skipIf(!isRoot())(
    '(only as root) a read-only package without links is copied, by an ordinary account too',
    async () => {
      const app = await bundleApp(folder);
      const dataDir = path.join(folder, 'ordinary');
      await mkdir(dataDir);
      await chown(dataDir, ordinary, ordinary);
      const child = app({ dataDir, options: { ...quick, native: await bare() } }, ordinary);
      await child.until('claimed');
      const home = path.join(dataDir, 'postgres');
      expect((await readdir(home)).filter((name) => name.startsWith('postgres-'))).toHaveLength(1);
      expect((await child.stop()).map(({ is }) => is)).toEqual(['stopped']);
      expect(statSync(path.join(home, 'data')).uid).toBe(ordinary);
      // Root runs it as its owner.
      const server = await startEmbedded(dataDir, quick);
      expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await server.stop();
    },
  );
});

describe.skipIf(!isRoot())('(only as root) a DATA_DIR in a private folder', () => {
  let hidden: string;
  let shelf: string;
  beforeAll(async () => {
    // As `mktemp -d` makes it: mode 0700.
    hidden = await mkdtemp(path.join(tmpdir(), 'duban-embedded-private-'));
    shelf = path.join(folder, 'shelf');
    execFileSync('cp', ['-a', native, path.join(native, '../package.json'), hidden]);
  });
  afterAll(() => remove(hidden));

  const options = () => ({
    settings: { fsync: 'off' },
    native: path.join(hidden, 'native'),
    shelves: [path.join(hidden, 'shelf'), shelf],
  });

  test('the cluster and the binaries stand in a shelf, and the operator is told where', async () => {
    const dataDir = path.join(hidden, 'data');
    const server = await startEmbedded(dataDir, options());
    expect(path.dirname(server.home)).toBe(shelf);
    expect(server.note).toContain(server.home);
    expect(statSync(server.home).mode & 0o777).toBe(0o700);
    await query(server, 'CREATE TABLE kept (n int)');
    await server.stop();

    const again = await startEmbedded(dataDir, options());
    expect(again.home).toBe(server.home);
    expect(await query(again, 'SELECT n FROM kept')).toEqual([]);
    await again.stop();

    await remove(dataDir);
    const fresh = await startEmbedded(dataDir, options());
    expect(fresh.home).not.toBe(server.home);
    expect(await query(fresh, `SELECT to_regclass('kept') AS kept`)).toEqual([{ kept: null }]);
    await fresh.stop();
    expect((await readdir(shelf)).filter((name) => name.startsWith('postgres-'))).toHaveLength(1);
  });

  test('a cluster that is gone is not silently replaced by an empty one', async () => {
    const dataDir = path.join(hidden, 'lost');
    await mkdir(dataDir);
    await writeFile(path.join(dataDir, 'postgres-stands-in'), path.join(shelf, 'gone'));
    await expect(startEmbedded(dataDir, options())).rejects.toMatchObject({ code: 'cluster-missing' });
    await unlink(path.join(dataDir, 'postgres-stands-in'));
  });

  test('with no shelf that works, one line says what to do', async () => {
    const attempt = startEmbedded(path.join(hidden, 'none'), {
      ...options(),
      shelves: [path.join(hidden, 'shelf')],
    });
    await expect(attempt).rejects.toMatchObject({ code: 'unreachable', params: { path: hidden } });
    await expect(attempt).rejects.toThrow(/^[^\n]+DATABASE_URL\.$/);
  });
});

test.skipIf(!isRoot())("(only as root) an ordinary account is told whose another's cluster is", async () => {
  const dataDir = path.join(folder, 'theirs');
  await mkdir(path.join(dataDir, 'postgres'), { recursive: true });
  await chmod(dataDir, 0o755);
  const { uid } = await unprivileged();
  await chown(path.join(dataDir, 'postgres'), uid, uid);
  const app = await bundleApp(folder);
  const child = app({ dataDir, options: quick }, ordinary);
  expect(await child.rest()).toMatchObject([{ is: 'fault', code: 'wrong-owner' }]);
  expect(existsSync(path.join(dataDir, 'postgres/data'))).toBe(false);
});

test('a DATA_DIR that cannot be made is a fault', async () => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  await expect(startEmbedded(path.join(file, 'data'), quick)).rejects.toMatchObject({ code: 'unwritable' });
});

test('a cluster of another Postgres is left alone', async () => {
  const dataDir = path.join(folder, 'old');
  await mkdir(path.join(dataDir, 'postgres/data'), { recursive: true });
  await chmod(dataDir, 0o711);
  await writeFile(path.join(dataDir, 'postgres/data/PG_VERSION'), '14\n');
  await expect(startEmbedded(dataDir, quick)).rejects.toMatchObject({
    code: 'other-version',
    params: { found: '14' },
  });
});

test('a server that cannot start says why', async () => {
  const dataDir = path.join(folder, 'wrong');
  const attempt = startEmbedded(dataDir, { ...quick, settings: { shared_buffers: '1kB' } });
  await expect(attempt).rejects.toMatchObject({ code: 'server-failed' });
  await expect(attempt).rejects.toThrow('shared_buffers');
});
